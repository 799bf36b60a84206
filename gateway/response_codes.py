"""How APIs answered: status codes of finished calls, summed for the statistics.

They are noted, not counted: no limit depends on them, so they cost no journal line, and the last
second's are lost when a process is killed.
"""

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import Protocol

import structlog

from gateway.directory import Application
from gateway.pacing import pause_after

FOLD_EVERY_S = 1.0
MOST_SUMS = 100_000  # about 15 MB: what is kept while the statistics can't be written
LOWEST, HIGHEST = 100, 599
CodeKey = tuple[int, int, int, int]  # service, application, UNIX minute, code
log = structlog.get_logger("gatehouse.response_codes")


class CodeSink(Protocol):
    """Takes sums of response codes for statistics."""

    async def take_codes(self, sums: Mapping[CodeKey, int]) -> None:
        """Add the sums to the statistics, all or nothing."""


class ResponseCodes:
    """Sums codes by application and minute until the sink has taken them."""

    def __init__(self, sink: CodeSink, clock: Callable[[], float] = time.time) -> None:
        self._sink = sink
        self._clock = clock
        self._sums: dict[CodeKey, int] = {}

    def note(self, application: Application, code: int, at_s: float | None = None) -> None:
        """Note an answer; `at_s` None is now. What is no HTTP status is left out."""
        if not LOWEST <= code <= HIGHEST:
            return
        now_s = self._clock()
        minute = int((now_s if at_s is None else min(at_s, now_s)) // 60)
        key = (application.service_id, application.id, minute, code)
        if key in self._sums or len(self._sums) < MOST_SUMS:
            self._sums[key] = self._sums.get(key, 0) + 1

    async def fold(self) -> None:
        """Bring the sums to the sink; when it fails they are kept. Raises: what the sink raises."""
        sums, self._sums = self._sums, {}
        if not sums:
            return
        try:
            await self._sink.take_codes(sums)
        except BaseException:
            for key, calls in self._sums.items():
                sums[key] = sums.get(key, 0) + calls
            self._sums = sums
            raise

    async def fold_for_ever(self) -> None:
        """Bring sums to the sink again and again; a failure is logged and tried again."""
        pause_s = FOLD_EVERY_S
        while True:
            await asyncio.sleep(pause_s)
            began = time.monotonic()
            try:
                await self.fold()
            except Exception as error:  # noqa: BLE001 - the edge of a job; the sums are kept
                log.error("response_codes_not_folded", error=repr(error), sums=len(self._sums))
            pause_s = pause_after(time.monotonic() - began, FOLD_EVERY_S)
