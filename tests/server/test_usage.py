"""Folding usage: batches add up once, however often they come."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlmodel import select

from gateway.counters.base import MOST_COUNT, Delta, StoredCount, UsageEntry
from gateway.counters.base import UsageBatch as Batch
from gateway.windows import Period, window_of
from server.actions.analytics.usage import UsageAsk, list_usage
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.domain.analytics.usage import RefusalTotal, ResponseCodeTotal, UsageTotal
from server.domain.applications.applications import Application
from server.usage import DatabaseSink, take_over
from tests.kit.gateway import FakeSink
from tests.kit.make import staff
from tests.kit.statements import counted
from tests.kit.work import by

AT = datetime(2026, 11, 21, 12, 30, 10, tzinfo=UTC)


def batch(provider: NewProvider, name: str, *deltas: Delta, at: datetime = AT) -> Batch:
    """Make a batch with one entry for each delta."""
    application = provider.sample.application
    return Batch(
        name,
        [
            UsageEntry(application.service_id, application.id, at.timestamp(), (delta,))
            for delta in deltas
        ],
    )


def hits_of(deps: Dependencies, provider: NewProvider) -> int:
    """Tell the id of the sample service's metric."""
    with deps.database.read() as db:
        return list_metrics(db, provider.sample.service.id)[0].id


async def counts_of(sink: DatabaseSink, provider: NewProvider, at: datetime) -> list[StoredCount]:
    """Read what the sample application used."""
    number = provider.sample.application.id
    return list((await sink.counts_of([number], at))[number])


async def test_a_batch_reaches_every_period_once(deps: Dependencies, acme: NewProvider) -> None:
    sink = DatabaseSink(deps.database)
    twice = batch(acme, "one", Delta(1, 2), Delta(1, 3))

    await sink.take(twice)
    await sink.take(twice)

    with deps.database.read() as db:
        totals = db.exec(select(UsageTotal)).all()
    assert {total.period: total.value for total in totals} == dict.fromkeys(Period, 5)


async def test_a_set_takes_the_place_of_what_was(deps: Dependencies, acme: NewProvider) -> None:
    sink, hits = DatabaseSink(deps.database), hits_of(deps, acme)

    await sink.take(batch(acme, "one", Delta(hits, 7)))
    await sink.take(batch(acme, "two", Delta(hits, 90, is_set=True), Delta(hits, 1)))

    counts = await counts_of(sink, acme, AT)
    assert {(each.metric_id, each.period, each.value) for each in counts} == {
        (hits, period, 91) for period in Period
    }


async def test_counts_are_those_of_the_windows_of_now(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink = DatabaseSink(deps.database)
    await sink.take(batch(acme, "one", Delta(hits_of(deps, acme), 4)))

    next_day = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    counts = await counts_of(sink, acme, next_day)

    assert {each.period for each in counts} == {
        Period.WEEK,
        Period.MONTH,
        Period.YEAR,
        Period.ETERNITY,
    }


async def test_a_total_stays_at_the_most_that_a_counter_holds(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink, hits = DatabaseSink(deps.database), hits_of(deps, acme)
    found = []

    for number, amount in enumerate((MOST_COUNT - 1, 1, 1, MOST_COUNT, 10**30)):
        await sink.take(batch(acme, str(number), Delta(hits, amount)))
        found.append({each.value for each in await counts_of(sink, acme, AT)})
    await sink.take(batch(acme, "set", Delta(hits, 10**30, is_set=True)))
    found.append({each.value for each in await counts_of(sink, acme, AT)})

    assert found == [{MOST_COUNT - 1}] + [{MOST_COUNT}] * 5


async def test_a_total_of_an_older_version_that_is_higher_stays(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink, hits = DatabaseSink(deps.database), hits_of(deps, acme)
    await sink.take(batch(acme, "one", Delta(hits, 1)))
    with deps.database.write() as db:
        db.execute(update(UsageTotal).values(value=10**17))

    await sink.take(batch(acme, "two", Delta(hits, 1)))

    counts = await counts_of(sink, acme, AT)
    assert {each.value for each in counts} == {10**17}


async def test_first_traffic_is_noted_once(deps: Dependencies, acme: NewProvider) -> None:
    sink = DatabaseSink(deps.database)

    await sink.take(batch(acme, "one", Delta(1, 1)))

    with deps.database.read() as db:
        application = db.get_one(Application, acme.sample.application.id)
    assert application.first_traffic_at == AT


async def test_statistics_show_every_bucket(deps: Dependencies, acme: NewProvider) -> None:
    service = acme.sample.service
    hits = hits_of(deps, acme)
    await DatabaseSink(deps.database).take(batch(acme, "one", Delta(hits, 3)))

    ask = UsageAsk(
        service_id=service.id,
        metric_id=hits,
        since=datetime(2026, 11, 20, tzinfo=UTC),
        until=datetime(2026, 11, 22, tzinfo=UTC),
    )
    with deps.database.read() as db:
        buckets = list_usage(by(db, staff(acme)), ask)

    assert [bucket.value for bucket in buckets] == [0, 3]


async def test_response_codes_reach_the_hour_and_longer_periods(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink, application = DatabaseSink(deps.database), acme.sample.application
    minute = int(AT.timestamp() // 60)
    key = (application.service_id, application.id)

    await sink.take_codes({(*key, minute, 200): 2, (*key, minute + 1, 200): 3})
    await sink.take_codes({(*key, minute + 60, 200): 1, (*key, minute, 404): 1})

    with deps.database.read() as db:
        rows = db.exec(select(ResponseCodeTotal)).all()
    found = sorted((row.code, row.period, row.value) for row in rows)
    longer = ("day", "month", "week", "year")
    assert found == sorted(
        [(200, "hour", 1), (200, "hour", 5), (404, "hour", 1)]
        + [(200, period, 6) for period in longer]
        + [(404, period, 1) for period in longer]
    )


async def test_refusals_reach_the_hour_and_longer_periods(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink, application = DatabaseSink(deps.database), acme.sample.application
    minute = int(AT.timestamp() // 60)
    known, unknown = (application.service_id, application.id), (application.service_id, 0)

    await sink.take_refusals({(*known, minute, "limits_exceeded"): 2})
    await sink.take_refusals(
        {
            (*known, minute + 1, "limits_exceeded"): 3,
            (*known, minute + 60, "limits_exceeded"): 1,
            (*unknown, minute, "application_not_found"): 4,
        }
    )

    with deps.database.read() as db:
        rows = db.exec(select(RefusalTotal)).all()
    assert {(row.application_id, row.code, row.service_id) for row in rows} == {
        (application.id, "limits_exceeded", application.service_id),
        (0, "application_not_found", application.service_id),
    }
    found = sorted((row.code, row.period, row.value) for row in rows)
    longer = ("day", "month", "week", "year")
    assert found == sorted(
        [("limits_exceeded", "hour", 1), ("limits_exceeded", "hour", 5)]
        + [("application_not_found", "hour", 4)]
        + [("limits_exceeded", period, 6) for period in longer]
        + [("application_not_found", period, 4) for period in longer]
    )


@pytest.mark.parametrize("seed", range(4))
async def test_folding_adds_up_as_counting_does(
    deps: Dependencies, acme: NewProvider, seed: int
) -> None:
    draw = random.Random(seed)
    sink, model = DatabaseSink(deps.database), FakeSink()
    for number in range(3):
        entries = [
            UsageEntry(
                acme.sample.service.id,
                draw.randrange(40),
                AT.timestamp() + draw.choice([0, 0, 60, 3600, -86_400, draw.randrange(10**6)]),
                (
                    Delta(draw.randrange(3), draw.randrange(1, 9), draw.random() < 0.1),
                    Delta(3, 10 ** draw.randrange(12)),
                ),
            )
            for _ in range(700)
        ]
        for each in (sink, model):
            await each.take(Batch(f"batch{number}", entries))

    with deps.database.read() as db:
        totals = {
            (row.application_id, row.metric_id, row.period, int(row.window_start.timestamp())): (
                row.value
            )
            for row in db.exec(select(UsageTotal))
        }
    assert totals == model.totals


async def test_many_applications_take_few_statements_compiled_once(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink, service_id = DatabaseSink(deps.database), acme.sample.service.id
    minute = int(AT.timestamp() // 60)
    texts: list[set[str]] = []
    for number, many in enumerate([1, 400, 300]):
        ids = range(1000 * number, 1000 * number + many)
        entries = [UsageEntry(service_id, each, AT.timestamp(), (Delta(1, 1),)) for each in ids]
        with counted(deps) as statements:
            await sink.take(Batch(f"{number}", entries))
            await sink.take_codes({(service_id, each, minute, 200): 1 for each in ids})
        assert len(statements) <= 8
        texts.append(set(statements))

    assert texts[1] == texts[2] <= texts[0]


async def test_a_counter_stays_at_the_most_it_holds(deps: Dependencies, acme: NewProvider) -> None:
    sink, hits = DatabaseSink(deps.database), hits_of(deps, acme)
    most = Delta(hits, 2**80)

    await sink.take(batch(acme, "one", most, most))
    await sink.take(batch(acme, "two", most, Delta(hits, 1)))

    assert {each.value for each in await counts_of(sink, acme, AT)} == {MOST_COUNT}


async def test_reading_counts_looks_at_no_numbers_of_the_past(
    deps: Dependencies, acme: NewProvider
) -> None:
    if not deps.database.is_sqlite:
        pytest.skip("SQLite tells what it would do in words")
    sink = DatabaseSink(deps.database)
    with counted(deps) as statements:
        await counts_of(sink, acme, AT)
    (query,) = statements
    with deps.database.read() as db:
        plan = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("[]", "[]"))
        steps = [row.detail for row in plan]

    assert any(
        "application_id=? AND metric_id=? AND period=? AND window_start>?" in step for step in steps
    )


async def test_what_is_known_about_first_traffic_is_bounded(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.usage.MOST_KNOWN", 2)
    sink = DatabaseSink(deps.database)

    for number in range(9):
        entry = UsageEntry(acme.sample.service.id, number, AT.timestamp(), (Delta(1, 1),))
        await sink.take(Batch(f"{number}", [entry]))

    assert len(sink._known) <= 3


async def test_counts_that_were_read_ahead_are_what_the_statistics_hold(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink, hits, number = (
        DatabaseSink(deps.database),
        hits_of(deps, acme),
        acme.sample.application.id,
    )
    now = datetime.now(UTC)

    await sink.take(batch(acme, "one", Delta(hits, 3), at=now))
    deps.database.look(lambda db: sink.read_ahead(db, [number]))
    ahead = await sink.counts_of([number], datetime.now(UTC))
    deps.database.look(lambda db: sink.read_ahead(db, [number]))
    await sink.take(batch(acme, "two", Delta(hits, 4), at=now))
    after = await sink.counts_of([number], datetime.now(UTC))

    assert {each.value for each in ahead[number]} == {3}
    assert {each.value for each in after[number]} == {7}


async def test_counts_that_were_read_ahead_are_given_out_once_and_soon(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink, number = DatabaseSink(deps.database), acme.sample.application.id

    async def statements_of_asking(at: datetime) -> int:
        with counted(deps) as statements:
            await sink.counts_of([number], at)
        return len(statements)

    deps.database.look(lambda db: sink.read_ahead(db, [number]))
    first = await statements_of_asking(datetime.now(UTC))
    again = await statements_of_asking(datetime.now(UTC))
    deps.database.look(lambda db: sink.read_ahead(db, [number]))
    before = await statements_of_asking(datetime.now(UTC) - timedelta(minutes=2))
    deps.database.look(lambda db: sink.read_ahead(db, [number]))
    monkeypatch.setattr("server.usage.AHEAD_S", 0)
    late = await statements_of_asking(datetime.now(UTC))

    assert first == 0
    assert again > 0
    assert before > 0
    assert late > 0


async def test_a_clock_that_is_a_little_behind_gets_what_was_read_ahead(
    deps: Dependencies, acme: NewProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    sink, number = DatabaseSink(deps.database), acme.sample.application.id
    monkeypatch.setattr("server.usage.utc_now", lambda: datetime(2026, 3, 4, 12, 0, 30, tzinfo=UTC))

    async def statements_of_asking(second: float) -> int:
        deps.database.look(lambda db: sink.read_ahead(db, [number]))
        with counted(deps) as statements:
            at = datetime(2026, 3, 4, 12, 0, tzinfo=UTC) + timedelta(seconds=second)
            await sink.counts_of([number], at)
        return len(statements)

    assert await statements_of_asking(29.99) == 0
    assert await statements_of_asking(-0.01) > 0  # of a minute that was not read


async def test_what_is_taken_over_is_told_beside_the_total_and_nothing_older_is_given_out(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink, hits, app = DatabaseSink(deps.database), hits_of(deps, acme), acme.sample.application
    now = datetime.now(UTC)
    start = window_of(Period.MONTH, now).start
    await sink.take(batch(acme, "one", Delta(hits, 3), at=now))
    deps.database.look(lambda db: sink.read_ahead(db, [app.id]))

    for amount in (5, MOST_COUNT):
        with deps.database.write() as db:
            take_over(db, [(app.id, hits, app.service_id, "month", start, amount)])
    sink.renew([app.id])
    counts = (await sink.counts_of([app.id], datetime.now(UTC)))[app.id]

    told = {each.period: (each.value, each.taken_over) for each in counts}
    assert told[Period.MONTH] == (MOST_COUNT, MOST_COUNT + 5)
    assert told[Period.YEAR] == (3, 0)
