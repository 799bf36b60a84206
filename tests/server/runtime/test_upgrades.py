"""WebSockets take over the connection of a request, and its place; streams end with the server."""

import asyncio
from typing import Any

import pytest
import websockets

from server.runtime.wire import Wire
from tests.kit.gateway import serving


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
