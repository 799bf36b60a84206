"""The Accept header is read by quality."""

import pytest

from server.web.accept import accepted_types


@pytest.mark.parametrize(
    ("header", "types"),
    [
        ("", [""]),
        ("application/json", ["application/json"]),
        ("a/b, C/D;q=0.5 , e/f", ["a/b", "e/f", "c/d"]),
        ("a/b;q=0, c/d;q=0.0", []),
        ("a/b;q=x, c/d;q=nan, e/f;q=-1", []),
        ("a/b, c/d;q=9, e/f;q=inf", ["a/b", "c/d", "e/f"]),
        ("a/b;charset=utf-8;q=0.1, */*;q=0.2", ["*/*", "a/b"]),
    ],
)
def test_types_come_by_preference(header: str, types: list[str]) -> None:
    assert accepted_types(header) == types
