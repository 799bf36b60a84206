"""Limits hold and nothing is lost, whatever crashes between two steps."""

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from gateway.counters.base import Delta, Report, UsageBatch, UsageEntry
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.directory import Limit
from gateway.errors import StoreUnavailable
from gateway.windows import Period, window_of
from tests.kit.gateway import FakeSink, an_application

LIMITS = (
    Limit("hits", 1, Period.MINUTE, 5),
    Limit("hits", 1, Period.DAY, 20),
    Limit("search", 2, Period.ETERNITY, 15),
)
APPLICATIONS = [an_application(number, *LIMITS) for number in (1, 2, 3)]
START_S = datetime(2024, 12, 31, 23, 58, tzinfo=UTC).timestamp()

amounts = st.integers(0, 4)
deltas = st.lists(
    st.builds(Delta, st.sampled_from([1, 2]), amounts, st.sampled_from([False, False, True])),
    min_size=1,
    max_size=2,
    unique_by=lambda delta: delta.metric_id,
)


class Quota(RuleBasedStateMachine):
    """Counts, folds, crashes and steps of the clock in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.directory = Path(tempfile.mkdtemp())
        self.sink = FakeSink()
        self.expected = FakeSink()
        self.now_s = START_S
        self.latest_s = START_S  # of this process
        self.counted = 0
        self.counters: MemoryCounters

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    @initialize()
    def start(self) -> None:
        folder = MemorySettings(
            directory=self.directory, segment_bytes=120, most_applications=2, load_timeout_s=1
        )
        self.counters = MemoryCounters(folder, self.sink, lambda: self.now_s)
        self.latest_s = self.now_s
        self.run(self.counters.start())

    @rule(application=st.sampled_from(APPLICATIONS), moves=deltas, times=st.integers(1, 4))
    def call(self, application: Any, moves: list[Delta], times: int) -> None:
        self.latest_s = max(self.latest_s, self.now_s)

        async def race() -> list[Any]:
            calls = [self.counters.add(application, moves) for _ in range(times)]
            return await asyncio.gather(*calls, return_exceptions=True)

        for outcome in self.run(race()):
            if isinstance(outcome, StoreUnavailable):
                assert self.sink.down
            else:
                assert not isinstance(outcome, BaseException)
                fits = self._fits(application.id, moves)
                assert (outcome.refused is None) == fits
                if fits:
                    self._expect(application.id, moves, self.latest_s)

    @rule(application=st.sampled_from(APPLICATIONS), moves=deltas, ago_s=st.integers(0, 80_000))
    def report(self, application: Any, moves: list[Delta], ago_s: int) -> None:
        self.latest_s = max(self.latest_s, self.now_s)
        at = datetime.fromtimestamp(self.now_s, UTC) - timedelta(seconds=ago_s)
        try:
            self.run(self.counters.report([Report(application, moves, at)]))
        except StoreUnavailable:
            assert self.sink.down
        else:
            self._expect(application.id, moves, at.timestamp())

    @rule(step_s=st.sampled_from([0.4, 20, 61, 3600, -30, -4000]))
    def step_the_clock(self, step_s: float) -> None:
        self.now_s += step_s

    @rule(down=st.booleans())
    def break_or_mend_the_sink(self, down: bool) -> None:
        self.sink.down = down

    @rule()
    def fold(self) -> None:
        try:
            self.run(self.counters.fold())
        except OSError:
            assert self.sink.down

    @rule(torn=st.sampled_from([b"", b"7 1 173", b"7 1 1735689480.000 1+9"]))
    def crash_and_start_again(self, torn: bytes) -> None:
        self.sink.down = False
        journal = self.counters._journal  # what a killed process leaves behind
        open_segment = journal.rotate()
        if open_segment is not None:
            with (self.directory / open_segment).open("ab") as file:
                file.write(torn)
        journal.close()
        self.start()

    @rule()
    def stop_and_start_again(self) -> None:
        self.sink.down = False
        self.run(self.counters.stop())
        self.start()

    @invariant()
    def reads_equal_what_was_let_in(self) -> None:
        if not hasattr(self, "counters") or self.sink.down:
            return
        self.latest_s = max(self.latest_s, self.now_s)
        for application in APPLICATIONS:
            outcome = self.run(self.counters.read(application))
            for reading in outcome.readings:
                assert reading.current == self._count(application.id, reading.limit)

    def teardown(self) -> None:
        if hasattr(self, "counters"):
            self.sink.down = False
            self.run(self.counters.stop())
            expected = {key: value for key, value in self.expected.totals.items() if value}
            assert {key: value for key, value in self.sink.totals.items() if value} == expected
            assert not list(self.directory.glob("*.journal"))
        self.runner.close()
        shutil.rmtree(self.directory)

    def _count(self, application_id: int, limit: Limit) -> int:
        start = window_of(limit.period, datetime.fromtimestamp(self.latest_s, UTC)).start
        key = (application_id, limit.metric_id, limit.period, int(start.timestamp()))
        return self.expected.totals.get(key, 0)

    def _fits(self, application_id: int, moves: list[Delta]) -> bool:
        for limit in LIMITS:
            for move in moves:
                before = 0 if move.is_set else self._count(application_id, limit)
                if move.metric_id == limit.metric_id and before + move.amount > limit.value:
                    return False
        return True

    def _expect(self, application_id: int, moves: list[Delta], at_s: float) -> None:
        self.counted += 1
        entry = UsageEntry(7, application_id, at_s, tuple(moves))
        self.run(self.expected.take(UsageBatch(f"call-{self.counted}", (entry,))))


Quota.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestQuota = Quota.TestCase
