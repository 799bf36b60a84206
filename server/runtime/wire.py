"""The HTTP protocol on the wire: uvicorn's, with bounds, and one write a turn of the loop."""

import asyncio
import os
import re
import socket
import struct
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import httptools
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from server.kit.networks import Network
from server.runtime.connections import REFUSED, Connections, Phase, WireLimits
from server.runtime.descriptors import Shares
from server.runtime.unframed import unframed
from server.runtime.upgrades import is_stream, protocol_of, wants_socket

LINGERING, FRESH, IDLE, HEAD, DRAINING, BUSY = Phase  # an attribute of it is slow to find
MOST_HELD_BYTES = 65_536
SLICE_BYTES = 8_192  # fed at once
CREDIT_PER_CHUNK = 16  # of framing: its size and two ends of lines
CREDIT_PER_BYTE = 3  # of framing for each byte of a body, itself included
BEYOND_ASCII = re.compile(rb"[\x80-\xff]")  # clients of the reference send UTF-8 as it is
REFUSALS = {
    "bad_request": (400, "This is not a request of HTTP/1.1."),
    "chunks_too_large": (400, "The chunks of the body have too long extensions."),
    "pipeline_too_long": (400, "Wait for answers before you send more requests."),
    "request_timeout": (408, "The request did not arrive in time."),
    "url_too_long": (414, "The address is too long."),
    "too_many_connections": (429, "Your address has too many connections."),
    "headers_too_large": (431, "The headers are too many or too long."),
    "connections_full": (503, "There are too many connections. Try again later."),
}
CUTS = {
    FRESH: "silent",
    IDLE: "idle",
    DRAINING: "body_unwanted",
    LINGERING: "refused_and_stayed",
}


class Refused(Exception):
    """The request goes beyond a bound; ends the parser's work."""


class TurnWrites:
    """Writes at the end of a turn of the loop what was written in its course (D14).

    uvicorn writes an answer's head and body apart, uvloop makes a system call of each, and a
    client that wakes in between takes the processor: a third of what authrep can do.
    A stream loses nothing, since a turn ends when it waits for its next part.
    """

    __slots__ = ("_held", "_held_bytes", "_lingers", "_loop", "_transport", "_written")

    def __init__(
        self,
        transport: asyncio.Transport,
        loop: asyncio.AbstractEventLoop,
        lingers: Callable[[], bool] = lambda: False,
    ) -> None:
        self._transport = transport
        self._loop = loop
        self._lingers = lingers  # asked before closing; True when it takes care of that itself
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._written = 0

    def write(self, data: bytes) -> None:
        """Hold the data until the turn ends; much of it goes at once, so that writers feel it."""
        if not self._held:
            self._loop.call_soon(self.flush)
        self._held.append(data)
        self._held_bytes += len(data)
        if self._held_bytes > MOST_HELD_BYTES:
            self.flush()

    def flush(self) -> None:
        """Write what is held; a reader who has gone takes it no more."""
        if self._held:
            data = b"".join(self._held)
            self._held.clear()
            self._held_bytes = 0
            if not self._transport.is_closing():
                self._written += len(data)
                self._transport.write(data)

    def close(self) -> None:
        """Write what is held, then close."""
        self.flush()
        if self._transport.is_closing() or not self._lingers():
            self._transport.close()

    def progress(self) -> tuple[int, int]:
        """Tell how many bytes wait for the reader, and how many have gone."""
        waiting = self._transport.get_write_buffer_size()
        return waiting, self._written - waiting

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class QueueFlow(FlowControl):
    """Does not read on while requests of a pipeline wait, whatever the one before them reads."""

    def __init__(self, transport: asyncio.Transport, waiting: Collection[Any]) -> None:
        super().__init__(transport)
        self._waiting = waiting

    def resume_reading(self) -> None:
        """Read on, if nobody waits."""
        if self.read_paused and not self._waiting:
            super().resume_reading()


class Progress:
    """Something that grows, and since when it has not."""

    __slots__ = ("amount", "at")

    def __init__(self, amount: int = 0, at: float = 0) -> None:
        self.amount = amount
        self.at = at

    def waits_s(self, amount: int, now: float, *, least: int = 1) -> float:
        """Tell for how long it has grown by less than `least`."""
        if amount - self.amount >= least:
            self.amount, self.at = amount, now
        return now - self.at


class WireProtocol(HttpToolsProtocol):
    """One connection of a client."""

    def __init__(self, connections: Connections, **parts: Any) -> None:
        super().__init__(**parts)
        self.headers = []
        self.phase = FRESH
        self.since = connections.now
        self._all = connections
        self._limits = connections.limits
        self._wire: TurnWrites
        self._wrong = ""  # the code by which the parser's work was ended
        self._refusal: bytes | None = None  # goes out when the answers before it have
        self._framing = 0  # bytes since the last landmark that are nobody's body
        self._in_line = True  # the first of a request
        self._in_body = False
        self._body_bytes = 0  # of all requests
        self._drained = 0
        self._body_of: Any = None  # the request whose body the two below are about
        self._body_heard = Progress()
        self._body_window = Progress()
        self._sent = Progress()
        self._running: Any = None  # of requests in a pipeline, the one that is being answered
        self._is_upgrade = False  # to a WebSocket, which takes the connection over

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Take over a new connection, or turn it away."""
        self._wire = TurnWrites(transport, self.loop, self._linger_for_body)
        super().connection_made(cast("asyncio.Transport", self._wire))
        self.flow = QueueFlow(transport, self.pipeline)
        refusal = self._all.admit(self, self.client[0] if self.client else "")
        self.since = self._all.now
        if refusal is not None:
            REFUSED.labels(refusal).inc()
            self.phase = LINGERING
            self._wire.write(self._answer_of(refusal))
            self._wire.flush()
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place free, and tell the request that is under way."""
        self._all.forget(self)
        super().connection_lost(exc)
        if self._running is not None and self._running is not self.cycle:
            self._running.disconnected = True
            self._running.message_event.set()

    def data_received(self, data: bytes) -> None:
        """Parse what came; what goes beyond the bounds is refused, and what follows it dropped."""
        phase = self.phase
        if phase is LINGERING or self._refusal is not None:
            self._drain(len(data))
            return
        if phase <= IDLE:
            self.phase = HEAD
            self._in_line = True
            self.since = self._all.now
        if len(data) <= SLICE_BYTES:
            self._feed(data)
        else:
            self._feed_slices(memoryview(data))

    def _feed_slices(self, data: memoryview) -> None:
        """Feed much data piecemeal, since some bounds are looked at between the pieces."""
        for begin in range(0, len(data), SLICE_BYTES):
            self._feed(data[begin : begin + SLICE_BYTES])
            if self.phase is LINGERING or self._refusal is not None:
                self._drain(max(0, len(data) - begin - SLICE_BYTES))
                return

    def _feed(self, data: bytes | memoryview) -> None:
        if self._in_line:
            data = self._plain_line(bytes(data))
        self._framing += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            if self._is_upgrade:
                self._upgrade()
                return
            self.cycle.keep_alive = False  # it is answered as if it had not asked for that
            self._refusal = b""  # and what follows is of a protocol that is not spoken here
        except httptools.HttpParserError:
            self._refuse(self._wrong or "bad_request")
        else:
            if self._framing:  # which a whole request leaves at 0
                self._check_framing()

    def _plain_line(self, data: bytes) -> bytes:
        """Percent-encode what the first line has beyond ASCII, as its client should have."""
        if data.isascii():
            self._in_line = b"\n" not in data
            return data
        line, end, rest = data.partition(b"\n")
        self._in_line = not end
        return BEYOND_ASCII.sub(lambda found: b"%%%02X" % found[0][0], line) + end + rest

    def _check_framing(self) -> None:
        """Look at what has come of a head, or of a body that is not its content."""
        framing, limits = self._framing, self._limits
        if len(self.headers) > limits.header_lines:
            self._refuse("headers_too_large")
        elif framing < 0:
            self._framing = 0
        elif self._in_body:
            if framing > limits.framing_bytes:
                self._refuse("chunks_too_large")
        elif framing > limits.head_bytes:
            self._refuse("headers_too_large")

    # Parser callbacks
    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        self.url += url
        if len(self.url) > self._limits.url_bytes:
            raise self._stop("url_too_long")

    def on_headers_complete(self) -> None:
        """Begin to answer, or queue the request behind those before."""
        version = self.parser.get_http_version()
        if version != "1.1":
            self._check_version(version)
        self._check_headers()
        if self.pipeline and len(self.pipeline) >= self._limits.pipelined:
            raise self._stop("pipeline_too_long")
        is_alone = self.phase is not BUSY and not self.pipeline
        wants = is_alone and self.parser.should_upgrade()
        self._is_upgrade = wants and wants_socket(self._get_upgrade(), self.url)
        super().on_headers_complete()
        self.headers = []  # for trailers, which are no headers
        self.phase = BUSY
        self._framing = 0
        self._in_body = True
        if not self.pipeline:
            self._running = self.cycle

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        """Let the app answer, in a way that a caller of HTTP/1.0 can read."""
        if cycle.scope["http_version"] == "1.0":
            app = unframed(app, cycle, self._reset)
        super()._start_asgi_task(cycle, app)

    def _reset(self) -> None:
        """Break off so that the caller hears of it."""
        if self._wire.is_closing():
            return
        self._wire.flush()
        with socket.socket(fileno=os.dup(self._wire.get_extra_info("socket").fileno())) as wire:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.cut("broken_off")

    def _check_version(self, version: str) -> None:
        if version != "1.0":
            raise self._stop("bad_request")
        self.expect_100_continue = False  # which is of 1.1

    def _check_headers(self) -> None:
        """Look at what headers or trailers have come to. Raises: Refused."""
        limits = self._limits
        if len(self.headers) > limits.header_lines:
            raise self._stop("headers_too_large")
        if self._framing > SLICE_BYTES:  # else none of them can be too long
            sizes = [len(name) + len(value) for name, value in self.headers]
            if max(sizes, default=0) > limits.header_bytes or sum(sizes) > limits.head_bytes:
                raise self._stop("headers_too_large")

    def on_chunk_header(self) -> None:
        """Allow for what a chunk needs."""
        self._framing -= CREDIT_PER_CHUNK

    def on_body(self, body: bytes) -> None:
        """Take a part of the body; of a request that has been answered it is dropped."""
        size = len(body)
        self._framing -= size * CREDIT_PER_BYTE
        self._body_bytes += size
        if self.phase is DRAINING:
            self._drain(size)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Note that the next byte is another request's."""
        if self.headers:
            self._check_headers()
        if self._is_upgrade:
            return
        cycle = self.cycle
        if not cycle.response_complete:
            cycle.more_body = False
            cycle.message_event.set()
        self._framing = 0
        self._in_body = False
        if self.phase is DRAINING:
            self._rest()

    def on_response_complete(self) -> None:
        """Answer the next one, or wait for it; uvicorn's timer is not armed."""
        self.server_state.total_requests += 1
        if self.phase is LINGERING or self.transport.is_closing():
            return
        following = self.pipeline.pop() if self.pipeline else None
        self.flow.resume_reading()
        if following:
            self._running = following[0]
            self._start_asgi_task(*following)
        elif self._refusal is not None:
            self._say_refusal()
        elif self._in_body:
            self._drain_body()
        else:
            self._rest()

    def _rest(self) -> None:
        """Wait for the next request, whose first bytes may be here."""
        self.phase = IDLE if self.scope is self.cycle.scope else HEAD
        self.since = self._all.now

    # WebSockets
    def _should_upgrade(self) -> bool:
        return self._is_upgrade

    def _upgrade(self) -> None:
        """Have a WebSocket take the connection over; it keeps the place among the others."""
        self.ws_protocol_class = protocol_of(lambda: self._all.forget(self))
        self._framing, self._in_body = 0, False
        self.handle_websocket_upgrade()

    def shutdown(self) -> None:
        """End what is idle, and streams of events that would not end by themselves."""
        if is_stream(self.cycle):
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self._wire.close()
        else:
            super().shutdown()

    # Refusals
    def _stop(self, code: str) -> Refused:
        self._wrong = code
        return Refused(code)

    def _answer_of(self, code: str) -> bytes:
        status, text = REFUSALS[code]
        body = f"{text} ({code})\n".encode()
        headers = [
            *self.server_state.default_headers,
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", b"%d" % len(body)),
            (b"connection", b"close"),
        ]
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        return STATUS_LINE[status] + lines + b"\r\n" + body

    def _refuse(self, code: str) -> None:
        """Answer a request that can't be taken, after the answers to those before; then close."""
        REFUSED.labels(code).inc()
        self._refusal = self._answer_of(code)
        cycle: Any = self.cycle  # None before the first request
        if cycle is None or cycle.response_complete:
            if self._in_body:
                self._refusal = b""  # it has its answer
        elif self._in_body:
            if self.pipeline:
                self.pipeline.popleft()
                return
            cycle.disconnected = True
            cycle.message_event.set()
            if cycle.response_started:
                self._refusal = b""
        else:
            return  # on_response_complete says it
        self._say_refusal()

    def _say_refusal(self) -> None:
        if self._refusal:
            self._wire.write(self._refusal)
        self._linger()

    def _linger_for_body(self) -> bool:
        """Before closing: who still sends a body would lose the answer."""
        if self._in_body and self.phase is not LINGERING:
            self._linger()
            return True
        return self.phase is LINGERING

    def _linger(self) -> None:
        """Close our side and drop what comes, within bounds, until the caller closes his."""
        self.phase = LINGERING
        self.since = self._all.now
        self._drained = 0
        self._wire.flush()
        if not self._wire.is_closing():
            self._wire.write_eof()
            self.flow.resume_reading()

    def _drain_body(self) -> None:
        """Drop the rest of a body whose request has been answered."""
        if self.expect_100_continue:
            self._linger()  # he may take the answer for leave to send nothing
            return
        self.phase = DRAINING
        self.since = self._all.now
        self._drained = 0

    def _drain(self, size: int) -> None:
        self._drained += size
        if self._drained > self._limits.linger_bytes:
            self.cut("body_unwanted")

    # Waiting
    def look(self, now: float) -> None:
        """Cut the connection when it has kept us waiting for too long."""
        waiting, sent = self._wire.progress()
        if not waiting:
            self._sent.at = now
        elif self._sent.waits_s(sent, now) > self._limits.write_stall_s:
            self.cut("answer_not_read")
            return
        if self.phase is BUSY:
            if self._in_body:
                self._look_at_body(now)
        elif waiting:
            self.since = now  # nobody is idle who still reads his answer
        elif now - self.since > self._limits.waits_s[self.phase]:
            if self.phase is HEAD:
                self._refuse("request_timeout")
            else:
                self.cut(CUTS[self.phase])

    def _look_at_body(self, now: float) -> None:
        cycle, limits = self.cycle, self._limits
        is_ours = self.flow.read_paused or cycle.waiting_for_100_continue  # to go on, not his
        if is_ours or cycle is not self._body_of:
            self._body_of = cycle
            self._body_heard = Progress(self._body_bytes, now)
            self._body_window = Progress(self._body_bytes, now)
            return
        silent_s = self._body_heard.waits_s(self._body_bytes, now)
        slow_s = self._body_window.waits_s(self._body_bytes, now, least=limits.body_window_bytes)
        if silent_s > limits.body_silence_s or slow_s > limits.body_window_s:
            self._refuse("request_timeout")

    def cut(self, reason: str) -> None:
        """Close at once, whatever is on its way."""
        REFUSED.labels(reason).inc()
        self.phase = LINGERING
        self._wire.abort()


@dataclass
class Wire:
    """Makes the protocol of each connection; those of one process share their bounds."""

    trusted: Sequence[Network] = ()
    limits: WireLimits = WireLimits()
    _connections: Connections | None = field(default=None, init=False, repr=False)

    def __call__(self, **parts: Any) -> WireProtocol:
        """Make one, as uvicorn asks for it."""
        if self._connections is None:  # here: what was made before was another process's
            self._connections = Connections(self.limits, Shares.of_this_process(), self.trusted)
        return WireProtocol(self._connections, **parts)
