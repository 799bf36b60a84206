"""The embedded counter store: counters in this process, a journal on disk, statistics behind.

Checking and counting is one step of the event loop, so no other call can come between; that is
what makes it exact. Source: design 6.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog
from anyio import to_thread

from gateway.counters.base import Delta, Outcome, Report, UsageBatch, UsageEntry, UsageSink
from gateway.counters.journal import Journal
from gateway.counters.pending import PendingUsage
from gateway.counters.tally import Tally
from gateway.directory import Application
from gateway.errors import StoreUnavailable
from gateway.pacing import pause_after
from gateway.together import MOST_TOGETHER, Together
from gateway.windows import Calendar

MOST_LOOKS = 20  # for more room than a load needs, when there was none to make for a while
log = structlog.get_logger("gatehouse.counters")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemorySettings:
    """How the embedded counter store works."""

    directory: Path  # of the journal
    fold_every_s: float = 1.0  # how far statistics are behind, unless a fold takes long
    segment_bytes: int = 16_777_216  # a busy second's worth; bounds what one replay step reads
    most_applications: int = 100_000  # about 1 kB each
    load_timeout_s: float = 5.0  # the first call of an application waits for the database


@dataclass(frozen=True, slots=True)
class _Segment:
    """A closed journal segment on its way to the statistics."""

    number: int
    name: str
    usage: PendingUsage


class MemoryCounters:
    """Implements `gateway.counters.base.CounterStore` for one process."""

    def __init__(
        self,
        settings: MemorySettings,
        sink: UsageSink,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._sink = sink
        self._clock = clock
        self._now_s = 0.0
        self._calendar = Calendar()
        self._other = Calendar()  # of windows that a report names
        self._journal = Journal(settings.directory)
        self._tallies: OrderedDict[int, Tally] = OrderedDict()  # the longest unused first
        self._loads = Together(self._load_together)
        self._pending = PendingUsage()
        self._number = 1  # of the open segment
        self._folded = 0  # number of the last segment that the statistics hold
        self._closed: list[_Segment] = []
        self._folding = asyncio.Lock()
        self._held: list[set[int]] = []  # applications of reports that are on their way
        self._loading: frozenset[int] = frozenset()
        self._to_renew: deque[Collection[int]] = deque()  # other threads put something in, too
        self.is_ready = False

    async def start(self) -> None:
        """Take the journal over and fold what the last process left in it.

        Raises: JournalLocked, JournalDamaged, OSError, and what the sink raises.
        """
        self._journal.open()
        try:
            for segment in self._journal.segments():
                await self._replay(segment)
        except BaseException:
            self._journal.close()
            raise
        self.is_ready = True

    async def run_for_ever(self) -> None:
        """Bring usage to the statistics again and again; a failure is logged and tried again."""
        pause_s = self._settings.fold_every_s
        while True:
            await asyncio.sleep(pause_s)
            began = time.monotonic()
            await self.take_in()
            try:
                await self.fold()
            except Exception as error:  # noqa: BLE001 - the edge of a job; the journal keeps all
                log.error("usage_not_folded", error=repr(error), segments=len(self._closed))
            pause_s = pause_after(time.monotonic() - began, self._settings.fold_every_s)

    async def fold(self) -> None:
        """Bring all usage so far to the statistics. Raises: what the sink raises; OSError."""
        self._rotate()
        async with self._folding:
            while self._closed:
                segment = self._closed[0]
                entries = await to_thread.run_sync(segment.usage.entries)
                await self._sink.take(UsageBatch(segment.name, entries))
                self._closed.pop(0)
                self._folded = segment.number
                self._journal.delete(segment.name)

    async def stop(self) -> None:
        """Fold what is left and give the journal back. Raises: what the sink raises; OSError."""
        self.is_ready = False
        try:
            await self.fold()
        finally:
            self._journal.close()

    async def add(self, application: Application, deltas: Sequence[Delta]) -> Outcome:
        tally = self._tallies.get(application.id) or await self._load(application.id)
        now_s = self._now()
        windows = self._calendar.windows_at(now_s)
        tally.roll(windows)
        self._tallies.move_to_end(application.id)
        obstacle = tally.find_obstacle(application.limits, deltas)
        if obstacle is None and deltas:
            self._record([_entry_of(application, deltas, now_s)])
            tally.move(deltas, windows)
        return Outcome(obstacle, tally.readings(application.limits))

    async def report(self, reports: Sequence[Report]) -> None:
        """Count all reports or none: what may fail, reading and writing, comes first."""
        reports = [each for each in reports if each.deltas]
        wanted = {each.application.id for each in reports}
        self._held.append(wanted)
        try:
            await asyncio.gather(*map(self._load, wanted - self._tallies.keys()))
            if reports:
                self._count(reports)
        finally:
            self._held.remove(wanted)

    def _count(self, reports: Sequence[Report]) -> None:
        now_s = self._now()
        windows = self._calendar.windows_at(now_s)
        entries = [
            _entry_of(
                each.application,
                each.deltas,
                now_s if each.at is None else each.at.timestamp(),
            )
            for each in reports
        ]
        self._record(entries)
        for entry in entries:
            tally = self._tallies[entry.application_id]
            tally.roll(windows)
            self._tallies.move_to_end(entry.application_id)
            is_now = windows.hold(entry.at_s)
            tally.move(entry.deltas, windows if is_now else self._other.windows_at(entry.at_s))

    async def read(self, application: Application) -> Outcome:
        tally = self._tallies.get(application.id) or await self._load(application.id)
        now_s = self._now()
        tally.roll(self._calendar.windows_at(now_s))
        self._tallies.move_to_end(application.id)
        return Outcome(None, tally.readings(application.limits))

    def renew(self, application_ids: Collection[int]) -> None:
        self._to_renew.append(application_ids)

    async def take_in(self) -> None:
        """Add what was taken over to the counters that run; what fails is tried the next time."""
        wanted: set[int] = set()
        while self._to_renew:
            wanted.update(self._to_renew.popleft())
        late = wanted & self._loading  # what is read of them may be from before
        if late:
            self._to_renew.append(late)
        here = sorted(wanted & self._tallies.keys())
        for at in range(0, len(here), MOST_TOGETHER):
            part = here[at : at + MOST_TOGETHER]
            try:
                counts = await self._sink.counts_of(part, datetime.fromtimestamp(self._now(), UTC))
            except Exception as error:  # noqa: BLE001 - the edge of a job; calls go on
                log.error("counts_not_taken_over", applications=len(part), error=repr(error))
                self._to_renew.append(part)
                continue
            windows = self._calendar.windows_at(self._now())
            for number in part:
                tally = self._tallies.get(number)
                if tally is not None:  # one that went meanwhile begins with all of it
                    tally.roll(windows)
                    tally.take_over(counts[number])

    def _now(self) -> float:
        """Read the clock; time never runs backwards here, or a full window would open again."""
        now_s = self._clock()
        if now_s > self._now_s:
            self._now_s = now_s
        return self._now_s

    def _record(self, entries: Sequence[UsageEntry]) -> None:
        self._journal.append(*entries)
        for entry in entries:
            self._pending.add(entry)
            self._tallies[entry.application_id].segment = self._number
        if self._journal.size_bytes >= self._settings.segment_bytes:
            self._rotate()

    def _rotate(self) -> None:
        name = self._journal.rotate()
        if name is not None:
            self._closed.append(_Segment(self._number, name, self._pending))
            self._pending = PendingUsage()
            self._number += 1

    async def _load(self, application_id: int) -> Tally:
        """Read an application's counts from the statistics, with those that are wanted at once."""
        try:
            async with asyncio.timeout(self._settings.load_timeout_s):
                return await self._loads.ask(application_id)
        except TimeoutError as error:
            raise StoreUnavailable("The statistics did not answer in time.") from error

    async def _load_together(self, application_ids: Sequence[int]) -> Mapping[int, Tally]:
        now_s = self._now()
        windows = self._calendar.windows_at(now_s)
        wanted = [number for number in application_ids if number not in self._tallies]
        self._loading = frozenset(wanted)
        try:
            counts = await self._sink.counts_of(wanted, datetime.fromtimestamp(now_s, UTC))
        except Exception as error:
            log.error("counts_not_read", applications=wanted, error=repr(error))
            raise StoreUnavailable("The statistics cannot be read.") from error
        finally:
            self._loading = frozenset()
        self._evict(len(wanted), set(application_ids))
        for application_id in wanted:
            self._tallies[application_id] = Tally(windows, counts[application_id])
        return {application_id: self._tallies[application_id] for application_id in application_ids}

    def _evict(self, wanted: int, held: set[int]) -> None:
        """Make room for so many; who was not used for the longest time goes first.

        One whose usage is not in the statistics yet stays, even when that is too many, and so does
        one that a report waits for. Cost: a few looks for each that is wanted.
        """
        held = held.union(*self._held)
        excess = len(self._tallies) + wanted - self._settings.most_applications
        for _ in range(min(2 * wanted + MOST_LOOKS, len(self._tallies))):
            if excess <= 0:
                break
            application_id, tally = self._tallies.popitem(last=False)
            if tally.segment <= self._folded and application_id not in held:
                excess -= 1
            else:
                self._tallies[application_id] = tally  # looked at again after all others

    async def _replay(self, segment: str) -> None:
        entries = await to_thread.run_sync(self._journal.read_entries, segment)
        usage = PendingUsage()
        for entry in entries:
            usage.add(entry)
        await self._sink.take(UsageBatch(segment, usage.entries()))
        self._journal.delete(segment)
        log.info("usage_replayed", segment=segment, calls=len(entries))


def _entry_of(application: Application, deltas: Sequence[Delta], at_s: float) -> UsageEntry:
    return UsageEntry(application.service_id, application.id, at_s, tuple(deltas))
