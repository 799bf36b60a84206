"""WebSockets take over the connection of a request, and its place; streams end with the server."""

import asyncio
from typing import Any

import pytest
import websockets
from websockets.asyncio.client import ClientConnection
from websockets.frames import Frame, Opcode

from server.cli.listen import _config
from server.runtime.wire import Wire
from server.settings import Settings
from tests.kit.gateway import serving

HANDSHAKE = (
    b"GET /graphql HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
    b"sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Send back what comes; answer plain requests by their kind, or as a stream without end."""
    if scope["type"] == "http":
        head = {"type": "http.response.start", "status": 200, "headers": []}
        await send(head)
        if (b"accept", b"text/event-stream") in scope["headers"]:
            await send({"type": "http.response.body", "body": b":", "more_body": True})
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        await send({"type": "http.response.body", "body": scope["type"].encode()})
        return
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] != "websocket.disconnect":
        if message["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"]})


def places(wire: Wire) -> int:
    connections = wire._connections
    return len(connections._open) if connections else 0


async def test_a_socket_has_the_place_of_its_request_until_it_ends() -> None:
    wire = Wire()
    async with serving(echo, wire) as url:
        address = url.replace("http", "ws")
        async with websockets.connect(f"{address}/graphql") as socket:
            await socket.send("a" * 100_000)
            assert await socket.recv() == "a" * 100_000
            assert places(wire) == 1
        while places(wire):  # noqa: ASYNC110 - nobody tells it
            await asyncio.sleep(0.01)
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with websockets.connect(f"{address}/elsewhere"):
                pass
    assert refused.value.response.status_code == 200, "answered as any other request"


class Counting(ClientConnection):
    """A client that counts the pings that it is sent."""

    pings = 0

    def process_event(self, event: Any) -> None:
        """Take what came."""
        self.pings += isinstance(event, Frame) and event.opcode is Opcode.PING
        super().process_event(event)


async def test_a_socket_is_pinged_and_who_does_not_answer_is_let_go() -> None:
    wire = Wire()
    often = {"ws_ping_interval": 0.03, "ws_ping_timeout": 0.2}
    async with serving(echo, wire, **often) as url:
        address = f"{url.replace('http', 'ws')}/graphql"
        async with websockets.connect(address, create_connection=Counting) as socket:
            seen: Any = socket
            while seen.pings < 3:  # noqa: ASYNC110 - nobody tells it
                await asyncio.sleep(0.01)
            await socket.send("still here")
            assert await socket.recv() == "still here"
        host, _, port = url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(HANDSHAKE)
        async with asyncio.timeout(3):
            await reader.read()  # until the server has enough
        writer.close()
        assert places(wire) == 0
    real = _config(echo, Settings.from_env({}))
    assert (real.ws_ping_interval, real.ws_ping_timeout) == (20, 20)


async def test_a_stream_of_events_holds_up_no_end() -> None:
    wire = Wire()
    async with serving(echo, wire) as url:
        host, _, port = url.removeprefix("http://").partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(b"GET /graphql HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n")
        await reader.readuntil(b":\r\n")
        connections: Any = wire._connections
        (connection,) = connections._open
        connection.shutdown()  # as uvicorn does at its end
        assert await asyncio.wait_for(reader.read(), 5) == b"", "it is closed"
    writer.close()
