"""The one spelling of a path."""

import pytest

from gateway.paths import (
    AS_WRITTEN,
    READINGS,
    REFUSE,
    WITHOUT_PARAMETERS,
    BadPath,
    normalise_path,
    path_for_rules,
    refuse_ambiguous,
)


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
    + [b"/...", b"/a/..%20/b", b"/a/. ./b", b"/%20", b"/a/....", b"/ /", b"/a/.%2e%20"]
    + [b"/a\\..\\b", b"/a/..%5cb", b"/a%5C..", b"/a\\../b", b"/a/.%5c./b"],
)
def test_a_path_that_can_be_read_in_two_ways_is_bad(raw: bytes) -> None:
    with pytest.raises(BadPath):
        normalise_path(raw)


@pytest.mark.parametrize(
    "raw", [b"/;/paid", b"/;x=y/paid", b"/paid;a/x", b"/%3b/paid", b"/%70aid;/x"]
)
def test_parameters_are_refused_unless_a_service_says_how_it_reads_them(raw: bytes) -> None:
    path = normalise_path(raw)

    with pytest.raises(BadPath, match="parameters"):
        refuse_ambiguous(path, REFUSE)
    refuse_ambiguous(path, WITHOUT_PARAMETERS)
    refuse_ambiguous(path, AS_WRITTEN)


@pytest.mark.parametrize("raw", [b"/\\paid", b"/%5cpaid", b"/a%5C", b"/x\\y/z"])
def test_backslashes_are_refused_unless_they_are_letters(raw: bytes) -> None:
    path = normalise_path(raw)

    for reading in (REFUSE, WITHOUT_PARAMETERS):
        with pytest.raises(BadPath, match="backslash"):
            refuse_ambiguous(path, reading)
    refuse_ambiguous(path, AS_WRITTEN)


@pytest.mark.parametrize(
    ("raw", "seen"),
    [
        (b"/;/paid", "/paid"),
        (b"/;x=y/paid", "/paid"),
        (b"/paid;a/x", "/paid/x"),
        (b"/%3b/paid", "/paid"),
        (b"/%70aid;/x", "/paid/x"),
        (b"/paid;", "/paid"),
        (b"/;paid", "/"),
        (b"/a;b;c=/;/;d//e;", "/a/e"),
        (b"/a;b/..", "/"),
        (b"/paid/;jsessionid=1", "/paid/"),
    ],
)
def test_rules_see_what_a_server_without_parameters_sees(raw: bytes, seen: str) -> None:
    path = normalise_path(raw)

    assert path_for_rules(path, WITHOUT_PARAMETERS) == seen
    assert path_for_rules(path, AS_WRITTEN) == path


@pytest.mark.parametrize("reading", READINGS)
def test_what_all_servers_read_alike_is_let_in(reading: str) -> None:
    for raw in (b"/", b"/a/b.json", b"/a%3Fb", b"/.well-known/x", b"/a.b./c%20d", b"/%e2%80%a6"):
        path = normalise_path(raw)
        refuse_ambiguous(path, reading)
        assert path_for_rules(path, reading) == path
