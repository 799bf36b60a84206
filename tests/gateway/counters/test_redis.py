"""The shared counter store on a real Redis: several processes, faults, windows that end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from gateway.counters.base import MOST_COUNT, Delta, Report
from gateway.counters.redis import RedisCounters, RedisSettings
from gateway.directory import Limit
from gateway.errors import StoreUnavailable
from gateway.windows import Period
from tests.kit.counters import running
from tests.kit.gateway import FakeSink, an_application
from tests.kit.services import running_redis

pytestmark = pytest.mark.redis

LIMIT = 40
APPLICATION = an_application(1, Limit("hits", 1, Period.ETERNITY, LIMIT))
ONE = (Delta(1, 1),)


@asynccontextmanager
async def stores(url: str, sink: FakeSink, number: int = 1) -> AsyncIterator[list[RedisCounters]]:
    """Run stores as so many processes would."""
    settings = RedisSettings(url=url, fold_every_s=60, timeout_s=0.5)
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(running(RedisCounters(settings, sink)))
            for _ in range(number)
        ]


async def test_processes_share_one_limit_exactly(redis_url: str) -> None:
    sink = FakeSink()
    async with stores(redis_url, sink, 3) as running:
        calls = [store.add(APPLICATION, ONE) for store in running for _ in range(50)]
        outcomes = await asyncio.gather(*calls)
        seen = await running[0].read(APPLICATION)

    assert sum(outcome.refused is None for outcome in outcomes) == LIMIT
    assert seen.readings[0].current == LIMIT
    assert set(sink.totals.values()) == {LIMIT}


async def test_the_counts_of_the_statistics_are_where_counting_begins(redis_url: str) -> None:
    sink = FakeSink()
    async with stores(redis_url, sink) as [store]:
        await store.add(APPLICATION, (Delta(1, 30),))
    with Redis.from_url(redis_url) as client:
        client.flushdb()  # a Redis that lost everything
    async with stores(redis_url, sink) as [store]:
        reads_before = sink.reads
        outcomes = await asyncio.gather(*(store.add(APPLICATION, ONE) for _ in range(15)))

    assert sum(outcome.refused is None for outcome in outcomes) == LIMIT - 30
    assert sink.reads == reads_before + 1


async def test_statistics_that_cannot_be_read_let_nobody_in(redis_url: str) -> None:
    async with stores(redis_url, FakeSink(down=True)) as [store]:
        with pytest.raises(StoreUnavailable):
            await store.add(APPLICATION, ONE)


async def test_a_killed_process_loses_nothing(redis_url: str) -> None:
    sink = FakeSink()
    settings = RedisSettings(url=redis_url, fold_every_s=60, folder_s=1)
    killed = RedisCounters(settings, sink)
    running = asyncio.ensure_future(killed.run_for_ever())
    await killed.add(APPLICATION, ONE)
    await killed.fold()  # and so holds the others off
    await killed.add(APPLICATION, ONE)
    running.cancel()
    await asyncio.wait([running])
    await killed._redis.aclose()

    async with stores(redis_url, sink) as [store]:
        await store.add(APPLICATION, ONE)
        await store.fold()
        assert set(sink.totals.values()) == {1}
        await asyncio.sleep(1.1)
        await store.fold()
        assert set(sink.totals.values()) == {3}


async def test_usage_waits_for_statistics_that_are_away_and_is_taken_once(redis_url: str) -> None:
    sink = FakeSink()
    async with stores(redis_url, sink, 2) as [first, second]:
        await first.add(APPLICATION, ONE)
        sink.down = True
        with pytest.raises(OSError, match="down"):
            await first.fold()
        await first.add(APPLICATION, ONE)
        sink.down = False
        await asyncio.gather(first.fold(), second.fold())
        await first.fold()

        assert set(sink.totals.values()) == {2}
    with Redis.from_url(redis_url) as client:
        assert [key for key in client.keys("gatehouse:*") if b"{" not in key] == []


async def test_a_set_keeps_its_place(redis_url: str) -> None:
    sink = FakeSink()
    async with stores(redis_url, sink) as [store]:
        await store.add(APPLICATION, (Delta(1, 7),))
        await store.add(APPLICATION, (Delta(1, 3, is_set=True),))
        outcome = await store.add(APPLICATION, ONE)

    assert outcome.readings[0].current == 4
    assert set(sink.totals.values()) == {4}


async def test_a_report_of_yesterday_reaches_the_windows_it_shares_with_now(redis_url: str) -> None:
    application = an_application(
        1, Limit("hits", 1, Period.MINUTE, 9), Limit("hits", 1, Period.ETERNITY, 9)
    )
    sink = FakeSink()
    at = datetime.now(UTC) - timedelta(hours=20)
    async with stores(redis_url, sink) as [store]:
        await store.report([Report(application, (Delta(1, 2),), at), Report(application, ONE)])
        await store.report([Report(application, ())])
        readings = (await store.read(application)).readings

    assert [reading.current for reading in readings] == [1, 3]
    assert {value for (_, _, period, _), value in sink.totals.items() if period == "minute"} == {
        1,
        2,
    }


async def test_a_report_of_what_is_to_come_is_counted_when_its_hour_has_come(
    redis_url: str,
) -> None:
    now = [1_200.0]
    application = an_application(
        1, Limit("hits", 1, Period.HOUR, 9), Limit("hits", 1, Period.DAY, 9)
    )
    sink = FakeSink()
    store = RedisCounters(RedisSettings(url=redis_url), sink, lambda: now[0])
    running = asyncio.ensure_future(store.run_for_ever())
    ahead = datetime.fromtimestamp(1_200 + 3_600, UTC)
    await store.report([Report(application, (Delta(1, 2),), ahead), Report(application, ONE)])
    found = []
    for now[0] in (1_200.0, 4_800.0):
        readings = (await store.read(application)).readings
        found.append([reading.current for reading in readings])
    running.cancel()
    await asyncio.wait([running])
    await store.stop()

    assert found == [[1, 3], [2, 3]]
    assert {value for (_, _, period, _), value in sink.totals.items() if period == "hour"} == {1, 2}


async def test_a_counter_stays_at_the_most_that_one_holds(redis_url: str) -> None:
    application = an_application(1, Limit("hits", 1, Period.DAY, 9))
    found = []
    async with stores(redis_url, FakeSink()) as [store]:
        for amount in (MOST_COUNT - 1, 1, 1, 2**62, 2**63 - 1, 10**30):
            await store.report([Report(application, (Delta(1, amount),))])
            found.append((await store.read(application)).readings[0].current)

    assert found == [MOST_COUNT - 1] + [MOST_COUNT] * 5


async def test_a_window_that_ends_on_the_way_is_left(redis_url: str) -> None:
    now = [1_200.0]
    application = an_application(1, Limit("hits", 1, Period.MINUTE, 1))
    store = RedisCounters(RedisSettings(url=redis_url), FakeSink(), lambda: now[0])
    running = asyncio.ensure_future(store.run_for_ever())
    outcomes = []
    for now[0] in (1_200.0, 1_259.9, 1_260.0, 1_259.0):
        outcomes.append(await store.add(application, ONE))
    running.cancel()
    await asyncio.wait([running])
    await store.stop()

    # Setting the clock back finds the old window as full as it was.
    assert [outcome.refused is None for outcome in outcomes] == [True, False, True, False]


async def test_the_clock_of_the_server_decides(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with stores(redis_url, FakeSink()) as [store]:
        monkeypatch.setattr("gateway.counters.redis.time.time", lambda: 1_000_000.0)

        outcome = await store.add(APPLICATION, ONE)

        assert outcome.refused is None
        assert abs(store._now() - datetime.now(UTC).timestamp()) < 5


async def test_without_redis_calls_are_refused_and_with_it_they_go_on() -> None:
    with running_redis() as server:
        sink = FakeSink()
        async with stores(server.url, sink) as [store]:
            await store.add(APPLICATION, ONE)
            server.stop()
            for _ in range(2):
                with pytest.raises(StoreUnavailable):
                    await store.add(APPLICATION, ONE)
            assert not store.is_ready
            server.start()

            outcome = await store.add(APPLICATION, ONE)

        assert outcome.readings[0].current == 2
        assert set(sink.totals.values()) == {2}


async def test_a_redis_that_hangs_is_given_up_in_time() -> None:
    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        await writer.wait_closed()

    async with await asyncio.start_server(hang, "127.0.0.1", 0) as silent:
        port = silent.sockets[0].getsockname()[1]
        settings = RedisSettings(url=f"redis://127.0.0.1:{port}", timeout_s=0.1)
        store = RedisCounters(settings, FakeSink())
        running = asyncio.ensure_future(store.run_for_ever())

        with pytest.raises(StoreUnavailable):
            await asyncio.wait_for(store.add(APPLICATION, ONE), 2)
        with pytest.raises(StoreUnavailable, match="does not answer"):
            await store.check()
        await store.start()
        assert not store.is_ready

        running.cancel()
        await asyncio.wait([running])
        await store.stop()


async def test_a_caller_who_leaves_holds_nobody_up(redis_url: str) -> None:
    async with stores(redis_url, FakeSink()) as [store]:
        leaving = asyncio.ensure_future(store.add(APPLICATION, ONE))
        await asyncio.sleep(0)
        leaving.cancel()

        outcomes = await asyncio.gather(*(store.add(APPLICATION, ONE) for _ in range(5)))

    assert all(outcome.refused is None for outcome in outcomes)


async def test_numbers_at_the_end_of_64_bits_harm_nobody_else(redis_url: str) -> None:
    most = 999_999_999_999_999
    limited = an_application(2, Limit("hits", 1, Period.DAY, most))
    other = an_application(3, Limit("hits", 1, Period.DAY, 5))
    async with stores(redis_url, FakeSink()) as [store]:
        exact = await store.add(limited, (Delta(1, most),))
        over = await store.add(limited, ONE)
        with Redis.from_url(redis_url) as client:
            for key in client.keys("gatehouse:{2}:*"):
                client.hset(key, "1", str(2**63 - 1))
        await store.report([Report(limited, (Delta(1, most),))])
        outcomes = await asyncio.gather(store.add(limited, ONE), store.add(other, ONE))

    assert (exact.refused, exact.readings[0].current) == (None, most)
    assert over.refused is not None
    assert [outcome.refused is None for outcome in outcomes] == [False, True]


async def test_old_windows_leave_redis_by_themselves(redis_url: str) -> None:
    async with stores(redis_url, FakeSink()) as [store]:
        await store.add(APPLICATION, ONE)
    with Redis.from_url(redis_url) as client:
        kept = {key.split(b":")[2]: client.ttl(key) for key in client.keys("gatehouse:{1}:*")}

    assert kept.pop(b"eternity") == -1
    assert len(kept) == 6
    assert 3_600 < kept[b"minute"] <= 3_660
    assert all(seconds > 3_600 for seconds in kept.values())


async def test_a_redis_that_may_forget_is_told_of(
    redis_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with Redis.from_url(redis_url) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
        async with stores(redis_url, FakeSink()) as [store]:
            await store.check()
        client.config_set("maxmemory-policy", "noeviction")

    assert "redis_may_forget_counts" in capsys.readouterr().out


async def test_scripts_that_redis_forgot_are_sent_again(redis_url: str) -> None:
    async with stores(redis_url, FakeSink()) as [store]:
        await store.add(APPLICATION, ONE)
        with Redis.from_url(redis_url) as client:
            client.script_flush()

        assert (await store.add(APPLICATION, ONE)).readings[0].current == 2


async def test_what_is_taken_over_is_added_once_to_what_all_processes_count(
    redis_url: str,
) -> None:
    sink = FakeSink()
    application = an_application(1, Limit("hits", 1, Period.MONTH, 2 * MOST_COUNT))
    async with stores(redis_url, sink, 3) as processes:
        for number in range(30):
            await asyncio.gather(*(store.add(application, ONE) for store in processes))
            if number % 10 == 5:
                sink.take_over(1, 1, 7)
                for store in processes:
                    store.renew([1])
        sink.gate = asyncio.Event()
        processes[0].renew([1])
        sink.has_read.clear()
        call = asyncio.create_task(processes[0].add(application, ONE))
        await asyncio.wait_for(sink.has_read.wait(), 10)
        sink.take_over(1, 1, 7)  # the reading that is on its way knows nothing of it
        processes[0].renew([1])
        sink.gate.set()
        await call
        seen = await processes[0].read(application)
    async with stores(redis_url, sink) as [restarted]:
        sink.take_over(1, 1, 7)  # while nobody ran
        again = await restarted.add(application, ONE)

    assert seen.readings[0].current == 3 * 30 + 1 + 4 * 7
    assert again.readings[0].current == 3 * 30 + 2 + 5 * 7
    month = [each for key, each in sink.totals.items() if key[2] is Period.MONTH]
    assert month == [again.readings[0].current]
