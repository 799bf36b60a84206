"""Plans of the three kinds: their rules are the same, and so are their tests."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, select

from server.actions.plans.features import list_features
from server.actions.plans.limits import list_limits, set_limit
from server.actions.plans.plans import (
    APPLICATION_PLANS,
    PLANS,
    clear_default_plan,
    copy_application_plan,
    create_plan,
    hide_plan,
    make_default_plan,
    publish_plan,
)
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
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
EACH_KIND = pytest.mark.parametrize("kind", KINDS)


def add(work: Work, kind: Any, service_id: int, **values: Any) -> Any:
    """Add a plan of a kind."""
    home = None if kind is AccountPlan else service_id
    return create_plan(work, PLANS[kind], values, home)


def update_plan(work: Work, kind: Any, plan_id: int, changes: Mapping[str, Any]) -> Any:
    """Change a plan of a kind."""
    return PLANS[kind].update(work, plan_id, changes)


def delete_plan(work: Work, kind: Any, plan_id: int) -> Any:
    """Take a plan of a kind away."""
    return PLANS[kind].delete(work, plan_id)


def gold(db: Session, acme: NewProvider, kind: Any) -> Any:
    """Make a plan of a kind."""
    service_id = acme.sample.service.id
    return add(by(db, staff(acme)), kind, service_id, name="Gold Plus", approval_required=True)


@EACH_KIND
def test_a_plan_is_made_hidden(acme: NewProvider, db: Session, kind: Any) -> None:
    plan = gold(db, acme, kind)

    event_is(db, EventKind.PLAN_CREATED, plan.id, {}, {"plan": kind.__name__})
    assert (plan.system_name, plan.state, plan.is_default) == ("gold_plus", "hidden", False)
    assert plan.approval_required


@EACH_KIND
def test_a_plan_is_published_and_hidden_only_when_it_is_not(
    acme: NewProvider, db: Session, kind: Any
) -> None:
    actor, plan = staff(acme), gold(db, acme, kind)

    refused(by(db, actor), StateConflict, hide_plan, kind, plan.id)
    publish_plan(by(db, actor), kind, plan.id)
    assert told(db)[2]["state"] == ["hidden", "published"]
    refused(by(db, actor), StateConflict, publish_plan, kind, plan.id)
    hide_plan(by(db, actor), kind, plan.id)
    assert told(db)[2]["state"] == ["published", "hidden"]


@EACH_KIND
def test_a_change_of_a_plan_is_told_once(acme: NewProvider, db: Session, kind: Any) -> None:
    plan = gold(db, acme, kind)

    update_plan(by(db, staff(acme)), kind, plan.id, {"name": "Gold", "approval_required": False})

    assert told(db)[2]["name"] == ["Gold Plus", "Gold"]
    said = len(kinds(db))
    update_plan(by(db, staff(acme)), kind, plan.id, {"name": "Gold"})
    assert len(kinds(db)) == said


@EACH_KIND
def test_a_deleted_plan_is_gone(acme: NewProvider, db: Session, kind: Any) -> None:
    plan = gold(db, acme, kind)

    delete_plan(by(db, staff(acme)), kind, plan.id)

    told_of = {"plan": kind.__name__, "name": plan.name}
    event_is(db, EventKind.PLAN_DELETED, plan.id, {}, told_of)
    assert db.exec(select(kind).where(kind.id == plan.id)).first() is None


@EACH_KIND
def test_a_plan_has_its_permission_and_its_provider(
    acme: NewProvider, globex: NewProvider, db: Session, kind: Any
) -> None:
    service_id = acme.sample.service.id
    plan = add(by(db, staff(acme)), kind, service_id, name="Gold")
    acts = (publish_plan, hide_plan, make_default_plan, clear_default_plan, delete_plan)

    guarded(
        db,
        (acme, globex),
        Permission.PLANS_EDIT,
        *((act, kind, plan.id) for act in acts),
        (update_plan, kind, plan.id, {"name": "x"}),
    )
    lesser = without(acme, Permission.PLANS_EDIT)
    refused(by(db, lesser), Forbidden, partial(add, name="x"), kind, service_id)
    if kind is not AccountPlan:
        refused(by(db, staff(globex)), NotFound, partial(add, name="x"), kind, service_id)
    for act, nowhere in product(acts, NOWHERE):
        refused(by(db, staff(acme)), NotFound, act, kind, nowhere, field="id")
    reader = without(acme, Permission.PLANS_READ)
    for plans in PLANS.values():
        with pytest.raises(Forbidden):
            plans.query(reader)
        listed = db.exec(plans.query(staff(globex))).all()
        assert {each.provider_id for each in listed} == {globex.provider.id}


@EACH_KIND
def test_names_are_unique_where_the_plan_lives(
    acme: NewProvider, globex: NewProvider, db: Session, kind: Any
) -> None:
    here, there = acme.sample.service.id, globex.sample.service.id
    plan = add(by(db, staff(acme)), kind, here, name="Gold")
    cases: tuple[tuple[dict[str, Any], type[DomainError], str], ...] = (
        ({"name": "Gold"}, Taken, "name"),
        ({"name": "x", "system_name": "gold"}, Taken, "system_name"),
        ({"name": "x", "system_name": "sp ace"}, Invalid, "system_name"),
        ({"name": " "}, Blank, "name"),
        ({"name": "a\x00b"}, Invalid, "name"),
    )

    for values, error, field in cases:
        refused(by(db, staff(acme)), error, partial(add, **values), kind, here, field=field)
    for field in ("system_name", "state", "is_default", "service_id", "provider_id"):
        refused(by(db, staff(acme)), Invalid, update_plan, kind, plan.id, {field: "x"}, field=field)
    changes = {"approval_required": None}
    refused(
        by(db, staff(acme)), Invalid, update_plan, kind, plan.id, changes, field="approval_required"
    )
    assert add(by(db, staff(globex)), kind, there, name="Gold").system_name == "gold"


@EACH_KIND
def test_costs_are_money_and_trials_are_days(acme: NewProvider, db: Session, kind: Any) -> None:
    actor, service_id = staff(acme), acme.sample.service.id
    plan = add(
        by(db, actor), kind, service_id, name="Gold", setup_fee="9.90", cost_per_month=Decimal(20)
    )
    assert (plan.setup_fee, plan.cost_per_month, plan.is_free) == (
        Decimal("9.9"),
        Decimal(20),
        False,
    )

    wrong = ("-1", "0.001", "0.00001", "NaN", "sNaN", "Infinity", "1E+400", "soon", "1_0", True)
    for field, value in product(("setup_fee", "cost_per_month"), (*wrong, 10**5000)):
        fields: dict[str, Any] = {"name": "x", field: value}
        refused(by(db, actor), Invalid, partial(add, **fields), kind, service_id, field=field)
        changes = {field: value}
        refused(by(db, actor), Invalid, update_plan, kind, plan.id, changes, field=field)
    for days in (-1, 3651, "soon", "1.5"):
        changes = {"trial_period_days": days}
        refused(by(db, actor), Invalid, update_plan, kind, plan.id, changes, field=[*changes][0])
    update_plan(by(db, actor), kind, plan.id, {"cost_per_month": "0.5", "trial_period_days": "3"})
    db.flush()
    db.refresh(plan)
    assert (str(plan.cost_per_month), plan.trial_period_days) == ("0.50", 3)


@pytest.mark.parametrize(
    ("currency", "right", "wrong"),
    [("JPY", "500", "0.5"), ("USD", "0.5", "0.505"), ("KWD", "1.255", "1.2555")],
)
def test_a_price_is_as_fine_as_its_currency(
    acme: NewProvider, db: Session, currency: str, right: str, wrong: str
) -> None:
    work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
    update_settings(work, {"currency": currency})

    plan = APPLICATION_PLANS.update(work, plan_id, {"setup_fee": right})
    refused(
        work, Invalid, APPLICATION_PLANS.update, plan_id, {"setup_fee": wrong}, field="setup_fee"
    )

    db.refresh(plan)
    assert plan.setup_fee == Decimal(right)


@EACH_KIND
def test_one_plan_is_the_default_where_it_lives(
    acme: NewProvider, globex: NewProvider, db: Session, kind: Any
) -> None:
    foreign = db.exec(select(kind).where(kind.provider_id == globex.provider.id)).first()
    assert foreign is not None
    make_default_plan(by(db, staff(globex)), kind, foreign.id)
    plans = [add(by(db, staff(acme)), kind, acme.sample.service.id, name=name) for name in "ab"]

    for plan in plans:
        make_default_plan(by(db, staff(acme)), kind, plan.id)

    assert told(db)[2]["is_default"] == [False, True]
    db.expire_all()
    defaults = select(kind).where(kind.is_default, kind.provider_id == acme.provider.id)
    assert db.exec(defaults).all() == [plans[1]]
    db.refresh(foreign)
    assert foreign.is_default, "another provider's default is not touched"


@EACH_KIND
def test_no_plan_need_be_the_default(acme: NewProvider, db: Session, kind: Any) -> None:
    plan, other = (
        gold(db, acme, kind),
        add(by(db, staff(acme)), kind, acme.sample.service.id, name="Other"),
    )
    make_default_plan(by(db, staff(acme)), kind, plan.id)

    clear_default_plan(by(db, staff(acme)), kind, plan.id)

    assert told(db)[2]["is_default"] == [True, False]
    defaults = select(kind).where(kind.is_default, kind.provider_id == acme.provider.id)
    assert db.exec(defaults).all() == []
    said = len(kinds(db))
    clear_default_plan(by(db, staff(acme)), kind, other.id)
    assert len(kinds(db)) == said, "it was not the default"


@EACH_KIND
def test_plans_change_places(acme: NewProvider, db: Session, kind: Any) -> None:
    work, home = by(db, staff(acme)), acme.sample.service.id
    plan, behind = (add(work, kind, home, name=name) for name in "ab")
    assert behind.position == plan.position + 1
    for position in (0, 100_001, "first", "1.5"):
        changes = {"position": position}
        refused(work, Invalid, update_plan, kind, plan.id, changes, field="position")

    place = plan.position
    assert update_plan(work, kind, plan.id, {"position": "9"}).position == 9
    assert told(db)[2]["position"] == [place, 9]


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
    create_plan(by(db, actor), APPLICATION_PLANS, {"name": "Third"}, first.service_id)

    delete_plan(by(db, actor), ApplicationPlan, first.id)
    again = copy_application_plan(by(db, actor), plan_id)
    thrice = copy_application_plan(by(db, actor), plan_id)

    assert list_limits(db, first.id) == []
    assert again.system_name != thrice.system_name
