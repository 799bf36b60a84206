"""One connection to an upstream; it carries one call at a time."""

import asyncio
import select
from collections.abc import AsyncIterator
from typing import cast

from gateway.client.chunks import Chunks
from gateway.client.errors import Broken, TooLate
from gateway.client.head import END, MOST_HEAD, Head, parse_head

MOST_WAITING = 131_072  # bytes of an answer that its caller has not taken yet
MOST_INTERIM = 20  # answers before the answer
_READY = select.POLLIN | getattr(select, "POLLRDHUP", 0)


class Connection(asyncio.Protocol):
    """Made by `Pool`. Whoever has it either gives it back whole or closes it."""

    __slots__ = (
        "_body_left",
        "_buffer",
        "_can_write",
        "_chunks",
        "_ended",
        "_failure",
        "_head",
        "_is_paused",
        "_loop",
        "_patience_s",
        "_sender",
        "_timer",
        "_transport",
        "_waiter",
        "has_heard",
        "idle_since_s",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop, patience_s: float) -> None:
        self.has_heard = False  # whether a byte of the present answer has come
        self.idle_since_s = 0.0
        self._loop = loop
        self._patience_s = patience_s  # of the upstream's silence
        self._transport: asyncio.Transport
        self._buffer = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._can_write: asyncio.Future[None] | None = None  # while the upstream reads slowly
        self._ended = False
        self._failure: Exception | None = None  # what waits for the answer is told
        self._is_paused = False
        self._timer: asyncio.TimerHandle
        self._sender: asyncio.Task[None] | None = None  # of a body that is a stream
        self._head: Head
        self._body_left: int | None = None
        self._chunks: Chunks | None = None

    # What the loop tells
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take over a new connection."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Keep what came for who reads it."""
        self.has_heard = True
        self._buffer += data
        if len(self._buffer) > MOST_WAITING and not self._is_paused:
            self._is_paused = True
            self._transport.pause_reading()
        self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that nothing will come any more."""
        self._ended = True
        if exc is not None and self._failure is None:
            self._failure = Broken(f"the connection broke: {type(exc).__name__}")
        self._wake()
        if self._can_write is not None and not self._can_write.done():
            self._can_write.set_result(None)

    def pause_writing(self) -> None:
        """Wait until the upstream has read."""
        self._can_write = self._loop.create_future()

    def resume_writing(self) -> None:
        """Go on writing."""
        if self._can_write is not None and not self._can_write.done():
            self._can_write.set_result(None)
        self._can_write = None

    # A call
    async def ask(
        self, method: str, request: bytes, body: AsyncIterator[bytes] | None, *, in_chunks: bool
    ) -> Head:
        """Send a call and read the head of its answer; a body is sent beside that.

        Raises: Broken, TooLate, and what the body raises.
        """
        self.has_heard = False
        self._transport.write(request)
        if body is not None:
            self._sender = self._loop.create_task(self._send(body, in_chunks=in_chunks))
        head = await self._read_head(method)
        self._head = head
        self._body_left = head.length
        self._chunks = Chunks() if head.is_chunked else None
        return head

    async def read_chunk(self) -> bytes:
        """Read what has come of the body, at least a byte; empty at its end.

        Raises: Broken, TooLate, and what the body of the call raises.
        """
        if self._chunks is not None:
            return await self._read_chunked(self._chunks)
        while not self._buffer or self._body_left == 0:
            is_to_the_end = self._body_left is None and self._ended and self._failure is None
            if self._body_left == 0 or is_to_the_end:
                return b""
            await self._more()
        left = self._body_left
        if left is None or left >= len(self._buffer):
            data = bytes(self._buffer)
            self._buffer.clear()
        else:
            data = bytes(self._buffer[:left])
            del self._buffer[:left]
        if left is not None:
            self._body_left = left - len(data)
        return data

    def finish(self) -> bool:
        """Return whether the connection can carry another call; it is closed otherwise."""
        is_sent = self._sender is None or self._sender.done()
        is_whole = self.is_read and is_sent and self._failure is None and self._head.keeps
        if is_whole and self.is_open:
            self._sender = None
            self._resume()
            return True
        self.close()
        return False

    def close(self) -> None:
        """Close at once, whatever is on its way."""
        if self._sender is not None:
            self._sender.cancel()
        self._transport.abort()

    @property
    def is_read(self) -> bool:
        """Return whether the answer is known to have come to its end."""
        return self._body_left == 0 if self._chunks is None else self._chunks.is_done

    @property
    def is_open(self) -> bool:
        """Return whether nothing has come since the last answer, not even its end."""
        return not (self._ended or self._buffer or self._transport.is_closing())

    def is_still_open(self) -> bool:
        """Return the same, and ask the system for what the loop has not told yet."""
        if not self.is_open:
            return False
        poll = select.poll()
        poll.register(self._transport.get_extra_info("socket").fileno(), _READY)
        return not poll.poll(0)

    async def _send(self, body: AsyncIterator[bytes], *, in_chunks: bool) -> None:
        try:
            async for data in body:
                if self._ended or self._transport.is_closing():
                    return
                self._transport.write(b"%x\r\n%b\r\n" % (len(data), data) if in_chunks else data)
                if self._can_write is not None:
                    await self._can_write
            if in_chunks and not self._transport.is_closing():
                self._transport.write(b"0\r\n\r\n")
        except Exception as error:  # noqa: BLE001 - who waits for the answer raises it
            self._failure = error
            self._transport.abort()
            self._wake()

    async def _read_head(self, method: str) -> Head:
        begin = 0
        for _ in range(MOST_INTERIM):
            while (end := END.search(self._buffer, begin)) is None:
                if len(self._buffer) > MOST_HEAD:
                    raise Broken("a head that is too large")
                begin = max(0, len(self._buffer) - 3)
                await self._more()
            if end.start() > MOST_HEAD:
                raise Broken("a head that is too large")
            head = parse_head(bytes(self._buffer[: end.start()]), method)
            del self._buffer[: end.end()]
            if not head.is_interim:
                return head
            begin = 0
        raise Broken("too many answers before the answer")

    async def _read_chunked(self, chunks: Chunks) -> bytes:
        while not chunks.is_done:
            data = chunks.feed(self._buffer)
            if data:
                return data
            if not chunks.is_done:
                await self._more()
        return b""

    async def _more(self) -> None:
        """Wait until more has come. Raises: Broken, TooLate, what the body raises."""
        if self._failure is not None:
            raise self._failure
        if self._ended:
            raise Broken("the connection was closed before the answer was whole")
        self._resume()
        self._waiter = self._loop.create_future()
        self._timer = self._loop.call_later(self._patience_s, self._look)
        try:
            await self._waiter
        finally:
            self._waiter = None
            self._timer.cancel()
        if self._failure is not None:
            raise self._failure

    def _look(self) -> None:
        """Give up, unless the call itself is still on its way and the upstream takes it."""
        is_sending = self._sender is not None and not self._sender.done()
        if is_sending and self._can_write is None:
            self._timer = self._loop.call_later(self._patience_s, self._look)
            return
        self._failure = TooLate("silent for too long")
        self._wake()

    def _wake(self) -> None:
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)

    def _resume(self) -> None:
        if self._is_paused and not self._transport.is_closing():
            self._is_paused = False
            self._transport.resume_reading()
