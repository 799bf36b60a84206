"""Folding usage: batches add up once, however often they come."""

from datetime import UTC, datetime

from sqlalchemy import update
from sqlmodel import select

from gateway.counters.base import MOST_COUNT, Delta, UsageBatch, UsageEntry
from gateway.windows import Period
from server.actions.analytics.usage import UsageAsk, list_usage
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.domain.analytics.usage import RefusalTotal, ResponseCodeTotal, UsageTotal
from server.domain.applications.applications import Application
from server.usage import DatabaseSink
from tests.kit.make import staff
from tests.kit.work import by

AT = datetime(2026, 11, 21, 12, 30, 10, tzinfo=UTC)


def batch(provider: NewProvider, name: str, *deltas: Delta) -> UsageBatch:
    """Make a batch with one entry for each delta."""
    application = provider.sample.application
    return UsageBatch(
        name,
        [
            UsageEntry(application.service_id, application.id, AT.timestamp(), (delta,))
            for delta in deltas
        ],
    )


async def test_a_batch_reaches_every_period_once(deps: Dependencies, acme: NewProvider) -> None:
    sink = DatabaseSink(deps.database)
    twice = batch(acme, "one", Delta(1, 2), Delta(1, 3))

    await sink.take(twice)
    await sink.take(twice)

    with deps.database.read() as db:
        totals = db.exec(select(UsageTotal)).all()
    assert {total.period: total.value for total in totals} == dict.fromkeys(Period, 5)


async def test_a_set_takes_the_place_of_what_was(deps: Dependencies, acme: NewProvider) -> None:
    sink = DatabaseSink(deps.database)

    await sink.take(batch(acme, "one", Delta(1, 7)))
    await sink.take(batch(acme, "two", Delta(1, 90, is_set=True), Delta(1, 1)))

    counts = await sink.counts_of(acme.sample.application.id, AT)
    assert {(each.metric_id, each.period, each.value) for each in counts} == {
        (1, period, 91) for period in Period
    }


async def test_counts_are_those_of_the_windows_of_now(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink = DatabaseSink(deps.database)
    await sink.take(batch(acme, "one", Delta(1, 4)))

    next_day = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)
    counts = await sink.counts_of(acme.sample.application.id, next_day)

    assert {each.period for each in counts} == {
        Period.WEEK,
        Period.MONTH,
        Period.YEAR,
        Period.ETERNITY,
    }


async def test_a_total_stays_at_the_most_that_a_counter_holds(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink = DatabaseSink(deps.database)
    found = []

    for number, amount in enumerate((MOST_COUNT - 1, 1, 1, MOST_COUNT, 10**30)):
        await sink.take(batch(acme, str(number), Delta(1, amount)))
        found.append({each.value for each in await sink.counts_of(acme.sample.application.id, AT)})
    await sink.take(batch(acme, "set", Delta(1, 10**30, is_set=True)))
    found.append({each.value for each in await sink.counts_of(acme.sample.application.id, AT)})

    assert found == [{MOST_COUNT - 1}] + [{MOST_COUNT}] * 5


async def test_a_total_of_an_older_version_that_is_higher_stays(
    deps: Dependencies, acme: NewProvider
) -> None:
    sink = DatabaseSink(deps.database)
    await sink.take(batch(acme, "one", Delta(1, 1)))
    with deps.database.write() as db:
        db.execute(update(UsageTotal).values(value=10**17))

    await sink.take(batch(acme, "two", Delta(1, 1)))

    counts = await sink.counts_of(acme.sample.application.id, AT)
    assert {each.value for each in counts} == {10**17}


async def test_first_traffic_is_noted_once(deps: Dependencies, acme: NewProvider) -> None:
    sink = DatabaseSink(deps.database)

    await sink.take(batch(acme, "one", Delta(1, 1)))

    with deps.database.read() as db:
        application = db.get_one(Application, acme.sample.application.id)
    assert application.first_traffic_at == AT


async def test_statistics_show_every_bucket(deps: Dependencies, acme: NewProvider) -> None:
    service = acme.sample.service
    with deps.database.read() as db:
        hits = list_metrics(db, service.id)[0]
    await DatabaseSink(deps.database).take(batch(acme, "one", Delta(hits.id, 3)))

    ask = UsageAsk(
        service_id=service.id,
        metric_id=hits.id,
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
