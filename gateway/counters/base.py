"""The contract of counting: all hits of a call or none, exact, durable, or a clear failure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from gateway.directory import Application, Limit
from gateway.windows import Period

# A counter stays here. Redis' scripts and JSON know numbers exactly up to it, and a thousand of
# them still fit a database's 64 bits, so that its sums do.
MOST_COUNT = 2**53 - 1


class Delta(NamedTuple):
    """How far one metric moves: added to its counters, or put in their place when `is_set`."""

    metric_id: int
    amount: int
    is_set: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A limit and what its counter holds in the window of now."""

    limit: Limit
    current: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: `refused` is the limit that stood in the way, None when counted.

    `readings` has one row for each limit of the application, in the order of its `limits`;
    after the call when it was counted, untouched when it was refused.
    """

    refused: Limit | None
    readings: tuple[Reading, ...]


class UsageEntry(NamedTuple):
    """One call that got in, as the journal keeps it and the sink takes it."""

    service_id: int
    application_id: int  # row id, `Application.id`
    at_s: float  # UNIX time that chose the windows
    deltas: tuple[Delta, ...]


@dataclass(frozen=True, slots=True)
class UsageBatch:
    """Entries in the order they were counted; `id` never comes twice with other content.

    Calls of one application in one minute may have been added up to one entry.
    """

    id: str
    entries: Sequence[UsageEntry]


class StoredCount(NamedTuple):
    """What the statistics hold of one metric in one window."""

    metric_id: int
    period: Period
    start_s: int  # of the window, UNIX seconds
    value: int
    taken_over: int = 0  # of `value`: what was used elsewhere, as much as was ever taken over


class UsageSink(Protocol):
    """Takes finished usage for statistics and gives back what was counted before a restart."""

    async def take(self, batch: UsageBatch) -> None:
        """Fold a batch into the statistics, all or nothing; a batch seen before changes nothing."""

    async def counts_of(
        self, application_ids: Sequence[int], now: datetime
    ) -> Mapping[int, Sequence[StoredCount]]:
        """Read the counts of the windows holding `now`, and of later ones, from the statistics.

        There are later ones when the clock has stepped back. The answer has every application.
        """


@dataclass(frozen=True, slots=True)
class Report:
    """What an application has used; `at` is up to a day ago or an hour ahead, None is now."""

    application: Application
    deltas: Sequence[Delta]  # rolled up
    at: datetime | None = None


class CounterStore(Protocol):
    """Counts usage in all seven periods at once, so that a limit added later sees the past."""

    async def add(self, application: Application, deltas: Sequence[Delta]) -> Outcome:
        """Count all deltas or none, durably, before returning; `deltas` are rolled up already.

        Refuses when any limit on a metric of `deltas` would be exceeded: that changes no counter.
        Raises: StoreUnavailable when it cannot be made durable or no answer came in time.
        """

    async def report(self, reports: Sequence[Report]) -> None:
        """Count all of them, whatever the limits, or none. Raises: StoreUnavailable."""

    async def read(self, application: Application) -> Outcome:
        """Read the counters of the application's limits; changes nothing, `refused` is None."""

    def renew(self, application_ids: Collection[int]) -> None:
        """Take in soon what was taken over for applications; from any thread, as often as liked.

        What calls count meanwhile stays: of each window the difference is added.
        """
