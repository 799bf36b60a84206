"""The HTTP protocol on the wire: uvicorn's, with one write for each turn of the loop."""

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HELD_BYTES = 65_536


class TurnWrites:
    """Writes at the end of a turn of the loop what was written in its course (D14).

    uvicorn writes an answer's head and body apart, uvloop makes a system call of each, and a
    client that wakes in between takes the processor: a third of what authrep can do.
    A stream loses nothing, since a turn ends when it waits for its next part.
    """

    __slots__ = ("_held", "_held_bytes", "_loop", "_transport")

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._held: list[bytes] = []
        self._held_bytes = 0

    def write(self, data: bytes) -> None:
        """Hold the data until the turn ends; much of it goes at once, so that writers feel it."""
        if not self._held:
            self._loop.call_soon(self.flush)
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes > MOST_HELD_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if self._held:
            data = b"".join(self._held)
            self._held.clear()
            self._held_bytes = 0
            self._transport.write(data)

    def close(self) -> None:
        """Write what is held, then close."""
        self.flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class WireProtocol(HttpToolsProtocol):
    """One connection of a client."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take over a new connection."""
        super().connection_made(cast("asyncio.Transport", TurnWrites(transport, self.loop)))
