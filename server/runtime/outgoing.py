"""What all have in common that ask other servers from worker threads: guard, loop and turns."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from gateway.settings import GatewaySettings
from server.domain.errors import LimitReached, Unavailable
from server.domain.installation import Installation
from server.settings import Settings

REDIRECTS = frozenset({301, 302, 303, 307, 308})


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
