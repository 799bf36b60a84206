"""What passes is not touched, whatever it is: proxy and bundle beside each other, byte for byte."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gateway.replies import fault
from tests.contract.conftest import FACES, Scenario, Stand, seed, standing
from tests.gateway.conftest import HOST

pytestmark = pytest.mark.nginx

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
ANY = {"http_method": "ANY", "pattern": "/", "metric_system_name": "hits", "delta": 1}
QUERIES = (
    *(b"name=O'Brien", b"q='", b'q="', b"q=<a>", b"q={a}|b^c`d\\e", b"q=[1]", b"q=%27%", b"q=a+b"),
    *(b"?q=1", b"&&q&=", b"q=;a:b@c,d!$*()", b"q=%zz"),
)
VALUES = (
    *(b"attachment; filename=\xe9.txt", b"/stra\xc3\x9fe", b"a=\xff\xfe\x80; Path=/", b"\xc2\xa0x"),
    *(b'"quoted, \xe2\x82\xac"', b"a\tb", b"plain", b""),
)


@dataclass
class Spoken:
    """An upstream that remembers what it got, and answers to the letter.

    It keeps a connection after the answer `OK` and closes it after any other.
    """

    answers: list[bytes]
    url: str = ""
    got: list[bytes] = field(default_factory=list)
    connections: int = 0
    at_work: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        self.connections += 1
        task = asyncio.current_task()
        assert task is not None
        self.at_work.add(task)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.got.append(head + await rest_of(head, reader))
                answer = self.answers.pop(0)
                writer.write(answer)
                await writer.drain()
                if answer != OK:
                    break
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        writer.close()


async def rest_of(head: bytes, reader: asyncio.StreamReader) -> bytes:
    lower = head.lower()
    if b"content-length: " in lower:
        return await reader.readexactly(int(lower.partition(b"content-length: ")[2].split()[0]))
    return await reader.readuntil(b"0\r\n\r\n") if b"chunked" in lower else b""


@asynccontextmanager
async def spoken(*answers: bytes) -> AsyncIterator[Spoken]:
    upstream = Spoken(list(answers))
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0)
    async with server:
        upstream.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield upstream
        server.close()
        for task in upstream.at_work:
            task.cancel()
        await asyncio.gather(*upstream.at_work)


async def say(url: str, raw: bytes) -> bytes:
    """Send bytes and read until the other side closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    try:
        writer.write(raw)
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        writer.close()


async def say_twice(url: str, first: bytes, then: bytes) -> bytes:
    """Send two calls on one connection, so that one worker of nginx has both; gives the second."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
    try:
        writer.write(first)
        async with asyncio.timeout(10):
            await reader.readuntil(b"\r\n\r\nok")
            writer.write(then)
            return await reader.read()
    finally:
        writer.close()


def asking(
    target: bytes = b"/?user_key=k1",
    method: bytes = b"GET",
    version: bytes = b"1.1",
    headers: Sequence[bytes] = (),
) -> bytes:
    lines = (b"%b %b HTTP/%b" % (method, target, version), b"Host: %b" % HOST.encode())
    return b"\r\n".join((*lines, b"Connection: close", *headers, b"", b""))


FIRST = asking().replace(b"Connection: close\r\n", b"")


@asynccontextmanager
async def between(folder: Path, face: str, upstream: Spoken) -> AsyncIterator[tuple[str, Stand]]:
    """Stand a face before an upstream."""
    async with standing(folder / face) as stand:
        proxy = {"api_backend": upstream.url, "proxy_rules": [ANY]}
        plan = seed(stand, Scenario("", [], [], proxy=proxy))
        async with stand.face(face, plan) as url:
            yield url, stand


async def counted(stand: Stand) -> set[int]:
    return set((await stand.totals()).values())


@pytest.mark.parametrize("face", FACES)
async def test_a_query_keeps_its_bytes(tmp_path: Path, face: str) -> None:
    async with (
        spoken(*[OK] * len(QUERIES)) as upstream,
        between(tmp_path, face, upstream) as (url, _),
    ):
        for query in QUERIES:
            answer = await say(url, asking(b"/a?user_key=k1&" + query))
            assert answer.startswith(b"HTTP/1.1 200 "), query
            line = upstream.got[-1].partition(b"\r\n")[0]
            assert line == b"GET /a?user_key=k1&%b HTTP/1.1" % query


@pytest.mark.parametrize("face", FACES)
async def test_headers_keep_their_bytes_both_ways(tmp_path: Path, face: str) -> None:
    sent = [b"X-V%d: %b" % (number, value) for number, value in enumerate(VALUES)]
    answer = b"\r\n".join((b"HTTP/1.1 200 OK", b"Content-Length: 0", *sent, b"", b""))
    async with spoken(answer) as upstream, between(tmp_path, face, upstream) as (url, _):
        got = await say(url, asking(headers=sent))

    for number, value in enumerate(VALUES):
        for lines in (got.split(b"\r\n"), upstream.got[0].split(b"\r\n")):
            name = b"x-v%d:" % number
            assert [line[5:].strip(b" ") for line in lines if line.lower().startswith(name)] == [
                value
            ]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("name", [b"Content-Disposition", b"Location", b"Set-Cookie", b"X-Any"])
async def test_no_header_of_an_upstream_is_dropped_for_its_bytes(
    tmp_path: Path, face: str, name: bytes
) -> None:
    line = name + b": b\xfccher \xe2\x82\xac"
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n%b\r\n\r\n" % line
    async with spoken(answer) as upstream, between(tmp_path, face, upstream) as (url, _):
        got = await say(url, asking())

    assert [each for each in got.split(b"\r\n") if each.lower().startswith(name.lower())] == [
        each for each in got.split(b"\r\n") if each.endswith(b": b\xfccher \xe2\x82\xac")
    ]
    assert got.lower().count(name.lower()) == 1


BODY = {
    "chunked": b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3;x=y\r\ncde\r\n0\r\nX-T: 1\r\n\r\n",
    "until it closes": b"\r\nabcde",
    "of a length": b"Content-Length: 5\r\n\r\nabcde",
}


@pytest.mark.parametrize("face", FACES)
async def test_a_body_that_is_broken_off_is_told_apart_from_one_that_ended(
    tmp_path: Path, face: str
) -> None:
    half = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
    async with spoken(half) as upstream, between(tmp_path, face, upstream) as (url, _):
        got = await say(url, asking())

    assert got.startswith(b"HTTP/1.1 200 ")
    assert not got.endswith(b"0\r\n\r\n")


async def test_a_caller_of_http_1_0_hears_of_a_body_that_is_broken_off(tmp_path: Path) -> None:
    half = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"
    async with spoken(half) as upstream, between(tmp_path, "proxy", upstream) as (url, _):
        with pytest.raises(ConnectionResetError):
            await say(url, asking(version=b"1.0"))


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
@pytest.mark.parametrize("kind", BODY)
async def test_a_body_is_framed_for_its_caller(
    tmp_path: Path, face: str, version: bytes, kind: str
) -> None:
    answer = b"HTTP/1.1 200 OK\r\nX-Mine: 1\r\n" + BODY[kind]
    async with spoken(answer) as upstream, between(tmp_path, face, upstream) as (url, _):
        got = await say(url, asking(version=version))

    head, _, body = got.partition(b"\r\n\r\n")
    is_chunked = b"\r\ntransfer-encoding: chunked" in head.lower()
    assert is_chunked == (version == b"1.1" and kind != "of a length")
    assert unchunked(body) if is_chunked else body == b"abcde"
    assert b"X-T" not in got


def unchunked(body: bytes) -> bytes:
    data = b""
    while True:
        size, _, body = body.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return data
        data, body = data + body[:length], body[length + 2 :]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(
    "line",
    [
        *(b"101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade", b"101 Switching"),
        *(b"600 Beyond", b"700 Far beyond", b"999 Request denied"),
    ],
)
async def test_a_status_that_no_caller_could_read_is_a_failure(
    tmp_path: Path, face: str, line: bytes
) -> None:
    answer = b"HTTP/1.1 " + line + b"\r\nContent-Length: 5\r\nX-Mine: 1\r\n\r\nhello"
    async with spoken(answer, OK) as upstream, between(tmp_path, face, upstream) as (url, stand):
        got = await say(url, asking())
        after = await say(url, asking())

        assert await counted(stand) == {2}
    head, _, body = got.partition(b"\r\n\r\n")
    words = fault("upstream_failed", as_json=False).body.encode()
    assert head.startswith(b"HTTP/1.1 502 ")
    assert b"x-gatehouse-error: upstream_failed" in head.lower()
    assert b"x-mine" not in head.lower()
    assert body == words
    assert after.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("status", [b"299", b"499", b"599"])
async def test_an_odd_status_that_can_be_read_passes(
    tmp_path: Path, face: str, status: bytes
) -> None:
    answer = b"HTTP/1.1 %b Odd\r\nContent-Length: 2\r\n\r\nok" % status
    async with spoken(answer) as upstream, between(tmp_path, face, upstream) as (url, _):
        got = await say(url, asking())

    assert got.startswith(b"HTTP/1.1 " + status)
    assert got.endswith(b"\r\n\r\nok")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("method", [b"GET", b"HEAD", b"OPTIONS", b"PUT", b"DELETE"])
async def test_a_call_whose_kept_connection_was_closed_is_sent_once_more(
    tmp_path: Path, face: str, method: bytes
) -> None:
    async with (
        spoken(OK, b"", OK) as upstream,
        between(tmp_path, face, upstream) as (url, stand),
    ):
        again = await say_twice(url, FIRST, asking(method=method))

        assert again.startswith(b"HTTP/1.1 200 ")
        assert await counted(stand) == {2}, "never twice"
        assert (len(upstream.got), upstream.connections) == (3, 2)


NOT_REPEATED = [
    *((face, b"POST", b"") for face in FACES),
    *((face, b"POST", b"x") for face in FACES),
    *((face, b"PATCH", b"") for face in FACES),
    ("proxy", b"PUT", b"x"),  # docs/nginx-bundle.md has a line about it
]


@pytest.mark.parametrize(("face", "method", "body"), NOT_REPEATED)
async def test_a_call_that_may_not_be_repeated_is_not(
    tmp_path: Path, face: str, method: bytes, body: bytes
) -> None:
    headers = [b"Content-Length: %d" % len(body)]
    async with (
        spoken(OK, b"", OK) as upstream,
        between(tmp_path, face, upstream) as (url, stand),
    ):
        got = await say_twice(url, FIRST, asking(method=method, headers=headers) + body)

        assert got.startswith(b"HTTP/1.1 502 ")
        assert b"upstream_failed" in got
        assert await counted(stand) == {2}
        assert len(upstream.got) == 2


@pytest.mark.parametrize("face", ["proxy"])  # docs/nginx-bundle.md has a line about it
@pytest.mark.parametrize("words", [b"H", b"HTTP/1.1 200 OK\r\nContent-Le"])
async def test_a_call_that_was_half_answered_is_not_repeated(
    tmp_path: Path, face: str, words: bytes
) -> None:
    async with (
        spoken(OK, words, OK) as upstream,
        between(tmp_path, face, upstream) as (url, _),
    ):
        got = await say_twice(url, FIRST, asking())

        assert got.startswith(b"HTTP/1.1 502 ")
        assert b"upstream_failed" in got
        assert (len(upstream.got), upstream.connections) == (2, 1)
