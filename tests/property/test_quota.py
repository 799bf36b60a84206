"""Limits hold and nothing is lost, whatever crashes between two steps."""

import asyncio
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from redis import Redis

from gateway.counters.base import Delta, Report, UsageBatch, UsageEntry
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.counters.redis import FOLDER, RedisCounters, RedisSettings
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
    """Counts, folds and steps of the clock in any order, on a store that a subclass opens."""

    counters: MemoryCounters | RedisCounters

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.sink = FakeSink()
        self.expected = FakeSink()
        self.now_s = START_S
        self.latest_s = START_S  # of this process
        self.counted = 0

    def run(self, work: Any) -> Any:
        return self.runner.run(work)

    def see_the_time(self) -> None:
        """Note what time the store goes by."""
        self.latest_s = max(self.latest_s, self.now_s)

    @rule(application=st.sampled_from(APPLICATIONS), moves=deltas, times=st.integers(1, 4))
    def call(self, application: Any, moves: list[Delta], times: int) -> None:
        self.see_the_time()

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
        self.see_the_time()
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

    @invariant()
    def reads_equal_what_was_let_in(self) -> None:
        if not hasattr(self, "counters") or self.sink.down:
            return
        self.see_the_time()
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
            assert self.left() == []
        self.runner.close()

    def left(self) -> list[Any]:
        """List what the store still keeps for the statistics."""
        raise NotImplementedError

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


class EmbeddedQuota(Quota):
    """The embedded store: one process that may crash with half a line written."""

    counters: MemoryCounters

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())

    @initialize()
    def start(self) -> None:
        folder = MemorySettings(
            directory=self.directory, segment_bytes=120, most_applications=2, load_timeout_s=1
        )
        self.counters = MemoryCounters(folder, self.sink, lambda: self.now_s)
        self.latest_s = self.now_s
        self.run(self.counters.start())

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

    def left(self) -> list[Any]:
        return list(self.directory.glob("*.journal"))

    def teardown(self) -> None:
        super().teardown()
        shutil.rmtree(self.directory)


class SharedQuota(Quota):
    """The shared store: two processes in turn, of which each may crash; the clock is Redis's."""

    url = ""
    counters: RedisCounters

    @initialize()
    def start(self) -> None:
        with Redis.from_url(self.url) as client:
            client.flushdb()
        self.counters, self.other = self.new(), self.new()

    def new(self) -> RedisCounters:
        settings = RedisSettings(url=self.url, load_timeout_s=1)
        return RedisCounters(settings, self.sink, lambda: self.now_s)

    def run(self, work: Any) -> Any:
        async def beside_the_store() -> Any:
            running = asyncio.ensure_future(self.counters.run_for_ever())
            try:
                return await work
            finally:
                running.cancel()
                await asyncio.wait([running])

        return self.runner.run(beside_the_store())

    def see_the_time(self) -> None:
        self.latest_s = self.now_s

    @rule()
    def go_on_in_the_other_process(self) -> None:
        self.counters, self.other = self.other, self.counters

    @rule()
    def crash_and_start_again(self) -> None:
        self.run(self.counters._redis.aclose())
        self.counters = self.new()

    def teardown(self) -> None:
        if hasattr(self, "counters"):
            self.run(self.other._redis.aclose())
            with Redis.from_url(self.url) as client:
                client.delete(FOLDER)  # as if its seconds were over
        super().teardown()

    def left(self) -> list[Any]:
        with Redis.from_url(self.url) as client:
            return [key for key in client.keys("gatehouse:*") if b"{" not in key]


EmbeddedQuota.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestEmbeddedQuota = EmbeddedQuota.TestCase


@pytest.mark.redis
def test_shared_quota(redis_url: str) -> None:
    SharedQuota.url = redis_url
    few = settings(max_examples=40, stateful_step_count=25, deadline=None)
    run_state_machine_as_test(SharedQuota, settings=few)
