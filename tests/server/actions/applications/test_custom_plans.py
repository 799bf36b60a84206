"""A plan for one application: its copy holds for it alone, and ends with it."""

import pytest
from sqlmodel import Session, col, select

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.applications import (
    change_application_plan,
    create_application,
    delete_application,
)
from server.actions.applications.custom_plans import customize_plan, decustomize_plan
from server.actions.plans.custom_plans import shared_plans
from server.actions.plans.features import list_features
from server.actions.plans.limits import list_limits, set_limit
from server.actions.plans.plans import (
    APPLICATION_PLANS,
    copy_application_plan,
    make_default_plan,
    publish_plan,
)
from server.actions.plans.pricing_rules import PRICING_RULES, rules_by_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.actions.work import Work
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, Forbidden, InUse, PlanMismatch
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused, without


@pytest.fixture
def work(acme: NewProvider, db: Session) -> Work:
    """Act as staff, on a plan that has a limit and a price."""
    work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
    hits = list_metrics(db, acme.sample.service.id)[0].id
    set_limit(work, {"metric_id": hits, "period": "day", "value": 5}, plan_id)
    PRICING_RULES.create(work, {"metric_id": hits, "cost_per_unit": "0.01"}, plan_id)
    return work


def plans_of(db: Session, acme: NewProvider) -> list[str]:
    """Name all plans of the sample API, the custom ones as well."""
    query = select(ApplicationPlan.name).where(ApplicationPlan.service_id == acme.sample.service.id)
    return list(db.exec(query.order_by(col(ApplicationPlan.id))))


def test_a_custom_plan_begins_as_a_copy_and_changes_alone(
    acme: NewProvider, db: Session, work: Work
) -> None:
    application = db.get_one(Application, acme.sample.application.id)
    original = db.get_one(ApplicationPlan, application.plan_id)

    custom = customize_plan(work, application.id)

    assert (custom.name, custom.state, custom.is_default) == ("Basic (custom)", "hidden", False)
    assert (custom.is_custom, custom.original_id) == (True, original.id)
    assert application.plan_id == custom.id
    assert [row.value for row in list_limits(db, custom.id)] == [5]
    assert list_features(db, custom.id) == list_features(db, original.id)
    assert len(rules_by_plan(db, [custom.id])[custom.id]) == 1
    assert customize_plan(work, application.id) is custom
    hits = list_metrics(db, acme.sample.service.id)[0].id
    set_limit(work, {"metric_id": hits, "period": "day", "value": 500}, custom.id)
    assert [row.value for row in list_limits(db, original.id)] == [5]

    assert decustomize_plan(work, application.id) is original
    db.flush()

    assert application.plan_id == original.id
    assert decustomize_plan(work, application.id) is original
    assert plans_of(db, acme) == ["Basic", "Unlimited"]
    assert {row.plan_id for row in db.exec(select(UsageLimit))} == {original.id}


def test_a_custom_plan_is_for_nobody_else(acme: NewProvider, db: Session, work: Work) -> None:
    application = db.get_one(Application, acme.sample.application.id)
    original = application.plan_id
    custom = customize_plan(work, application.id)
    shared = db.exec(shared_plans(work.actor)).all()
    second = create_application(work, application.account_id, shared[0].id, {"name": "Second"})

    assert custom not in shared
    for act, args in (
        (change_application_plan, (second.id, custom.id)),
        (create_application, (application.account_id, custom.id, {"name": "Third"})),
    ):
        refused(work, PlanMismatch, act, *args, field="plan_id")
    draft = NewSignup(
        org_name="Initech",
        username="peter",
        email="peter@initech.example",
        application_plan_id=custom.id,
    )
    refused(work, PlanMismatch, sign_up, draft, "provider")
    refused(work, Conflict, publish_plan, ApplicationPlan, custom.id)
    refused(work, Conflict, make_default_plan, ApplicationPlan, custom.id)
    delete_application(work, second.id)
    with pytest.raises(InUse, match="custom copy"):
        APPLICATION_PLANS.delete(work, original)
    refused(work, InUse, APPLICATION_PLANS.delete, custom.id)
    assert copy_application_plan(work, custom.id).is_custom is False


def test_a_custom_plan_ends_when_its_application_leaves_it(
    acme: NewProvider, db: Session, work: Work
) -> None:
    application = acme.sample.application
    unlimited = db.exec(select(ApplicationPlan).where(ApplicationPlan.name == "Unlimited")).one()
    customize_plan(work, application.id)

    change_application_plan(work, application.id, unlimited.id)

    assert plans_of(db, acme) == ["Basic", "Unlimited"]
    assert customize_plan(work, application.id).name == "Unlimited (custom)"
    delete_application(work, application.id)
    assert plans_of(db, acme) == ["Basic", "Unlimited"]


@pytest.mark.parametrize("missing", [Permission.PLANS_EDIT, Permission.APPLICATIONS_EDIT])
def test_a_custom_plan_takes_both_permissions(
    acme: NewProvider, db: Session, missing: Permission
) -> None:
    weak = by(db, without(acme, missing))

    for act in (customize_plan, decustomize_plan):
        refused(weak, Forbidden, act, acme.sample.application.id)
