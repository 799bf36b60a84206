"""Statistics of refused calls: by reason and window, by application, within one's own reach."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from gateway.windows import Period, window_of
from server.actions.analytics.refusals import (
    RefusalCount,
    RefusalsAsk,
    count_refusals,
    list_refused_applications,
)
from server.actions.analytics.usage import Bucket
from server.actions.provider.providers import NewProvider
from server.domain.analytics.usage import RefusalTotal
from server.domain.errors import Forbidden, Invalid
from server.domain.permissions import Permission
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused, without

NOW = datetime(2025, 6, 2, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = NOW.replace(minute=0)
GONE = 10_000_000  # an application that is deleted


def ask(provider: NewProvider, **over: object) -> RefusalsAsk:
    """Ask for the last two days."""
    values = {"service_id": provider.sample.service.id, "since": NOW - DAY, "until": NOW}
    return RefusalsAsk(**(values | over))  # type: ignore[arg-type]  # built from a table of cases


@pytest.fixture
def counted(acme: NewProvider, globex: NewProvider, db: Session) -> NewProvider:
    """Put refusals of an application, of a deleted one, of nobody and of another provider's."""
    own, foreign = acme.sample.application, globex.sample.application
    for application_id, service_id, at, code, value in (
        (own.id, own.service_id, NOW - DAY, "limits_exceeded", 5),
        (own.id, own.service_id, NOW, "limits_exceeded", 29),
        (own.id, own.service_id, NOW, "application_not_active", 2),
        (GONE, own.service_id, NOW, "limits_exceeded", 1),
        (0, own.service_id, NOW, "application_not_found", 3),
        (foreign.id, foreign.service_id, NOW, "limits_exceeded", 100),
    ):
        row = RefusalTotal(
            application_id=application_id,
            code=code,
            period="day",
            window_start=window_of(Period.DAY, at).start,
            service_id=service_id,
            value=value,
        )
        db.add(row)
    db.flush()
    return acme


def test_refusals_are_summed_by_reason_and_by_window(counted: NewProvider, db: Session) -> None:
    found = count_refusals(by(db, staff(counted)), ask(counted))

    assert found.codes == [
        RefusalCount("limits_exceeded", 429, 35),
        RefusalCount("application_not_found", 403, 3),
        RefusalCount("application_not_active", 403, 2),
    ]
    assert found.buckets == [Bucket(TODAY - DAY, 5), Bucket(TODAY, 35)]
    assert found.total == 40
    assert found.codes[0].title == "Limit used up"


@pytest.mark.parametrize(
    ("over", "total"),
    [
        ({"code": "limits_exceeded"}, 35),
        ({"code": "no_such_code"}, 0),
        ({"application_id": 1}, 36),
        ({"application_id": 1, "code": "application_not_active"}, 2),
    ],
)
def test_one_reason_or_application_may_be_asked_for(
    over: dict[str, object], total: int, counted: NewProvider, db: Session
) -> None:
    if "application_id" in over:
        over = over | {"application_id": counted.sample.application.id}

    assert count_refusals(by(db, staff(counted)), ask(counted, **over)).total == total


def test_whose_calls_were_refused_is_listed_with_the_most_first(
    counted: NewProvider, db: Session
) -> None:
    found = list_refused_applications(by(db, staff(counted)), ask(counted))

    own = counted.sample.application
    assert [(each.application_id, each.total) for each in found] == [
        (own.id, 36),
        (None, 3),
        (GONE, 1),
    ]
    assert [each.application and each.application.id for each in found] == [own.id, None, None]
    assert [each.code for each in found[0].codes] == ["limits_exceeded", "application_not_active"]


def test_the_list_is_bounded(counted: NewProvider, db: Session) -> None:
    found = list_refused_applications(by(db, staff(counted)), ask(counted), most=1)

    assert [each.total for each in found] == [36]


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"code": "x" * 65}, "code"),
        ({"code": "ü"}, "code"),
        ({"code": "\0"}, "code"),
        ({"granularity": "minute"}, "granularity"),
        ({"since": NOW}, "until"),
    ],
)
def test_what_cannot_be_summed_is_refused(
    over: dict[str, object], field: str, acme: NewProvider, db: Session
) -> None:
    refused(by(db, staff(acme)), Invalid, count_refusals, ask(acme, **over), field=field)


@pytest.mark.parametrize("action", [count_refusals, list_refused_applications])
def test_statistics_need_their_permission(
    action: Callable[..., object], acme: NewProvider, db: Session
) -> None:
    refused(by(db, without(acme, Permission.USAGE_READ)), Forbidden, action, ask(acme))
