"""The head of an upstream's answer: taken as it is, or refused when its end can't be told."""

import pytest

from gateway.client.errors import Broken
from gateway.client.head import _MOST_NAMES, Head, _names, parse_head


def head(*lines: bytes, method: str = "GET", status: bytes = b"HTTP/1.1 200 OK") -> Head:
    return parse_head(b"\r\n".join((status, *lines)), method)


def test_names_become_lower_case_and_values_keep_their_bytes() -> None:
    found = head(b"X-Mine:  a\xff \xc3\xa9\t", b"Set-Cookie:a", b"SET-COOKIE: b", b"X-Empty:")

    assert found.headers == [
        (b"x-mine", b"a\xff \xc3\xa9"),
        (b"set-cookie", b"a"),
        (b"set-cookie", b"b"),
        (b"x-empty", b""),
    ]


@pytest.mark.parametrize(
    "line",
    [
        *(b"HTTP/1.1 200", b"HTTP/1.1 200 ", b"HTTP/1.0 200 OK", b"HTTP/1.1 200 \xff\xfe and more"),
        b"HTTP/1.1 999 Request denied",
    ],
)
def test_a_status_needs_no_words(line: bytes) -> None:
    assert head(status=line).status in {200, 999}


@pytest.mark.parametrize(
    "raw",
    [
        *(
            b"",
            b"HTTP/1.1",
            b"HTTP/1.1 20",
            b"HTTP/1.1 2000 OK",
            b"HTTP/1.1 099 X",
            b"HTTP/2 200",
            b"HTTP/1.2 200 OK",
        ),
        *(
            b"ICY 200 OK",
            b" HTTP/1.1 200 OK",
            b"HTTP/1.1  200 OK",
            b"HTTP/1.1 200OK",
            b"http/1.1 200",
        ),
        *(b"HTTP/1.1 200 OK\r\nno colon", b"HTTP/1.1 200 OK\r\n: no name"),
        *(b"HTTP/1.1 200 OK\r\nX : 1", b"HTTP/1.1 200 OK\r\nX\xff: 1", b"HTTP/1.1 200 OK\r\n X: 1"),
        *(b"HTTP/1.1 200 OK\r\nA: b\r\n folded", b"HTTP/1.1 200 OK\r\nA: b\x00"),
        *(b"HTTP/1.1 200 OK\r\nA: b\rB: c", b"HTTP/1.1 200 OK\r\nA: b\x7f"),
    ],
)
def test_what_is_no_head_is_refused(raw: bytes) -> None:
    with pytest.raises(Broken):
        parse_head(raw, "GET")


def test_lines_may_end_without_a_return() -> None:
    assert parse_head(b"HTTP/1.1 200 OK\nA: b\nC: d", "GET").headers == [(b"a", b"b"), (b"c", b"d")]


@pytest.mark.parametrize(
    ("lines", "length", "is_chunked", "keeps"),
    [
        ([], None, False, False),
        ([b"Content-Length: 5"], 5, False, True),
        ([b"Content-Length: 5, 5"], 5, False, True),
        ([b"Content-Length: 5", b"content-length: 5"], 5, False, True),
        ([b"Content-Length: 0"], 0, False, True),
        ([b"Content-Length: 5", b"Connection: close"], 5, False, False),
        ([b"Content-Length: 5", b"Connection: x, Close"], 5, False, False),
        ([b"Transfer-Encoding: chunked"], None, True, True),
        ([b"Transfer-Encoding: Chunked"], None, True, True),
        ([b"Transfer-Encoding: chunked", b"Content-Length: 5"], None, True, False),
    ],
)
def test_the_end_of_a_body_is_told(
    lines: list[bytes], length: int | None, is_chunked: bool, keeps: bool
) -> None:
    found = head(*lines)

    assert (found.length, found.is_chunked, found.keeps) == (length, is_chunked, keeps)
    assert not (is_chunked and any(name == b"content-length" for name, _ in found.headers))


@pytest.mark.parametrize(
    "lines",
    [
        [b"Content-Length: 5", b"Content-Length: 6"],
        [b"Content-Length: 5, 6"],
        [b"Content-Length: -5"],
        [b"Content-Length: +5"],
        [b"Content-Length: 5a"],
        [b"Content-Length: \xb2"],
        [b"Content-Length:"],
        [b"Content-Length: 1" + b"0" * 18],
        [b"Transfer-Encoding: gzip, chunked"],
        [b"Transfer-Encoding: gzip"],
        [b"Transfer-Encoding: identity"],
        [b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"],
    ],
)
def test_an_end_that_can_not_be_told_is_refused(lines: list[bytes]) -> None:
    with pytest.raises(Broken):
        head(*lines)


@pytest.mark.parametrize(("line", "keeps"), [(b"X: 1", False), (b"Connection: keep-alive", True)])
def test_http_1_0_keeps_a_connection_only_when_it_says_so(line: bytes, keeps: bool) -> None:
    assert head(b"Content-Length: 1", line, status=b"HTTP/1.0 200 OK").keeps is keeps


@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", b"200"), ("GET", b"204"), ("GET", b"304"), ("GET", b"101")]
)
def test_an_answer_without_a_body_ends_with_its_head(method: str, status: bytes) -> None:
    found = head(b"Content-Length: 5", method=method, status=b"HTTP/1.1 %b X" % status)

    assert (found.length, found.is_chunked, found.keeps) == (0, False, status != b"101")
    assert (b"content-length", b"5") in found.headers


@pytest.mark.parametrize(("status", "is_interim"), [(100, True), (103, True), (101, False)])
def test_what_comes_before_the_answer_is_known(status: int, is_interim: bool) -> None:
    assert head(status=b"HTTP/1.1 %d X" % status).is_interim is is_interim


def test_odd_names_are_not_kept_in_memory_without_end() -> None:
    for number in range(_MOST_NAMES + 50):
        head(b"X-Odd-%d: 1" % number)

    assert len(_names) <= _MOST_NAMES
    assert head(b"X-Odd-99999: 1").headers == [(b"x-odd-99999", b"1")]
