"""Bodies and headers pass proxy and bundle untouched and unbuffered."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest

from tests.contract.conftest import FACES, Call, Scenario, seed, send, standing
from tests.contract.scenarios import LET_IN
from tests.gateway.conftest import HOST

PLAIN = Scenario("", [], [])

pytestmark = pytest.mark.nginx


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("size", [1, 66_000, 1_000_000])
async def test_a_body_arrives_whole(tmp_path: Path, face: str, size: int) -> None:
    body = bytes(range(256)) * (size // 256 + 1)
    async with standing(tmp_path / face) as stand:
        stand.upstream.chunks = [body]
        async with stand.face(face, seed(stand, PLAIN)) as url:
            kind = [("Content-Type", "application/octet-stream")]
            reply = await send(url, Call(LET_IN.target, "POST", kind, body))

        assert (reply.status, reply.body == body) == (200, True)
        assert [each == body for each in stand.upstream.bodies] == [True]


@pytest.mark.parametrize("face", FACES)
async def test_both_ways_are_streams(tmp_path: Path, face: str) -> None:
    first_in, first_out = asyncio.Event(), asyncio.Event()

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["body"] == b"one"
        first_in.set()
        assert (await receive())["body"] == b"two"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"three", "more_body": True})
        await asyncio.wait_for(first_out.wait(), 5)
        await send({"type": "http.response.body", "body": b"four"})

    async with standing(tmp_path / face) as stand:
        stand.upstream.app = app
        async with stand.face(face, seed(stand, PLAIN)) as url, asyncio.timeout(10):
            reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(url).port)
            head = f"POST {LET_IN.target} HTTP/1.1\r\nHost: {HOST}\r\n"
            writer.write(f"{head}Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n".encode())
            await first_in.wait()
            writer.write(b"3\r\ntwo\r\n0\r\n\r\n")
            assert (await reader.readuntil(b"three")).startswith(b"HTTP/1.1 200")
            first_out.set()
            await reader.readuntil(b"four")
            writer.close()


@pytest.mark.parametrize("face", FACES)
async def test_what_an_upstream_says_passes_except_about_its_connection(
    tmp_path: Path, face: str
) -> None:
    async with standing(tmp_path / face) as stand:
        stand.upstream.headers = [
            (b"connection", b"close, x-hop"),
            (b"x-hop", b"1"),
            (b"keep-alive", b"timeout=9"),
            (b"upgrade", b"h2c"),
            (b"x-accel-redirect", b"/_gatehouse/authrep"),
            (b"x-accel-buffering", b"yes"),
            (b"server", b"theirs"),
            (b"location", b"http://127.0.0.1/there"),
            (b"set-cookie", b"a=1"),
            (b"set-cookie", b"b=2"),
            (b"content-encoding", b"gzip"),
            (b"x-mine", b"1"),
        ]
        async with stand.face(face, seed(stand, PLAIN)) as url:
            reply = await send(url, LET_IN)

    shown = {name for name in reply.headers if name not in {"date", "transfer-encoding"}}
    assert (reply.status, reply.body) == (200, b"hello")
    assert shown - {"connection"} == {
        "x-accel-redirect",
        "x-accel-buffering",
        "server",
        "location",
        "set-cookie",
        "content-encoding",
        "x-mine",
    }
    assert reply.headers["server"] == "theirs"
    assert reply.headers["location"] == "http://127.0.0.1/there"


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("status", [201, 204, 304, 418])
async def test_a_status_passes(tmp_path: Path, face: str, status: int) -> None:
    async with standing(tmp_path / face) as stand:
        stand.upstream.status = status
        stand.upstream.chunks = [] if status in {204, 304} else [b"x"]
        async with stand.face(face, seed(stand, PLAIN)) as url:
            reply = await send(url, LET_IN)

    assert (reply.status, reply.body) == (status, b"".join(stand.upstream.chunks))


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("status", [200, 204, 205, 304, 404])
async def test_a_refusal_ends_where_its_status_says(tmp_path: Path, face: str, status: int) -> None:
    words = {"error_status_auth_missing": status, "error_auth_missing": "No key"}
    async with standing(tmp_path / face) as stand:
        plan = seed(stand, Scenario("", [], [], proxy=words))
        async with stand.face(face, plan) as url:
            first, then = await twice(url, "/")

    body = b"" if status in {204, 205, 304} else b"No key"
    assert first == then == (status, "auth_missing", body)


async def twice(url: str, target: str) -> list[tuple[int, str, bytes]]:
    """Call twice on one connection; gives status, code and body of both answers."""
    answers = []
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=1), timeout=10) as client:
        for _ in range(2):
            answer = await client.get(url + target, headers={"Host": HOST})
            answers.append(
                (answer.status_code, answer.headers["x-gatehouse-error"], answer.content)
            )
    return answers
