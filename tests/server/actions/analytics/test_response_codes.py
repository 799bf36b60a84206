"""Response codes: by status and by window, one status or a class, within one's own reach."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from gateway.windows import Period, window_of
from server.actions.analytics.response_codes import CodeCount, CodesAsk, count_response_codes
from server.actions.analytics.usage import Bucket
from server.actions.provider.providers import NewProvider
from server.domain.analytics.usage import ResponseCodeTotal
from server.domain.errors import Forbidden, Invalid
from server.domain.permissions import Permission
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused, without

NOW = datetime(2025, 6, 2, 0, 30, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = NOW.replace(minute=0)


def ask(provider: NewProvider, **over: object) -> CodesAsk:
    """Ask for the last two days."""
    values = {"service_id": provider.sample.service.id, "since": NOW - DAY, "until": NOW}
    return CodesAsk(**(values | over))  # type: ignore[arg-type]  # built from a table of cases


@pytest.fixture
def answered(acme: NewProvider, globex: NewProvider, db: Session) -> NewProvider:
    """Put answers of two applications, and of another provider's, into the statistics."""
    own, foreign = acme.sample.application, globex.sample.application
    for application_id, service_id, at, code, value in (
        (own.id, own.service_id, NOW - DAY, 200, 5),
        (own.id, own.service_id, NOW, 200, 2),
        (own.id, own.service_id, NOW, 404, 1),
        (10_000_000, own.service_id, NOW, 429, 3),
        (foreign.id, foreign.service_id, NOW, 500, 100),
    ):
        row = ResponseCodeTotal(
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


def test_answers_are_summed_by_status_and_by_window(answered: NewProvider, db: Session) -> None:
    found = count_response_codes(by(db, staff(answered)), ask(answered))

    assert found.codes == [CodeCount(200, 7), CodeCount(404, 1), CodeCount(429, 3)]
    assert found.buckets == [Bucket(TODAY - DAY, 5), Bucket(TODAY, 6)]


@pytest.mark.parametrize(
    ("code", "found"),
    [("404", {404: 1}), ("4xx", {404: 1, 429: 3}), ("2XX", {200: 7}), ("5xx", {})],
)
def test_one_status_or_a_class_may_be_asked_for(
    code: str, found: dict[int, int], answered: NewProvider, db: Session
) -> None:
    usage = count_response_codes(by(db, staff(answered)), ask(answered, code=code))

    assert {each.code: each.value for each in usage.codes} == found
    assert sum(bucket.value for bucket in usage.buckets) == sum(found.values())


def test_one_application_may_be_asked_for(answered: NewProvider, db: Session) -> None:
    number = answered.sample.application.id

    usage = count_response_codes(by(db, staff(answered)), ask(answered, application_id=number))

    assert usage.codes == [CodeCount(200, 7), CodeCount(404, 1)]


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"code": "40"}, "code"),
        ({"code": "6xx"}, "code"),
        ({"granularity": "minute"}, "granularity"),
        ({"since": NOW}, "until"),
    ],
)
def test_what_cannot_be_summed_is_refused(
    over: dict[str, object], field: str, acme: NewProvider, db: Session
) -> None:
    refused(by(db, staff(acme)), Invalid, count_response_codes, ask(acme, **over), field=field)


def test_statistics_need_their_permission(acme: NewProvider, db: Session) -> None:
    actor = without(acme, Permission.USAGE_READ)

    refused(by(db, actor), Forbidden, count_response_codes, ask(acme))
