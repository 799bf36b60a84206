"""The one spelling of a path."""

import pytest

from gateway.paths import BadPath, normalise_path


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"/", "/"),
        (b"/a/b.json", "/a/b.json"),
        (b"//a///b/", "/a/b/"),
        (b"/a%2Fb", "/a/b"),
        (b"/a/%2e%2e/b", "/b"),
        (b"/a/./b/.", "/a/b/"),
        (b"/a/b/..", "/a/"),
        (b"/%61%7e", "/a~"),
        (b"/sp%20ace", "/sp%20ace"),
        (b"/a%252e", "/a%252e"),
        (b"/a;v=1", "/a;v=1"),
        (b"/a\\b", "/a%5Cb"),
        (b"/.well-known/x", "/.well-known/x"),
        (b"/a\\.b/..c", "/a%5C.b/..c"),
        ("/é".encode(), "/%C3%A9"),
    ],
)
def test_a_path_has_one_spelling(raw: bytes, path: str) -> None:
    assert normalise_path(raw) == path


@pytest.mark.parametrize(
    "raw",
    [b"", b"*", b"a", b"/..", b"/a/../../b", b"/%00", b"/%0a", b"/%zz", b"/%", b"/%c0%ae"]
    + [b"/a/..;/b", b"/a/%2e%2e;x/b", b"/\xff"]
    + [b"/a\\..\\b", b"/a/..%5cb", b"/a%5C..", b"/a\\../b", b"/a/.%5c./b"],
)
def test_a_path_that_can_be_read_in_two_ways_is_bad(raw: bytes) -> None:
    with pytest.raises(BadPath):
        normalise_path(raw)
