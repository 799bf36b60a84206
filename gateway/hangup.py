"""Notices that a caller has gone while the upstream still works, and ends the call."""

import asyncio
from typing import Any

from gateway.exchange import Receive


class Hangup:
    """Cancels the current task when its caller hangs up.

    The watch waits until the request's body has been read, since both would take from the same
    stream.
    """

    __slots__ = ("_call", "_receive", "_watcher", "body_read", "gone", "is_old")

    def __init__(self, receive: Receive) -> None:
        self.gone = False
        self.body_read = True
        self.is_old = False  # it was there at the last look
        self._receive = receive
        self._call = asyncio.current_task()
        self._watcher: asyncio.Task[Any] | None = None

    def close(self) -> None:
        """Stop watching."""
        if self._watcher is not None:
            self._watcher.cancel()

    def absorb(self) -> bool:
        """Take the cancellation back if it was ours; otherwise it must go on."""
        if self.gone and self._call is not None:
            self._call.uncancel()
        return self.gone

    def watch(self) -> None:
        """Begin to watch, once."""
        if self._watcher is None and self.body_read:
            self._watcher = asyncio.get_running_loop().create_task(self._wait())

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if self._call is not None:
            self._call.cancel()


class Hangups:
    """All calls that are on their way to upstreams; those that last are watched.

    One timer looks at them all: one for each call cost a tenth of a call.
    """

    def __init__(self, every_s: float) -> None:
        self._every_s = every_s
        self._open: set[Hangup] = set()
        self._timer: asyncio.TimerHandle | None = None

    def open(self, receive: Receive) -> Hangup:
        """Take a call up; it is watched when two looks have met it."""
        hangup = Hangup(receive)
        self._open.add(hangup)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._every_s, self._look)
        return hangup

    def close(self, hangup: Hangup) -> None:
        """Let a call go."""
        self._open.discard(hangup)
        hangup.close()

    def stop(self) -> None:
        """Look no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _look(self) -> None:
        self._timer = None
        for hangup in self._open:
            if hangup.is_old:
                hangup.watch()
            hangup.is_old = True
        if self._open:
            self._timer = asyncio.get_running_loop().call_later(self._every_s, self._look)
