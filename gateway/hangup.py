"""Notices that a caller has gone while the upstream still works, and ends the call."""

import asyncio
from typing import Any

from gateway.exchange import Receive


class Hangup:
    """Cancels the current task when its caller hangs up.

    Most calls end before the watch begins, so that they pay for a timer only. The watch waits
    until the request's body has been read, since both would take from the same stream.
    """

    __slots__ = (
        "_after_s",
        "_call",
        "_loop",
        "_receive",
        "_timer",
        "_watcher",
        "body_read",
        "gone",
    )

    def __init__(self, receive: Receive, after_s: float) -> None:
        self.gone = False
        self.body_read = True
        self._receive = receive
        self._after_s = after_s
        self._loop = asyncio.get_running_loop()
        self._call = asyncio.current_task()
        self._watcher: asyncio.Task[Any] | None = None
        self._timer = self._loop.call_later(after_s, self._watch)

    def close(self) -> None:
        self._timer.cancel()
        if self._watcher is not None:
            self._watcher.cancel()

    def absorb(self) -> bool:
        """Take the cancellation back if it was ours; otherwise it must go on."""
        if self.gone and self._call is not None:
            self._call.uncancel()
        return self.gone

    def _watch(self) -> None:
        if self.body_read:
            self._watcher = self._loop.create_task(self._wait())
        else:
            self._timer = self._loop.call_later(self._after_s, self._watch)

    async def _wait(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if self._call is not None:
            self._call.cancel()
