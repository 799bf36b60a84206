"""How calls ended: status codes of APIs' answers, and refusals, summed for the statistics.

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
from gateway.refusals import Refusals, RefusalSink
from gateway.sums import Sums

FOLD_EVERY_S = 1.0
LOWEST, HIGHEST = 100, 599
CodeKey = tuple[int, int, int, int]  # service, application, UNIX minute, code
log = structlog.get_logger("gatehouse.response_codes")


class CodeSink(RefusalSink, Protocol):
    """Takes sums of response codes, and of refusals, for statistics."""

    async def take_codes(self, sums: Mapping[CodeKey, int]) -> None:
        """Add the sums to the statistics, all or nothing."""


class ResponseCodes(Sums[CodeKey]):
    """Sums codes by application and minute until the sink has taken them; `refusals` likewise."""

    __slots__ = ("_clock", "refusals")

    def __init__(self, sink: CodeSink, clock: Callable[[], float] = time.time) -> None:
        super().__init__(sink.take_codes)
        self.refusals = Refusals(sink, clock)
        self._clock = clock

    def note(self, application: Application, code: int, at_s: float | None = None) -> None:
        """Note an answer; `at_s` None is now. What is no HTTP status is left out."""
        if not LOWEST <= code <= HIGHEST:
            return
        now_s = self._clock()
        minute = int((now_s if at_s is None else min(at_s, now_s)) // 60)
        self.add((application.service_id, application.id, minute, code))

    async def fold(self) -> None:
        """Bring codes and refusals to the sink. Raises: what the sink raises."""
        try:
            await super().fold()
        finally:
            await self.refusals.fold()

    async def fold_for_ever(self) -> None:
        """Bring sums to the sink again and again; a failure is logged and tried again."""
        pause_s = FOLD_EVERY_S
        while True:
            await asyncio.sleep(pause_s)
            began = time.monotonic()
            try:
                await self.fold()
            except Exception as error:  # noqa: BLE001 - the edge of a job; the sums are kept
                waiting = len(self) + len(self.refusals)
                log.error("response_codes_not_folded", error=repr(error), sums=waiting)
            pause_s = pause_after(time.monotonic() - began, FOLD_EVERY_S)
