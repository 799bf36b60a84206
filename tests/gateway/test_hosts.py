"""Host headers as callers write them."""

import pytest

from gateway.hosts import host_name


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("api.example.test", "api.example.test"),
        ("API.Example.Test:8080", "api.example.test"),
        ("api.example.test.", "api.example.test"),
        ("[2001:DB8::1]:443", "[2001:db8::1]"),
        ("API.Example.Test.:8080", "api.example.test"),
        (" api\t", "api"),
        ("[2001:DB8::1]", "[2001:db8::1]"),
        ("xn--bcher-kva.example.test", "xn--bcher-kva.example.test"),
        ("", ""),
        # no names: nobody's, so they must not become somebody's
        ("api.example.test..", "api.example.test."),
        (".api.example.test", ".api.example.test"),
        ("b\u00fccher.example.test", "b\u00fccher.example.test"),
        ("api\u00a0", "api\u00a0"),
        ("api.example.test/x", "api.example.test/x"),
        ("jo@api.example.test", "jo@api.example.test"),
    ],
)
def test_a_name_has_no_port_no_last_dot_and_no_capitals(header: str, name: str) -> None:
    assert host_name(header) == name
