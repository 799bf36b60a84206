"""Usage: calendar buckets without gaps, standings against limits, within one's own reach."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session

from gateway.windows import PERIODS, window_of
from server.actions.analytics.usage import (
    MOST_BUCKETS,
    UsageAsk,
    last_days,
    list_standings,
    list_standings_by_application,
    list_usage,
)
from server.actions.plans.limits import set_limit
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.actors import actor_of_user
from server.domain.analytics.usage import UsageTotal
from server.domain.errors import Forbidden, Invalid
from server.domain.permissions import Permission
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused, without

NOW = datetime(2025, 6, 2, 0, 30, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)


def used(db: Session, provider: NewProvider, at: datetime, amount: int, application_id: int) -> int:
    """Put usage of `hits` into the statistics, in all windows of an instant."""
    service_id = provider.sample.service.id
    hits = list_metrics(db, service_id)[0].id
    for period in PERIODS:
        key: dict[str, Any] = {
            "application_id": application_id,
            "metric_id": hits,
            "period": period.value,
            "window_start": window_of(period, at).start,
        }
        row = db.get(UsageTotal, tuple(key.values()))
        if row is None:
            db.add(UsageTotal(**key, service_id=service_id, value=amount))
        else:
            row.value += amount
    db.flush()
    return hits


def ask(provider: NewProvider, metric_id: int, **over: object) -> UsageAsk:
    """Ask for the last three days."""
    values: dict[str, object] = {
        "service_id": provider.sample.service.id,
        "metric_id": metric_id,
        "since": NOW - timedelta(days=2),
        "until": NOW,
    }
    return UsageAsk(**(values | over))  # type: ignore[arg-type]  # built from a table of cases


def test_buckets_are_whole_windows_and_empty_ones_are_nought(
    acme: NewProvider, db: Session
) -> None:
    number = acme.sample.application.id
    used(db, acme, NOW - timedelta(days=2), 3, number)
    used(db, acme, NOW - HOUR, 2, number)
    hits = used(db, acme, NOW, 5, 10_000_000)

    buckets = list_usage(by(db, staff(acme)), ask(acme, hits))
    assert [(bucket.start.day, bucket.value) for bucket in buckets] == [(31, 3), (1, 2), (2, 5)]
    assert {bucket.start.hour for bucket in buckets} == {0}
    mine = list_usage(by(db, staff(acme)), ask(acme, hits, application_id=number))
    assert [bucket.value for bucket in mine] == [3, 2, 0]
    for granularity, values in (("week", [5, 5]), ("month", [3, 7]), ("year", [10])):
        buckets = list_usage(by(db, staff(acme)), ask(acme, hits, granularity=granularity))
        assert [bucket.value for bucket in buckets] == values
    hours = ask(acme, hits, granularity="hour", since=NOW - HOUR, until=NOW + HOUR)
    assert [bucket.value for bucket in list_usage(by(db, staff(acme)), hours)] == [2, 5, 0]


def test_impossible_questions_name_their_field(acme: NewProvider, db: Session) -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    cases = (
        ("granularity", {"granularity": "minute"}),
        ("granularity", {"granularity": "eternity"}),
        ("granularity", {"granularity": ""}),
        ("until", {"until": NOW - timedelta(days=2)}),
        ("until", {"until": NOW - timedelta(days=3)}),
        ("since", {"granularity": "hour", "since": NOW - HOUR * (MOST_BUCKETS + 1)}),
        ("since", {"since": first}),
        ("since", {"until": last, "since": last - HOUR}),
        ("until", {"until": last, "granularity": "year"}),
        ("since", {"since": NOW.replace(tzinfo=None) - HOUR}),
        ("until", {"until": NOW.replace(tzinfo=None)}),
    )
    for field, over in cases:
        refused(by(db, staff(acme)), Invalid, list_usage, ask(acme, 1, **over), field=field)


def test_usage_has_its_permission(acme: NewProvider, db: Session) -> None:
    question = ask(acme, 1)

    refused(by(db, without(acme, Permission.USAGE_READ)), Forbidden, list_usage, question)
    assert len(list_usage(by(db, actor_of_user(acme.sample.user)), question)) == 3


def test_standings_are_those_of_the_running_windows(acme: NewProvider, db: Session) -> None:
    application, actor = acme.sample.application, staff(acme)
    used(db, acme, NOW - HOUR, 2, application.id)
    hits = used(db, acme, NOW, 3, application.id)
    wanted = {"hour": 2, "day": 4, "week": 100, "month": 0, "year": 5, "eternity": 50}
    for period, value in wanted.items():
        draft = {"metric_id": hits, "period": period, "value": value}
        set_limit(by(db, actor), draft, application.plan_id)

    standings = {each.limit.period: each for each in list_standings(db, application, NOW)}

    seen = {period: (each.used, each.left) for period, each in standings.items()}
    assert seen == {
        "hour": (3, 0),
        "day": (3, 1),
        "week": (3, 97),
        "month": (5, 0),
        "year": (5, 0),
        "eternity": (5, 45),
    }
    assert [standings[each].used_pct for each in ("hour", "day", "month")] == [100, 75, 100]
    assert standings["eternity"].resets_at is None
    assert standings["day"].resets_at == datetime(2025, 6, 3, tzinfo=UTC)
    assert list_standings_by_application(db, [], NOW) == {}


@pytest.mark.parametrize("days", [1, 30])
def test_the_last_days_end_with_today(days: int) -> None:
    since, until = last_days(NOW, days)

    assert (until - since, until) == (timedelta(days=days), datetime(2025, 6, 3, tzinfo=UTC))
