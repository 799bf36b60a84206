"""Usage limits: set again and again, one for each plan, metric and period."""

import pytest
from sqlmodel import Session

from server.actions.plans.limits import NewLimit, delete_limit, limits_query, list_limits, set_limit
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.actions.services.services import NewService, create_service
from server.auth.dependencies import Dependencies
from server.domain.errors import Forbidden, Invalid, NotFound
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import LimitPeriod
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import (
    NOWHERE,
    event_is,
    guarded,
    kinds,
    refused,
    without,
)


def a_limit(db: Session, provider: NewProvider, **over: object) -> NewLimit:
    """Draft a limit on `hits` of the sample plan."""
    values: dict[str, object] = {
        "plan_id": provider.sample.application.plan_id,
        "metric_id": list_metrics(db, provider.sample.service.id)[0].id,
        "period": "hour",
        "value": 5,
    }
    return NewLimit(**(values | over))  # type: ignore[arg-type]  # built from a table of cases


def test_each_period_has_one_limit_and_setting_it_again_changes_it(
    acme: NewProvider, db: Session
) -> None:
    actor = staff(acme)

    made = [set_limit(by(db, actor), a_limit(db, acme, period=each)) for each in LimitPeriod]
    again = set_limit(by(db, actor), a_limit(db, acme, period="hour", value=2**53 - 1))

    facts: dict[str, object] = {"plan_id": again.plan_id, "period": again.period}
    event_is(db, EventKind.LIMIT_SET, again.id, {"value": [5, 2**53 - 1]}, facts)
    assert again in made
    assert list_limits(db, again.plan_id) == made
    said = len(kinds(db))
    set_limit(by(db, actor), a_limit(db, acme, period="hour", value=2**53 - 1))
    assert len(kinds(db)) == said
    db.expire_all()
    assert again.value == 2**53 - 1
    assert set_limit(by(db, actor), a_limit(db, acme, value=0)).value == 0, "which disables it"


def test_limits_have_their_permission_and_their_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    limit = set_limit(by(db, staff(acme)), a_limit(db, acme))
    other = create_service(by(db, staff(acme), deps.installation), NewService(name="Weather"))

    guarded(
        db,
        (acme, globex),
        Permission.PLANS_EDIT,
        (set_limit, a_limit(db, acme)),
        (delete_limit, limit.id),
    )
    theirs = a_limit(db, globex).metric_id
    refused(by(db, staff(acme)), NotFound, set_limit, a_limit(db, acme, metric_id=theirs))
    elsewhere = a_limit(db, acme, metric_id=list_metrics(db, other.id)[0].id)
    refused(by(db, staff(acme)), Invalid, set_limit, elsewhere, field="metric_id")
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, delete_limit, nowhere, field="id")
        refused(by(db, staff(acme)), NotFound, set_limit, a_limit(db, acme, plan_id=nowhere))
    assert list(db.exec(limits_query(staff(globex)))) == []
    with pytest.raises(Forbidden):
        limits_query(without(acme, Permission.PLANS_READ))


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    for field, value in (
        ("period", "fortnight"),
        ("period", ""),
        ("period", "DAY"),
        ("value", -1),
        ("value", 2**53),
    ):
        draft = a_limit(db, acme, **{field: value})
        refused(by(db, staff(acme)), Invalid, set_limit, draft, field=field)


def test_a_deleted_limit_is_gone(acme: NewProvider, db: Session) -> None:
    limit = set_limit(by(db, staff(acme)), a_limit(db, acme))

    delete_limit(by(db, staff(acme)), limit.id)

    facts: dict[str, object] = {"plan_id": limit.plan_id, "period": "hour"}
    event_is(db, EventKind.LIMIT_DELETED, limit.id, {"value": [5, None]}, facts)
    assert list_limits(db, limit.plan_id) == []
