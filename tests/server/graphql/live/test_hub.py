"""One reader for all: of what other processes commit, and of counts; on both databases."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import col, select

from gateway.windows import Period
from server.actions.analytics.live import Watched, count_now
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.analytics.usage import UsageTotal
from server.domain.services.metrics import Metric
from server.graphql.ids import global_id
from server.graphql.live import hub
from server.graphql.live.operation import Ended
from server.graphql.watches import EventWatch
from server.kit.db import Database
from tests.kit.graphql import Client
from tests.kit.make import make_deps
from tests.kit.statements import counted
from tests.server.graphql.live.sockets import HAPPENINGS, asks, happened, heard, opened

USAGE = "subscription($id: ID) { liveUsage(applicationId: $id, ask: {period: DAY}) { value unit } }"


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str) -> Iterator[Dependencies]:
    """Make dependencies on both databases, which read the log of events in their own ways."""
    deps = make_deps(tmp_path, url=migrated_url)
    yield deps
    deps.database.close()


def test_another_process_is_heard(admin: Client, acme: NewProvider, migrated_url: str) -> None:
    account_id = acme.sample.user.account_id or 0
    with opened(admin, init={}) as mine:
        asks(mine, "accounts", HAPPENINGS, types=["application.*"])
        mine.send_json({"type": "complete", "id": "accounts"})
        asks(mine, "accounts", HAPPENINGS, types=["account.updated"])
        asks(mine, "query", "{ provider { name } }")
        heard(mine, "query", "query")
        elsewhere = Database(migrated_url)  # as another process has it
        with elsewhere.write() as db:
            db.execute(happened(account_id, acme.provider.id))
        elsewhere.close()
        (told,) = heard(mine, "accounts")
    assert told["data"]["happenings"]["data"]["actor"]["name"] == "elsewhere"


def test_usage_is_told_as_it_is_folded(
    admin: Client, deps: Dependencies, acme: NewProvider
) -> None:
    application = acme.sample.application
    with deps.database.read() as db:
        of_service = select(Metric).where(Metric.service_id == application.service_id)
        hits = db.exec(of_service.where(col(Metric.system_name) == "hits")).one()
    row = UsageTotal(
        application_id=application.id,
        metric_id=hits.id,
        period="day",
        window_start=deps.installation.clock.now().replace(
            hour=0, minute=0, second=0, microsecond=0
        ),
        service_id=application.service_id,
        value=3,
    )
    of_all = USAGE.replace("applicationId", "serviceId")
    with opened(admin, init={}) as socket:
        asks(socket, "one", USAGE, id=global_id("Application", application.id))
        asks(socket, "all", of_all, id=global_id("Service", application.service_id))
        asks(socket, "other", USAGE, id=global_id("Application", 999))
        first = heard(socket, "one", "all", "other")
        with deps.database.write() as db:
            db.add(row)
        then = heard(socket, "one", "all")

    watched = [
        Watched(service_id=row.service_id, metric_id=hits.id, period=period, application_id=who)
        for period in Period
        for who in (application.id, None)
    ]
    with deps.database.read() as db, counted(deps) as statements:
        assert sum(each.value for each in count_now(db, watched, row.window_start).values()) == 6

    assert len([each for each in statements if "usage_totals" in each]) == 2, "however many watch"
    assert [each["data"]["liveUsage"]["value"] for each in first[:2]] == [0, 0]
    assert first[2][0]["extensions"]["code"] == "NOT_FOUND"
    assert [each["data"]["liveUsage"]["value"] for each in then] == [3, 3]


def test_a_reader_who_is_too_slow_is_told() -> None:
    connection = hub.Connection(1, "user:1", lambda: True)
    slow = hub.Subscription(connection, EventWatch(frozenset()))
    for _ in range(hub.MOST_WAITING + 1):
        slow.put(object())  # type: ignore[arg-type]  # whatever it is

    async def read() -> None:
        async for _ in slow.answers(lambda roots: 1 / 0):  # type: ignore[arg-type, return-value]  # not asked
            pass

    with pytest.raises(Ended, match="Subscribe again"):
        asyncio.run(read())
