"""Plans of the three kinds: their rules are the same, and so are their tests."""

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, select

from server.actions.plans.features import list_features
from server.actions.plans.limits import list_limits, set_limit
from server.actions.plans.plans import (
    NewPlan,
    account_plans_query,
    application_plans_query,
    clear_default_plan,
    copy_application_plan,
    create_account_plan,
    create_application_plan,
    create_service_plan,
    delete_plan,
    hide_plan,
    make_default_plan,
    publish_plan,
    service_plans_query,
    update_plan,
)
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.actions.work import Work
from server.domain.errors import (
    Blank,
    DomainError,
    Forbidden,
    InUse,
    Invalid,
    NotFound,
    StateConflict,
    Taken,
)
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
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

KINDS: tuple[Any, ...] = (AccountPlan, ServicePlan, ApplicationPlan)
QUERIES = (account_plans_query, service_plans_query, application_plans_query)
EACH_KIND = pytest.mark.parametrize("kind", KINDS)


def add(work: Work, kind: Any, service_id: int, draft: NewPlan) -> Any:
    """Add a plan of a kind."""
    if kind is AccountPlan:
        return create_account_plan(work, draft)
    if kind is ServicePlan:
        return create_service_plan(work, service_id, draft)
    return create_application_plan(work, service_id, draft)


@EACH_KIND
def test_a_plan_is_made_changed_published_hidden_and_deleted(
    acme: NewProvider, db: Session, kind: Any
) -> None:
    actor, service_id, name = staff(acme), acme.sample.service.id, kind.__name__

    plan = add(by(db, actor), kind, service_id, NewPlan(name="Gold Plus", approval_required=True))
    event_is(db, EventKind.PLAN_CREATED, plan.id, {"plan": [None, name]})
    assert (plan.system_name, plan.state, plan.is_default) == ("gold_plus", "hidden", False)
    assert plan.approval_required

    refused(by(db, actor), StateConflict, hide_plan, kind, plan.id)
    publish_plan(by(db, actor), kind, plan.id)
    assert told(db)[2]["state"] == ["hidden", "published"]
    refused(by(db, actor), StateConflict, publish_plan, kind, plan.id)
    hide_plan(by(db, actor), kind, plan.id)
    assert told(db)[2]["state"] == ["published", "hidden"]

    update_plan(by(db, actor), kind, plan.id, {"name": "Gold", "approval_required": False})
    assert told(db)[2]["name"] == ["Gold Plus", "Gold"]
    said = len(kinds(db))
    update_plan(by(db, actor), kind, plan.id, {"name": "Gold"})
    assert len(kinds(db)) == said

    delete_plan(by(db, actor), kind, plan.id)
    event_is(db, EventKind.PLAN_DELETED, plan.id, {"plan": [None, name]})
    assert db.exec(select(kind).where(kind.id == plan.id)).first() is None


@EACH_KIND
def test_a_plan_has_its_permission_and_its_provider(
    acme: NewProvider, globex: NewProvider, db: Session, kind: Any
) -> None:
    service_id, draft = acme.sample.service.id, NewPlan(name="Gold")
    plan = add(by(db, staff(acme)), kind, service_id, draft)
    acts = (publish_plan, hide_plan, make_default_plan, clear_default_plan, delete_plan)

    guarded(
        db,
        (acme, globex),
        Permission.PLANS_EDIT,
        *((act, kind, plan.id) for act in acts),
        (update_plan, kind, plan.id, {"name": "x"}),
    )
    lesser = without(acme, Permission.PLANS_EDIT)
    refused(by(db, lesser), Forbidden, add, kind, service_id, NewPlan(name="x"))
    if kind is not AccountPlan:
        refused(by(db, staff(globex)), NotFound, add, kind, service_id, NewPlan(name="x"))
    for act, nowhere in product(acts, NOWHERE):
        refused(by(db, staff(acme)), NotFound, act, kind, nowhere, field="id")
    reader = without(acme, Permission.PLANS_READ)
    for query in QUERIES:
        with pytest.raises(Forbidden):
            query(reader)
        listed = db.exec(query(staff(globex))).all()
        assert {each.provider_id for each in listed} == {globex.provider.id}


@EACH_KIND
def test_names_are_unique_where_the_plan_lives(
    acme: NewProvider, globex: NewProvider, db: Session, kind: Any
) -> None:
    here, there = acme.sample.service.id, globex.sample.service.id
    plan = add(by(db, staff(acme)), kind, here, NewPlan(name="Gold"))
    cases: tuple[tuple[dict[str, Any], type[DomainError], str], ...] = (
        ({"name": "Gold"}, Taken, "system_name"),
        ({"name": "x", "system_name": "gold"}, Taken, "system_name"),
        ({"name": "x", "system_name": "sp ace"}, Invalid, "system_name"),
        ({"name": " "}, Blank, "name"),
        ({"name": "a\x00b"}, Invalid, "name"),
    )

    for values, error, field in cases:
        refused(by(db, staff(acme)), error, add, kind, here, NewPlan(**values), field=field)
    for field in ("system_name", "state", "is_default", "service_id", "provider_id"):
        refused(by(db, staff(acme)), Invalid, update_plan, kind, plan.id, {field: "x"}, field=field)
    changes = {"approval_required": None}
    refused(
        by(db, staff(acme)), Invalid, update_plan, kind, plan.id, changes, field="approval_required"
    )
    assert add(by(db, staff(globex)), kind, there, NewPlan(name="Gold")).system_name == "gold"


def test_costs_are_money_and_trials_are_days(acme: NewProvider, db: Session) -> None:
    actor, service_id = staff(acme), acme.sample.service.id
    draft = NewPlan(name="Gold", setup_fee=Decimal("9.90"), cost_per_month=Decimal(20))
    plan = create_application_plan(by(db, actor), service_id, draft)
    assert (plan.setup_fee, plan.cost_per_month, plan.is_free) == (
        Decimal("9.9"),
        Decimal(20),
        False,
    )

    for field, value in product(
        ("setup_fee", "cost_per_month"), ("-1", "0.001", "NaN", "sNaN", "Infinity", "1E+400")
    ):
        fields: dict[str, Any] = {"name": "x", field: Decimal(value)}
        bad = NewPlan(**fields)
        refused(by(db, actor), Invalid, create_application_plan, service_id, bad, field=field)
        changes = {field: value}
        refused(by(db, actor), Invalid, update_plan, ApplicationPlan, plan.id, changes, field=field)
    for days in (-1, 3651):
        refused(
            by(db, actor),
            Invalid,
            update_plan,
            ApplicationPlan,
            plan.id,
            {"trial_period_days": days},
        )
    update_plan(by(db, actor), ApplicationPlan, plan.id, {"cost_per_month": "0.5"})
    db.flush()
    db.refresh(plan)
    assert plan.cost_per_month == Decimal("0.50")


@EACH_KIND
def test_one_plan_is_the_default_where_it_lives(
    acme: NewProvider, globex: NewProvider, db: Session, kind: Any
) -> None:
    foreign = db.exec(select(kind).where(kind.provider_id == globex.provider.id)).first()
    assert foreign is not None
    make_default_plan(by(db, staff(globex)), kind, foreign.id)
    plans = [
        add(by(db, staff(acme)), kind, acme.sample.service.id, NewPlan(name=name)) for name in "ab"
    ]

    for plan in plans:
        make_default_plan(by(db, staff(acme)), kind, plan.id)

    assert told(db)[2]["is_default"] == [False, True]
    db.expire_all()
    defaults = select(kind).where(kind.is_default, kind.provider_id == acme.provider.id)
    assert db.exec(defaults).all() == [plans[1]]
    db.refresh(foreign)
    assert foreign.is_default, "another provider's default is not touched"

    clear_default_plan(by(db, staff(acme)), kind, plans[1].id)
    assert told(db)[2]["is_default"] == [True, False]
    assert db.exec(defaults).all() == []
    said = len(kinds(db))
    clear_default_plan(by(db, staff(acme)), kind, plans[0].id)
    assert len(kinds(db)) == said, "it was not the default"


def test_application_plans_change_places(acme: NewProvider, db: Session) -> None:
    plan = acme.sample.application.plan_id
    for position in (0, 100_001):
        changes = {"position": position}
        refused(by(db, staff(acme)), Invalid, update_plan, ApplicationPlan, plan, changes)

    assert update_plan(by(db, staff(acme)), ApplicationPlan, plan, {"position": 2}).position == 2
    assert told(db)[2]["position"] == [1, 2]


def test_a_plan_that_somebody_is_on_stays(acme: NewProvider, db: Session) -> None:
    for kind in KINDS:
        used = db.exec(
            select(kind).where(kind.provider_id == acme.provider.id, kind.is_default)
        ).one()
        refused(by(db, staff(acme)), InUse, delete_plan, kind, used.id)


def test_a_copy_is_hidden_and_has_limits_features_and_costs(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    actor, plan_id = staff(acme), acme.sample.application.plan_id
    hits = list_metrics(db, acme.sample.service.id)[0]
    update_plan(by(db, actor), ApplicationPlan, plan_id, {"setup_fee": "5", "trial_period_days": 3})
    set_limit(by(db, actor), {"metric_id": hits.id, "period": "day", "value": 7}, plan_id)

    copies = [copy_application_plan(by(db, actor), plan_id) for _ in range(2)]
    db.flush()

    assert len({plan.system_name for plan in copies}) == 2
    copy = copies[0]
    assert (copy.name, copy.state, copy.is_default) == ("Basic (copy)", "hidden", False)
    assert (copy.setup_fee, copy.trial_period_days) == (Decimal(5), 3)
    assert [(each.metric_id, each.period, each.value) for each in list_limits(db, copy.id)] == [
        (hits.id, "day", 7)
    ]
    assert list_features(db, copy.id) == list_features(db, plan_id)
    guarded(db, (acme, globex), Permission.PLANS_EDIT, (copy_application_plan, plan_id))


def test_a_copied_plan_may_be_deleted_with_all_that_hangs_on_it(
    acme: NewProvider, db: Session
) -> None:
    actor, plan_id = staff(acme), acme.sample.application.plan_id
    hits = list_metrics(db, acme.sample.service.id)[0]
    set_limit(by(db, actor), {"metric_id": hits.id, "period": "day", "value": 7}, plan_id)
    first = copy_application_plan(by(db, actor), plan_id)
    create_application_plan(by(db, actor), first.service_id, NewPlan(name="Third"))

    delete_plan(by(db, actor), ApplicationPlan, first.id)
    again = copy_application_plan(by(db, actor), plan_id)
    thrice = copy_application_plan(by(db, actor), plan_id)

    assert list_limits(db, first.id) == []
    assert again.system_name != thrice.system_name
