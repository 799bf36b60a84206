"""The embedded counter store: faults, bounds and races that the quota machine does not make."""

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.counters.base import Delta, Report
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.directory import Limit
from gateway.errors import JournalDamaged, JournalLocked, StoreUnavailable
from gateway.windows import Period
from tests.kit.counters import running
from tests.kit.gateway import FakeSink, an_application

APPLICATION = an_application(1, Limit("hits", 1, Period.DAY, 3))
ONE = (Delta(1, 1),)


def journals(folder: Path) -> list[Path]:
    """List the segments on disk."""
    return list(folder.glob("*.journal"))


async def test_calls_at_once_read_the_statistics_once_and_share_one_limit(tmp_path: Path) -> None:
    sink = FakeSink()
    async with running(MemoryCounters(MemorySettings(directory=tmp_path), sink)) as counters:
        outcomes = await asyncio.gather(*(counters.add(APPLICATION, ONE) for _ in range(20)))

    assert sum(outcome.refused is None for outcome in outcomes) == 3
    assert sink.reads == 1


async def test_a_journal_has_one_writer(tmp_path: Path) -> None:
    settings = MemorySettings(directory=tmp_path)
    async with running(MemoryCounters(settings, FakeSink())):
        with pytest.raises(JournalLocked):
            await MemoryCounters(settings, FakeSink()).start()


@pytest.mark.parametrize("written", [0, 5, OSError("no space")])
async def test_a_call_that_cannot_be_written_is_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int | OSError
) -> None:
    real_write = os.write

    def short_write(fd: int, data: bytes) -> int:
        if isinstance(written, OSError):
            raise written
        return real_write(fd, data[:written])

    sink = FakeSink()
    async with running(MemoryCounters(MemorySettings(directory=tmp_path), sink)) as counters:
        await counters.add(APPLICATION, ONE)
        with monkeypatch.context() as patch:
            patch.setattr("gateway.counters.journal.os.write", short_write)
            with pytest.raises(StoreUnavailable):
                await counters.add(APPLICATION, ONE)
        after = await counters.add(APPLICATION, ONE)

    assert after.readings[0].current == 2
    assert set(sink.totals.values()) == {2}


async def test_a_damaged_journal_stops_the_start_and_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "1.journal").write_bytes(b"7 1 100.000 1+1\nrubbish\n7 1 100.000 1+1\n")

    with pytest.raises(JournalDamaged, match="line 2"):
        await MemoryCounters(MemorySettings(directory=tmp_path), FakeSink()).start()


async def test_idle_applications_make_room_once_their_usage_is_folded(tmp_path: Path) -> None:
    settings = MemorySettings(directory=tmp_path, most_applications=10, fold_every_s=60)
    async with running(MemoryCounters(settings, FakeSink())) as counters:
        for number in range(20):
            await counters.add(an_application(number, *APPLICATION.limits), ONE)
        kept_unfolded = len(counters._tallies)
        await counters.fold()
        await counters.read(an_application(99))
        for number in range(20):
            outcome = await counters.read(an_application(number, *APPLICATION.limits))
            assert outcome.readings[0].current == 1

    assert kept_unfolded == 20


async def test_a_report_of_yesterday_does_not_count_today(tmp_path: Path) -> None:
    now = datetime(2025, 6, 2, 0, 30, tzinfo=UTC)
    sink = FakeSink()
    counters = MemoryCounters(MemorySettings(directory=tmp_path), sink, now.timestamp)
    await counters.start()

    await counters.report([Report(APPLICATION, ONE, datetime(2025, 6, 1, 23, 59, tzinfo=UTC))])
    outcome = await counters.read(APPLICATION)
    await counters.stop()

    assert outcome.readings[0].current == 0
    days = [key for key in sink.totals if key[2] is Period.DAY]
    assert [datetime.fromtimestamp(key[3], UTC).day for key in days] == [1]


async def test_what_a_crash_left_is_replayed_once_however_often_it_is_tried(
    tmp_path: Path,
) -> None:
    lines = b"7 1 100.000 1+1\n7 1 130.000 1+2 2=5\n7 1 131.000 2+1\n7 1 132.0"
    (tmp_path / "1.journal").write_bytes(lines)
    (tmp_path / "2.journal").write_bytes(b"")
    sink = FakeSink()

    for _ in range(2):
        async with running(MemoryCounters(MemorySettings(directory=tmp_path), sink)):
            assert journals(tmp_path) == []
        (tmp_path / "1.journal").write_bytes(lines)  # deleted too late to be gone for good

    forever = {key[1]: value for key, value in sink.totals.items() if key[2] is Period.ETERNITY}
    assert forever == {1: 3, 2: 6}


async def test_a_start_that_fails_gives_the_journal_back_untouched(tmp_path: Path) -> None:
    (tmp_path / "1.journal").write_bytes(b"7 1 100.000 1+1\n")
    sink = FakeSink(down=True)
    with pytest.raises(OSError, match="down"):
        await MemoryCounters(MemorySettings(directory=tmp_path), sink).start()
    sink.down = False

    async with running(MemoryCounters(MemorySettings(directory=tmp_path), sink)):
        pass

    assert set(sink.totals.values()) == {1}


async def test_a_full_segment_ends_and_all_of_them_are_folded(tmp_path: Path) -> None:
    sink, settings = FakeSink(), MemorySettings(directory=tmp_path, segment_bytes=40)
    endless = an_application(1, Limit("hits", 1, Period.DAY, 1_000))

    async with running(MemoryCounters(settings, sink)) as counters:
        for _ in range(20):
            await counters.add(endless, ONE)
        on_disk = len(journals(tmp_path))

    assert on_disk > 1
    assert set(sink.totals.values()) == {20}
    assert journals(tmp_path) == []


async def test_a_report_is_counted_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    sink = FakeSink()
    first, second = an_application(1, *APPLICATION.limits), an_application(2, *APPLICATION.limits)
    async with running(MemoryCounters(MemorySettings(directory=tmp_path), sink)) as counters:
        await counters.read(first)
        sink.down = True  # the second one's counts cannot be read

        with pytest.raises(StoreUnavailable):
            await counters.report([Report(first, ONE), Report(second, ONE)])
        sink.down = False

        assert (await counters.read(first)).readings[0].current == 0
        await counters.report([Report(first, ONE), Report(second, ONE), Report(first, ONE)])
        assert (await counters.read(first)).readings[0].current == 2
        assert (await counters.read(second)).readings[0].current == 1


async def test_a_report_of_more_applications_than_are_kept_is_counted(tmp_path: Path) -> None:
    settings = MemorySettings(directory=tmp_path, most_applications=10)
    many = [an_application(number, *APPLICATION.limits) for number in range(30)]
    async with running(MemoryCounters(settings, FakeSink())) as counters:
        await counters.report([Report(each, ONE) for each in many])

        outcomes = [await counters.read(each) for each in many]

    assert all(outcome.readings[0].current == 1 for outcome in outcomes)


async def test_what_is_taken_over_is_added_once_to_what_calls_count_meanwhile(
    tmp_path: Path,
) -> None:
    sink = FakeSink()
    settings = MemorySettings(directory=tmp_path, fold_every_s=60)
    application = an_application(1, Limit("hits", 1, Period.ETERNITY, 80))
    counters = MemoryCounters(settings, sink)
    refused = 0
    async with running(counters):
        for number in range(100):
            outcome = await counters.add(application, ONE)
            refused += outcome.refused is not None
            if number % 10 == 5:
                sink.take_over(1, 1, 3)
                counters.renew([1, 2])  # nobody has called 2 so far
                counters.renew([1])
                await counters.take_in()
                await counters.take_in()
            if number % 25 == 7:
                await counters.fold()
        sink.down = True
        sink.take_over(1, 1, 3)
        counters.renew([1])
        await counters.take_in()  # fails, and is tried again
        sink.down = False
        await counters.take_in()
        seen = await counters.read(application)

    let_in = 80 - 6 * 3  # more is taken over whether there is room or not
    assert (100 - refused, seen.readings[0].current) == (let_in, let_in + 11 * 3)
    assert sink.totals[1, 1, Period.ETERNITY, 0] == let_in + 11 * 3


async def test_what_is_taken_over_while_counters_are_read_is_not_passed_over(
    tmp_path: Path,
) -> None:
    sink = FakeSink(gate=asyncio.Event())
    async with running(MemoryCounters(MemorySettings(directory=tmp_path), sink)) as counters:
        call = asyncio.create_task(counters.add(APPLICATION, ONE))
        await asyncio.wait_for(sink.has_read.wait(), 10)
        sink.take_over(1, 1, 1)  # the reading that is on its way knows nothing of it
        counters.renew([1])
        await counters.take_in()
        assert sink.gate is not None
        sink.gate.set()
        await call
        await counters.take_in()
        seen = await counters.read(APPLICATION)

    assert seen.readings[0].current == 2
