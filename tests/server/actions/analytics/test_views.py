"""What a usage page shows, and the same as CSV."""

import csv
import io
from typing import Any

import pytest
from sqlmodel import Session, select

from gateway.windows import Period, window_of
from server.actions.analytics.spans import BY_NAME
from server.actions.analytics.views import view_of_application, view_of_service
from server.actions.provider.providers import NewProvider
from server.domain.analytics.usage import RefusalTotal, ResponseCodeTotal, UsageTotal
from server.domain.errors import Forbidden
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.services.metrics import Metric
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import without

HOURS, DAYS = BY_NAME["hours"], BY_NAME["days"]


@pytest.fixture
def hits(acme: NewProvider, db: Session) -> Metric:
    """Count, answer and refuse calls of this hour and day for the sample application."""
    application = acme.sample.application
    query = select(Metric).where(
        Metric.service_id == application.service_id, Metric.system_name == "hits"
    )
    metric = db.exec(query).one()
    now = by(db, staff(acme)).now
    for period in (Period.HOUR, Period.DAY):
        of: dict[str, Any] = {
            "application_id": application.id,
            "service_id": application.service_id,
            "period": period.value,
            "window_start": window_of(period, now).start,
        }
        db.add(UsageTotal(**of, metric_id=metric.id, value=10))
        db.add(RefusalTotal(**of, code="limits_exceeded", value=34))
        db.add(RefusalTotal(**of | {"application_id": 0}, code="application_not_found", value=2))
        db.add(ResponseCodeTotal(**of, code=200, value=9))
        db.add(ResponseCodeTotal(**of, code=500, value=1))
    db.flush()
    return metric


def test_a_service_shows_all_and_whose_calls_were_refused(
    hits: Metric, acme: NewProvider, db: Session
) -> None:
    view = view_of_service(by(db, staff(acme)), acme.sample.service.id, hits, HOURS)

    assert (view.chart.total, view.refused.total, view.refusals.total) == (10, 36, 36)
    assert [each.total for each in view.applications] == [34, 2]
    assert view.chart.limits == []


def test_an_application_shows_its_own_and_the_limits_of_the_span(
    hits: Metric, acme: NewProvider, db: Session
) -> None:
    work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
    of: dict[str, Any] = {"provider_id": acme.provider.id, "plan_id": plan_id, "metric_id": hits.id}
    db.add(UsageLimit(**of, period="hour", value=10))
    db.add(UsageLimit(**of, period="day", value=0))
    db.flush()

    hours = view_of_application(work, acme.sample.application, hits, HOURS)
    days = view_of_application(work, acme.sample.application, hits, DAYS)

    assert [(line.value, line.top_pct) for line in hours.chart.limits] == [(10, 0.0)]
    assert hours.chart.bars[-1].is_full
    assert hours.refusals.total == 34
    assert days.chart.limits == []


def test_the_csv_has_the_numbers_shown_newest_first(
    hits: Metric, acme: NewProvider, db: Session
) -> None:
    work = by(db, staff(acme))
    view = view_of_service(work, acme.sample.service.id, hits, HOURS)

    header, *rows = csv.reader(io.StringIO(view.as_csv, newline=""))

    assert header == [
        "hour_utc",
        "hits",
        "refused",
        "limits_exceeded",
        "application_not_found",
        "answered_200",
        "answered_500",
    ]
    assert len(rows) == 24
    assert rows[0] == [f"{work.now:%Y-%m-%d %H}:00", "10", "36", "34", "2", "9", "1"]
    assert rows[1][1:] == ["0"] * 6
    assert view.file_name("a/b", work.now) == f"usage-a_b-hits-hours-{work.now:%Y-%m-%d}.csv"


def test_a_view_needs_the_permission(hits: Metric, acme: NewProvider, db: Session) -> None:
    work = by(db, without(acme, Permission.USAGE_READ))

    with pytest.raises(Forbidden):
        view_of_service(work, acme.sample.service.id, hits, HOURS)
    with pytest.raises(Forbidden):
        view_of_application(work, acme.sample.application, hits, HOURS)
