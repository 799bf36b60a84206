"""What all have in common that ask other servers from worker threads: guard, loop and turns."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

from pyreqwest.http import Url

from gateway.client.errors import TooLate, Unreachable, UpstreamError
from gateway.networks import ForbiddenAddress, OwnAddress
from gateway.settings import GatewaySettings
from server.domain.errors import LimitReached, Unavailable
from server.domain.installation import Installation
from server.settings import Settings

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What keeps a server from answering; `OSError` and `UnicodeError` are the resolver's too.
FAULTS = (
    TimeoutError,
    OwnAddress,
    ForbiddenAddress,
    UpstreamError,
    OSError,
    UnicodeError,
)


def problem_of(fault: Exception, late: str) -> str:
    """Say what one of `FAULTS` means of a server; `late` is said of one that took too long."""
    match fault:
        case TimeoutError() | TooLate():
            return late
        case OwnAddress():
            return "leads back to this server"
        case ForbiddenAddress():
            return "is on a private network, or leads to one, and those are closed here"
        case UpstreamError() if not isinstance(fault, Unreachable):
            return "broke off, or has no certificate that is trusted"
    return "can't be reached: nobody answers there"


def request_of(method: str, url: Url, headers: Mapping[str, str], body: bytes) -> bytes:
    """Write a call as it goes out. Raises: ValueError for what no header holds."""
    target = f"{url.path}?{url.query_string}" if url.query_string else url.path
    lines = [f"{method} {target} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items())]
    if any("\r" in line or "\n" in line for line in lines):
        raise ValueError("a header of several lines")
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body


class Asker:
    """Asks by the gateway's client, where the gateway may call, on the loop of a process."""

    def __init__(
        self,
        settings: Settings,
        installation: Installation,
        *,
        connect_s: float,
        read_s: float,
        away: str,
    ) -> None:
        """Say how long it waits, and what is told in a process that asks nobody."""
        self._settings = GatewaySettings(
            connect_timeout_s=connect_s,
            read_timeout_s=read_s,
            idle_connections=0,
            private_networks=settings.private_networks == "allow",
            own=installation.addresses.own,
        )
        self._away = away
        self._loop: asyncio.AbstractEventLoop | None = None

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the running loop; before that nobody is asked."""
        self._loop = loop

    def _running(self) -> asyncio.AbstractEventLoop:
        """Give the loop that asks. Raises: Unavailable."""
        if self._loop is None:
            raise Unavailable(self._away)
        return self._loop


class OneEach:
    """Lets in one at a time of each provider, and no more than so many of all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._busy: set[int] = set()  # providers

    @contextmanager
    def turn(self, provider_id: int, refusal: LimitReached) -> Iterator[None]:
        """Let a provider in who is not in yet, while there is room. Raises: the refusal."""
        with self._lock:
            if provider_id in self._busy or len(self._busy) >= self._most:
                raise refusal
            self._busy.add(provider_id)
        try:
            yield
        finally:
            with self._lock:
                self._busy.discard(provider_id)
