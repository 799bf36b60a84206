"""The header of extensions."""

import pytest

from gateway.transactions.options import NO_OPTIONS, Options, asks_no_body, options_of


@pytest.mark.parametrize(
    ("header", "options"),
    [
        (b"", NO_OPTIONS),
        (b"flat_usage=1&hierarchy=1", Options(flat_usage=True, hierarchy=True)),
        (b"flat%5Fusage=1", Options(flat_usage=True)),
        (b"flat_usage=true&limit_headers=0&unknown=1", NO_OPTIONS),
        (b"no_body=true", Options(no_body=True)),
        (b"proxy_headers=1", Options(proxy_headers=True)),
        (b"backend_version=2", Options(backend_version="2")),
        (b"backend_version=oauth&proxy_headers=yes", NO_OPTIONS),
        (b"no_body=0", NO_OPTIONS),
        (b"no_body=false", NO_OPTIONS),
        (b"%&%zz=\xff", NO_OPTIONS),
        (b"no_body=1&" + b"x" * 600, NO_OPTIONS),
    ],
)
def test_only_1_switches_an_extension_on(header: bytes, options: Options) -> None:
    assert options_of(header) == options


def test_the_parameter_no_body_is_on_for_all_but_0_and_false() -> None:
    assert asks_no_body({"no_body": "yes"})
    assert asks_no_body({"no_body": None})
    assert not asks_no_body({"no_body": "0"})
    assert not asks_no_body({"no_body": "false"})
    assert not asks_no_body({})
