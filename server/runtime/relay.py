"""ASGI between two processes: an app here that has an app there answer, over pairs of sockets.

Both ends share one control socket. Who asks makes a pair of sockets, keeps one and hands the
other over the control socket; an exchange is a scope, then messages both ways, then `DONE`, and
the pair serves the next one. No address is opened that anybody else could connect to.
"""

import asyncio
import marshal
import socket
from contextlib import suppress
from struct import Struct
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LENGTH = Struct(">I")
DONE = None  # the frame that ends an exchange
GONE = ".disconnect"
CHANGED = "changed"  # the type of an exchange without messages: something was committed
READY = b"r"  # what a process writes to the control socket when it answers; a pair is `PAIR`
PAIR = b"p"
MOST_PAIRS_READ = 64
MOST_HELD_BYTES = 65_536  # more is written before the turn of the loop ends
WATCH_AFTER_S = 0.2  # most exchanges are over before anybody needs to see whether the caller left
FULL_WAIT_S = 0.05  # the other end is slow to take pairs, because it still starts
PASSED = frozenset(
    {
        "asgi",
        "client",
        "face",
        "headers",
        "http_version",
        "method",
        "path",
        "query_string",
        "raw_path",
        "root_path",
        "scheme",
        "server",
        "subprotocols",
        "type",
    }
)
log = structlog.get_logger("gatehouse.relay")


class PeerGone(ConnectionError):
    """The process at the other end ended before it had answered."""


class Link:
    """One end: an ASGI app that the other process answers, and `answer` for what that one asks."""

    def __init__(self, control: socket.socket, answer: ASGIApp) -> None:
        control.setblocking(False)
        self._control = control
        self._answer = answer
        self._idle: list[_Pair] = []
        self.peer_is_ready = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the other process answer. Raises: PeerGone."""
        pair = self._idle.pop() if self._idle else await self._open()
        asking = _Asking(pair, receive)
        is_done = False
        try:
            await asking.begin({key: scope[key] for key in scope if key in PASSED})
            while (message := await pair.read()) is not DONE:
                await send(message)
            is_done = True
        except ConnectionError as error:
            raise PeerGone from error
        finally:
            asking.end()
            if is_done and asking.is_whole:
                self._idle.append(pair)
            else:
                pair.close()

    async def run(self) -> None:
        """Answer the other process until it ends or closes its end."""
        loop = asyncio.get_running_loop()
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            tasks: set[asyncio.Task[None]] = set()

            def take() -> None:
                data, descriptors = self._take()
                self.peer_is_ready = self.peer_is_ready or READY in data
                for descriptor in descriptors:
                    task = group.create_task(self._serve(socket.socket(fileno=descriptor)))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
                if not data:
                    ended.set()

            loop.add_reader(self._control.fileno(), take)
            try:
                await ended.wait()
            finally:
                loop.remove_reader(self._control.fileno())
                self.close()
                self._control.close()
                for task in tasks:
                    task.cancel()

    def tell_ready(self) -> None:
        """Tell the other process that this one answers."""
        self._control.send(READY)

    def close(self) -> None:
        """Let go: `run` comes to its end, and so does that of the other process."""
        for pair in self._idle:
            pair.close()
        self._idle.clear()
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)

    def _take(self) -> tuple[bytes, list[int]]:
        """Read from the control socket; nothing when the other end is closed."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, 512, MOST_PAIRS_READ)
        except OSError:
            return b"", []
        return data, descriptors

    async def _open(self) -> "_Pair":
        ours, theirs = socket.socketpair()
        with theirs:
            while True:
                try:
                    socket.send_fds(self._control, [PAIR], [theirs.fileno()])
                    break
                except BlockingIOError:
                    await asyncio.sleep(FULL_WAIT_S)
                except OSError as error:
                    ours.close()
                    raise PeerGone from error
        return await _Pair.over(ours)

    async def _serve(self, theirs: socket.socket) -> None:
        """Answer one exchange after the other on a pair; what fails or is cut ends the pair."""
        pair = await _Pair.over(theirs)
        try:
            while not (scope := await pair.read())["type"].endswith(GONE):
                serving = _Serving(pair, scope)
                await self._answer(scope, serving.receive, serving.send)
                await serving.finish()
        except ConnectionError:
            pass  # the other end has left
        except Exception:
            log.exception("an exchange failed")
        finally:
            pair.close()


class _Pair:
    """One socket of a pair: frames of a length and a marshalled object.

    `marshal`, since both ends are this program, started by the same interpreter: it is quick,
    and keeps bytes.
    """

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._length: int | None = None  # of a frame whose reading was cancelled half-way
        self._loop = asyncio.get_running_loop()
        self._held: list[bytes] = []
        self._held_bytes = 0

    @classmethod
    async def over(cls, end: socket.socket) -> "_Pair":
        end.setblocking(False)
        return cls(*await asyncio.open_connection(sock=end))

    async def read(self) -> Any:
        """Read a frame. Raises: ConnectionError at the end."""
        try:
            if self._length is None:
                (self._length,) = LENGTH.unpack(await self._reader.readexactly(LENGTH.size))
            data = await self._reader.readexactly(self._length)
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError from error
        self._length = None
        return marshal.loads(data)  # noqa: S302 - written by this program

    def put(self, frame: Any) -> None:
        """Write a frame, in the background: with all others of the same turn of the loop.

        Head, body and end of an answer wake the other end once.
        """
        data = marshal.dumps(frame)
        if not self._held:
            self._loop.call_soon(self._flush)
        self._held += (LENGTH.pack(len(data)), data)
        self._held_bytes += len(data)

    async def drain(self) -> None:
        """Wait until the other end reads. Raises: ConnectionError."""
        if self._held_bytes > MOST_HELD_BYTES:
            self._flush()
        await self._writer.drain()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._held:
            data = b"".join(self._held)
            self._held.clear()
            self._held_bytes = 0
            if not self._writer.is_closing():
                self._writer.write(data)


class _Asking:
    """The asker's half of an exchange: passes on what the caller sends, as it comes.

    A request that is there as a whole costs no task; whether its caller leaves is looked at a
    moment later, when most exchanges are over.
    """

    def __init__(self, pair: _Pair, receive: Receive) -> None:
        self._pair = pair
        self._receive = receive
        self._pump: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.is_whole = False  # all was sent: the pair can serve another exchange

    async def begin(self, scope: Scope) -> None:
        self._pair.put(scope)
        if scope["type"] == "websocket":
            self._watch()
        elif scope["type"] == "http":
            self._pass(await self._receive())
            wait_s = WATCH_AFTER_S if self.is_whole else 0
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._watch)
        else:
            self.is_whole = True

    def end(self) -> None:
        """Stop passing on."""
        if self._timer is not None:
            self._timer.cancel()
        if self._pump is not None:
            self._pump.cancel()

    def _pass(self, message: Message) -> None:
        self._pair.put(message)
        self.is_whole = message["type"] == "http.request" and not message.get("more_body")

    def _watch(self) -> None:
        self._pump = asyncio.get_running_loop().create_task(self._pass_on())

    async def _pass_on(self) -> None:
        with suppress(ConnectionError):
            is_gone = False
            while not is_gone:
                message = await self._receive()
                self._pass(message)
                is_gone = message["type"].endswith(GONE)
                await self._pair.drain()


class _Serving:
    """The answering half of an exchange."""

    def __init__(self, pair: _Pair, scope: Scope) -> None:
        self._pair = pair
        self._gone = {"type": f"{scope['type']}{GONE}", "code": 1006}
        self._is_read = scope["type"] != "http"

    async def receive(self) -> Message:
        try:
            message: Message = await self._pair.read()
        except ConnectionError:
            return self._gone
        self._is_read = self._is_read or not message.get("more_body")
        return message

    async def send(self, message: Message) -> None:
        self._pair.put(message)
        await self._pair.drain()

    async def finish(self) -> None:
        """End the exchange; what was not read of the request is in nobody's way then."""
        self._pair.put(DONE)
        while not self._is_read:
            if (await self.receive()) is self._gone:
                raise ConnectionResetError
        await self._pair.drain()
