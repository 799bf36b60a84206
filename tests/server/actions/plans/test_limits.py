"""Usage limits: set again and again, one for each plan, metric and period."""

import pytest
from sqlmodel import Session, col, select

from server.actions.plans.limits import (
    LIMITS,
    disable_metric,
    enable_metric,
    list_limits,
    set_limit,
)
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from server.domain.errors import Conflict, Forbidden, Invalid, NotFound, Taken
from server.domain.events import EventKind, EventRecord
from server.domain.permissions import Permission
from server.domain.plans.limits import LimitPeriod
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import (
    NOWHERE,
    event_is,
    guarded,
    kinds,
    refused,
    told,
    without,
)


def a_limit(db: Session, provider: NewProvider, **over: object) -> dict[str, object]:
    """Draft a limit on `hits` of the sample plan."""
    values: dict[str, object] = {
        "metric_id": list_metrics(db, provider.sample.service.id)[0].id,
        "period": "hour",
        "value": 5,
    }
    return values | over


def plan_of(provider: NewProvider) -> int:
    """Tell the id of the sample plan."""
    return provider.sample.application.plan_id


def test_each_period_has_one_limit_and_setting_it_again_changes_it(
    acme: NewProvider, db: Session
) -> None:
    actor = staff(acme)

    made = [
        set_limit(by(db, actor), a_limit(db, acme, period=each), plan_of(acme))
        for each in LimitPeriod
    ]
    again = set_limit(
        by(db, actor), a_limit(db, acme, period="hour", value=2**53 - 1), plan_of(acme)
    )

    event_is(db, EventKind.LIMIT_SET, again.id)
    assert told(db)[2]["value"] == [5, 2**53 - 1]
    assert again in made
    assert list_limits(db, again.plan_id) == made
    said = len(kinds(db))
    set_limit(by(db, actor), a_limit(db, acme, period="hour", value=2**53 - 1), plan_of(acme))
    assert len(kinds(db)) == said
    db.expire_all()
    assert again.value == 2**53 - 1
    assert set_limit(by(db, actor), a_limit(db, acme, value=0), plan_of(acme)).value == 0, (
        "which disables it"
    )


def test_limits_have_their_permission_and_their_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    limit = set_limit(by(db, staff(acme)), a_limit(db, acme), plan_of(acme))
    other = create_service(by(db, staff(acme), deps.installation), {"name": "Weather"})

    guarded(
        db,
        (acme, globex),
        Permission.PLANS_EDIT,
        (set_limit, a_limit(db, acme), plan_of(acme)),
        (LIMITS.delete, limit.id),
    )
    theirs = a_limit(db, acme, metric_id=a_limit(db, globex)["metric_id"])
    refused(by(db, staff(acme)), NotFound, set_limit, theirs, plan_of(acme))
    elsewhere = a_limit(db, acme, metric_id=list_metrics(db, other.id)[0].id)
    refused(by(db, staff(acme)), Invalid, set_limit, elsewhere, plan_of(acme), field="metric_id")
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, LIMITS.delete, nowhere, field="id")
        refused(by(db, staff(acme)), NotFound, set_limit, a_limit(db, acme), nowhere)
    assert list(db.exec(LIMITS.query(staff(globex)))) == []
    with pytest.raises(Forbidden):
        LIMITS.query(without(acme, Permission.PLANS_READ))


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    for field, value in (
        ("period", "fortnight"),
        ("period", ""),
        ("period", "DAY"),
        ("value", -1),
        ("value", 2**53),
    ):
        draft = a_limit(db, acme, **{field: value})
        refused(by(db, staff(acme)), Invalid, set_limit, draft, plan_of(acme), field=field)


def test_a_deleted_limit_is_gone(acme: NewProvider, db: Session) -> None:
    limit = set_limit(by(db, staff(acme)), a_limit(db, acme), plan_of(acme))

    LIMITS.delete(by(db, staff(acme)), limit.id)

    event_is(db, EventKind.LIMIT_DELETED, limit.id, {})
    assert list_limits(db, limit.plan_id) == []


def test_the_audit_log_tells_which_limit_it_was_beside_what_changed(
    acme: NewProvider, db: Session
) -> None:
    limit = set_limit(by(db, staff(acme)), a_limit(db, acme), plan_of(acme))

    set_limit(by(db, staff(acme)), a_limit(db, acme, value=6), plan_of(acme))

    event = db.exec(select(EventRecord).order_by(col(EventRecord.id).desc())).first()
    assert event is not None
    assert event.payload == {"value": [5, 6]}
    assert event.service_id == acme.sample.service.id
    assert event.facts == {
        "plan_id": plan_of(acme),
        "metric_id": limit.metric_id,
        "period": "hour",
        "value": 6,
    }


def test_a_limit_that_stands_already_is_made_once_only(acme: NewProvider, db: Session) -> None:
    limit = set_limit(by(db, staff(acme)), a_limit(db, acme, value=1000), plan_of(acme))

    with pytest.raises(Taken, match="at most 1000 per hour stands") as raised:
        LIMITS.create(by(db, staff(acme)), a_limit(db, acme, value=7), plan_of(acme))

    assert raised.value.field == "period"
    assert [each.value for each in list_limits(db, limit.plan_id)] == [1000]


def test_a_metric_is_disabled_by_a_limit_of_zero_and_enabled_by_taking_those_away(
    acme: NewProvider, db: Session
) -> None:
    work, metric_id = by(db, staff(acme)), list_metrics(db, acme.sample.service.id)[0].id
    kept = set_limit(work, a_limit(db, acme), plan_of(acme))

    zero = disable_metric(work, plan_of(acme), metric_id)
    assert (zero.period, zero.value) == ("eternity", 0)
    assert list_limits(db, plan_of(acme)) == [kept, zero]

    enable_metric(work, plan_of(acme), metric_id)
    assert list_limits(db, plan_of(acme)) == [kept]


def test_a_metric_that_is_disabled_and_enabled_has_the_limits_that_it_had(
    acme: NewProvider, db: Session
) -> None:
    work, metric_id = by(db, staff(acme)), list_metrics(db, acme.sample.service.id)[0].id
    kept = set_limit(work, a_limit(db, acme, period="eternity", value=1000), plan_of(acme))

    zero = disable_metric(work, plan_of(acme), metric_id)
    assert disable_metric(work, plan_of(acme), metric_id) is zero
    assert [(each.period, each.value) for each in list_limits(db, plan_of(acme))] == [
        ("eternity", 1000),
        ("year", 0),
    ]
    enable_metric(work, plan_of(acme), metric_id)

    assert list_limits(db, plan_of(acme)) == [kept]
    for each in LimitPeriod:
        set_limit(work, a_limit(db, acme, period=each), plan_of(acme))
    refused(work, Conflict, disable_metric, plan_of(acme), metric_id)


def test_disabling_has_its_permission_and_keeps_to_the_plans_service(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    other = create_service(by(db, staff(acme), deps.installation), {"name": "Weather"})
    elsewhere = list_metrics(db, other.id)[0].id
    metric_id = list_metrics(db, acme.sample.service.id)[0].id

    for act in (disable_metric, enable_metric):
        guarded(db, (acme, globex), Permission.PLANS_EDIT, (act, plan_of(acme), metric_id))
        refused(by(db, staff(acme)), Invalid, act, plan_of(acme), elsewhere, field="metric_id")
