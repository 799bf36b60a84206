"""Connections to one upstream that are kept for the next call."""

import asyncio
import os
import ssl
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import lru_cache

from gateway.client.connection import Connection
from gateway.client.errors import Broken, TooLate, Unreachable
from gateway.client.head import Head
from gateway.config.service import Upstream

IDLE_S = 90.0  # a connection that nobody needs for so long is closed


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an upstream may take, and how many connections are kept for it."""

    connect_s: float
    silence_s: float
    idle_connections: int


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it goes out."""

    method: str
    head: bytes  # with the body behind it, if that is there as a whole
    body: AsyncIterator[bytes] | None = None  # of a stream
    in_chunks: bool = False
    is_repeatable: bool = False  # whether it may be sent once more when nothing came back


class Pool:
    """Connections to an upstream, at `address` if that is given. It must be closed."""

    def __init__(self, upstream: Upstream, patience: Patience, address: str = "") -> None:
        self._host = address or upstream.host
        self._port = upstream.port
        self._name = upstream.host.rstrip(".") if upstream.scheme == "https" else None
        self._patience = patience
        self._idle: deque[Connection] = deque()
        self._sweeper: asyncio.TimerHandle | None = None
        self._answering = ""  # which of several addresses took the last connection
        self._is_closed = False

    async def ask(self, request: Request) -> tuple[Connection, Head]:
        """Send a call; gives the connection that its body is to be read from.

        A kept connection may be closed by the upstream just then: a call that may be repeated is
        sent once more, on a fresh one, when not a byte of an answer had come.
        Raises: Unreachable, Broken, TooLate, and what the body raises.
        """
        kept = self._take(request)
        if kept is not None:
            try:
                return kept, await _ask(kept, request)
            except Broken:
                if kept.has_heard or not request.is_repeatable:
                    raise
        fresh = await self._connect()
        return fresh, await _ask(fresh, request)

    def give_back(self, connection: Connection) -> None:
        """Keep a connection whose answer has been read; one that is not whole is closed."""
        if not connection.finish():
            return
        if self._is_closed or len(self._idle) >= self._patience.idle_connections:
            connection.close()
            return
        loop = asyncio.get_running_loop()
        connection.idle_since_s = loop.time()
        self._idle.append(connection)
        if self._sweeper is None:
            self._sweeper = loop.call_later(IDLE_S, self._sweep)

    def close(self) -> None:
        """Close what is kept, and what is given back later."""
        self._is_closed = True
        if self._sweeper is not None:
            self._sweeper.cancel()
        while self._idle:
            self._idle.pop().close()

    def _take(self, request: Request) -> Connection | None:
        """Find the connection that was used last and is open, as far as can be told."""
        while self._idle:
            connection = self._idle.pop()
            is_open = connection.is_open if request.is_repeatable else connection.is_still_open()
            if is_open:
                return connection
            connection.close()
        return None

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        long_ago_s = loop.time() - IDLE_S
        while self._idle and self._idle[0].idle_since_s <= long_ago_s:
            self._idle.popleft().close()
        self._sweeper = None
        if self._idle:
            wait_s = self._idle[0].idle_since_s - long_ago_s
            self._sweeper = loop.call_later(max(wait_s, 0.1), self._sweep)

    async def _connect(self) -> Connection:
        """Open a connection. Raises: Unreachable, TooLate."""
        try:
            async with asyncio.timeout(self._patience.connect_s):
                return await self._connect_to_any()
        except TimeoutError as error:
            raise TooLate("no connection in time") from error
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{type(error).__name__}: {_words_of(error)}") from error

    async def _connect_to_any(self) -> Connection:
        """Try the addresses of the host in turn, first the one that answered last."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(self._host, self._port, type=1)  # SOCK_STREAM
        addresses = list(dict.fromkeys(str(row[4][0]) for row in found))
        addresses.sort(key=lambda each: each != self._answering)
        error: Exception = OSError("no address")
        for at, address in enumerate(addresses):
            share_s = self._patience.connect_s / (len(addresses) - at + 1)
            is_last = at == len(addresses) - 1
            try:
                async with asyncio.timeout(None if is_last else share_s):
                    connection = await self._connect_to(address)
            except OSError as failure:  # a time-out is one too
                error = failure
                continue
            self._answering = address
            return connection
        raise error

    async def _connect_to(self, address: str) -> Connection:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(
            lambda: Connection(loop, self._patience.silence_s),
            address,
            self._port,
            ssl=None if self._name is None else _trust(),
            server_hostname=self._name,
        )
        return connection


async def _ask(connection: Connection, request: Request) -> Head:
    """Ask, and close the connection when no answer came of it."""
    try:
        return await connection.ask(
            request.method, request.head, request.body, in_chunks=request.in_chunks
        )
    except BaseException:
        connection.close()
        raise


def _words_of(error: Exception) -> str:
    """Tell what the system or the TLS library says, without the address that its own words have."""
    if isinstance(error, ssl.SSLError):
        return str(error.reason)
    code = getattr(error, "errno", None) or 0
    return os.strerror(code) if code > 0 else "the name has no address"


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """Read whom this machine trusts. Cost: some milliseconds, once."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
