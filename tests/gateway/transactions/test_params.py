"""Bracketed parameters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.transactions.errors import WireError
from gateway.transactions.params import Value, find_text, parse_params


@pytest.mark.parametrize(
    ("query", "values"),
    [
        (b"", {}),
        (b"&&a=1&", {"a": "1"}),
        (b"a", {"a": None}),
        (b"a=1&a=2", {"a": "2"}),
        (b"a=b=c", {"a": "b=c"}),
        (b"a+b=c+d%2B", {"a b": "c d+"}),
        (b"usage[hits]=1&usage%5Bother%5D=2", {"usage": {"hits": "1", "other": "2"}}),
        (b"a[]=1&a[]=2", {"a": ["1", "2"]}),
        (b"t[0][usage][hits]=1", {"t": {"0": {"usage": {"hits": "1"}}}}),
        (b"t[][a]=1&t[][b]=2&t[][a]=3", {"t": [{"a": "1", "b": "2"}, {"a": "3"}]}),
        (b"a=1&a[b]=2&a=3", None),
        (b"a[b]=2&a=3", {"a": "3"}),
        (b"a&a[b]=2", {"a": {"b": "2"}}),
        (b"a[b=1", {"a": {"[b": "1"}}),
        (b"a[[b]]=1", {"a": {"[b": {"]": "1"}}}),
        (b"a[b]c=1", {"a": {"b": {"c": "1"}}}),
        (b"a[b][=1", {"a": {"[b][": "1"}}),
        (b"a[=1&a]b=2&[c]=3&]=4", {"a[": "1", "a]b": "2", "[c]": "3", "]": "4"}),
        (b"&".join([b"a=1"] * 4096), {"a": "1"}),
        (b"&".join([b"a=1"] * 4097), None),
        (b"a" + b"[b]" * 9, None),
    ],
)
def test_names_with_brackets_nest(query: bytes, values: dict[str, Value] | None) -> None:
    if values is None:
        with pytest.raises(WireError) as raised:
            parse_params(query)
        assert raised.value.code == "bad_request"
    else:
        assert parse_params(query).values == values


def test_text_that_is_not_utf8_is_noticed() -> None:
    assert parse_params("é=%C3%A9".encode()).is_utf8
    assert not parse_params(b"a=%C3").is_utf8
    assert not parse_params(b"%C3=a").is_utf8


@pytest.mark.parametrize("value", ["", "  \t", None, ["x"], {"x": "y"}])
def test_what_is_blank_or_no_text_is_absent(value: Value) -> None:
    assert find_text({"a": value}, "a") is None


def test_text_is_not_stripped() -> None:
    assert find_text({"a": " x "}, "a") == " x "


@given(st.binary(max_size=60) | st.text("ab[]=&%5BD", max_size=60).map(str.encode))
def test_any_bytes_parse_or_are_refused_with_400(query: bytes) -> None:
    status = 200

    try:
        parse_params(query)
    except WireError as error:
        status = error.status

    assert status in (200, 400)
