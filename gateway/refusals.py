"""Which calls were refused, and why: by code and application, summed for the statistics.

Like response codes they are noted, not counted: a refused call changes no counter and writes
nothing by itself. Who sends made-up keys adds to the one sum of its service, minute and code.
"""

import time
from collections.abc import Callable, Mapping
from typing import Protocol

from gateway.sums import Sums

NOBODY = 0  # stands for the application where a refused call names none that is known
RefusalKey = tuple[int, int, int, str]  # service, application or NOBODY, UNIX minute, code


class RefusalSink(Protocol):
    """Takes sums of refused calls for statistics."""

    async def take_refusals(self, sums: Mapping[RefusalKey, int]) -> None:
        """Add the sums to the statistics, all or nothing."""


class Refusals(Sums[RefusalKey]):
    """Sums refused calls by service, application, minute and code."""

    __slots__ = ("_clock",)

    def __init__(self, sink: RefusalSink, clock: Callable[[], float] = time.time) -> None:
        super().__init__(sink.take_refusals)
        self._clock = clock

    def note(self, service_id: int, application_id: int, code: str) -> None:
        """Note a call that was refused now; the code is one of our own, never a caller's word."""
        self.add((service_id, application_id, int(self._clock() // 60), code))
