"""What an upstream may say, and what is not passed on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.gateway.conftest import Place

PLAIN = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@asynccontextmanager
async def saying(*answers: bytes) -> AsyncIterator[str]:
    """Listen and answer to the letter, connection by connection; gives the address."""
    left = list(answers)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(left.pop(0))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    "line",
    [
        b"101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade",
        b"101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade",
        b"101 Switching Protocols\r\nContent-Length: 5",
        b"101 Switching Protocols\r\nTransfer-Encoding: chunked",
        b"600 Beyond\r\nContent-Length: 5",
        b"999 Request denied\r\nContent-Length: 5",
    ],
)
async def test_a_status_that_would_break_the_framing_is_a_failure(
    place: Place, line: bytes
) -> None:
    bad = b"HTTP/1.1 " + line + b"\r\n\r\nhello"
    async with saying(bad, PLAIN) as url:
        place.deploy(api_backend=url)
        answer = await place.call()
        after = await place.call()

    assert (answer.status, answer.get_header("x-gatehouse-error")) == (502, "upstream_failed")
    assert (after.status, await after.text()) == (200, "ok")


@pytest.mark.parametrize("early", [b"100 Continue", b"102 Processing", b"103 Early Hints"])
async def test_what_comes_before_the_answer_is_not_the_answer(place: Place, early: bytes) -> None:
    async with saying(b"HTTP/1.1 " + early + b"\r\n\r\n" + PLAIN) as url:
        place.deploy(api_backend=url)
        answer = await place.call()

    assert (answer.status, await answer.text()) == (200, "ok")
