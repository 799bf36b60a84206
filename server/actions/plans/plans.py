"""Plans of all three kinds: create, change, publish, hide, copy, delete, make default."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from sqlalchemy import func, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import Rules, change, clean_bool, get_owned, save
from server.actions.services.services import get_service
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.errors import InUse
from server.domain.events import Event, EventKind
from server.domain.fields import (
    MOST_DESCRIPTION,
    clean_optional_text,
    clean_system_name,
    clean_text,
    clean_whole_number,
)
from server.domain.permissions import Permission
from server.domain.plans.features import PlanFeature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan, clean_money
from server.domain.states import PLAN, move
from server.kit.paging import Listing

ACCOUNT_PLANS = Listing("account_plans", AccountPlan)
SERVICE_PLANS = Listing("service_plans", ServicePlan)
APPLICATION_PLANS = Listing("application_plans", ApplicationPlan)
MOST_TRIAL_DAYS = 3650
MOST_POSITION = 100_000
AnyPlan = TypeVar("AnyPlan", AccountPlan, ServicePlan, ApplicationPlan)

RULES: Rules = {"name": lambda v: clean_text(v, "name"), "approval_required": clean_bool}
APPLICATION_RULES: Rules = {
    **RULES,
    "description": lambda v: clean_optional_text(v, "description", most=MOST_DESCRIPTION),
    "setup_fee": lambda v: clean_money(Decimal(v), "setup_fee"),
    "cost_per_month": lambda v: clean_money(Decimal(v), "cost_per_month"),
    "trial_period_days": lambda v: clean_whole_number(
        v, "trial_period_days", least=0, most=MOST_TRIAL_DAYS
    ),
    "position": lambda v: clean_whole_number(v, "position", least=1, most=MOST_POSITION),
}
RULES_OF = {"AccountPlan": RULES, "ServicePlan": RULES, "ApplicationPlan": APPLICATION_RULES}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """What a new plan needs; the costs are for application plans only."""

    name: str
    system_name: str | None = None
    approval_required: bool = False
    published: bool = False
    description: str = ""
    setup_fee: Decimal = Decimal(0)
    cost_per_month: Decimal = Decimal(0)
    trial_period_days: int = 0


def account_plans_query(actor: Actor) -> SelectOfScalar[AccountPlan]:
    """Select the provider's account plans."""
    actor.require(Permission.PLANS_READ)
    return select(AccountPlan).where(AccountPlan.provider_id == actor.provider_id)


def service_plans_query(actor: Actor) -> SelectOfScalar[ServicePlan]:
    """Select the service plans of all the provider's services."""
    actor.require(Permission.PLANS_READ)
    return select(ServicePlan).where(ServicePlan.provider_id == actor.provider_id)


def application_plans_query(actor: Actor) -> SelectOfScalar[ApplicationPlan]:
    """Select the application plans of all the provider's services."""
    actor.require(Permission.PLANS_READ)
    return select(ApplicationPlan).where(ApplicationPlan.provider_id == actor.provider_id)


def create_application_plan(work: Work, service_id: int, draft: NewPlan) -> ApplicationPlan:
    """Add an application plan to a service. Raises: NotFound, Invalid, Taken."""
    work.actor.require(Permission.PLANS_EDIT)
    service = get_service(work, service_id)
    name = clean_text(draft.name, "name")
    plan = ApplicationPlan(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        name=name,
        system_name=clean_system_name(draft.system_name, name),
        state="published" if draft.published else "hidden",
        approval_required=draft.approval_required,
        description=APPLICATION_RULES["description"](draft.description),
        setup_fee=clean_money(draft.setup_fee, "setup_fee"),
        cost_per_month=clean_money(draft.cost_per_month, "cost_per_month"),
        trial_period_days=APPLICATION_RULES["trial_period_days"](draft.trial_period_days),
        position=_count_in(work.db, service.id) + 1,
    )
    return _added(work, plan)


def create_account_plan(work: Work, draft: NewPlan) -> AccountPlan:
    """Add an account plan. Raises: Invalid, Taken."""
    work.actor.require(Permission.PLANS_EDIT)
    name = clean_text(draft.name, "name")
    plan = AccountPlan(
        provider_id=work.actor.provider_id,
        name=name,
        system_name=clean_system_name(draft.system_name, name),
        state="published" if draft.published else "hidden",
        approval_required=draft.approval_required,
    )
    return _added(work, plan)


def create_service_plan(work: Work, service_id: int, draft: NewPlan) -> ServicePlan:
    """Add a service plan. Raises: NotFound, Invalid, Taken."""
    work.actor.require(Permission.PLANS_EDIT)
    service = get_service(work, service_id)
    name = clean_text(draft.name, "name")
    plan = ServicePlan(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        name=name,
        system_name=clean_system_name(draft.system_name, name),
        state="published" if draft.published else "hidden",
        approval_required=draft.approval_required,
    )
    return _added(work, plan)


def update_plan(
    work: Work, kind: type[AnyPlan], plan_id: int, changes: Mapping[str, Any]
) -> AnyPlan:
    """Change a plan's fields. Raises: NotFound, Invalid."""
    work.actor.require(Permission.PLANS_EDIT)
    plan = get_owned(work, kind, plan_id)
    changed = change(plan, changes, RULES_OF[kind.__name__])
    if changed:
        _tell(work, plan, EventKind.PLAN_UPDATED, changed)
    return plan


def publish_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Let developers see and choose the plan. Raises: NotFound, StateConflict."""
    return _move(work, kind, plan_id, "publish")


def hide_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Keep the plan from developers; who is on it stays. Raises: NotFound, StateConflict."""
    return _move(work, kind, plan_id, "hide")


def _move(work: Work, kind: type[AnyPlan], plan_id: int, event: str) -> AnyPlan:
    work.actor.require(Permission.PLANS_EDIT)
    plan = get_owned(work, kind, plan_id)
    before = plan.state
    move(plan, PLAN, event)
    _tell(work, plan, EventKind.PLAN_UPDATED, {"state": [before, plan.state]})
    return plan


def make_default_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Make the plan the one that signups get when they name none."""
    work.actor.require(Permission.PLANS_EDIT)
    plan = get_owned(work, kind, plan_id)
    siblings = update(kind).where(col(kind.provider_id) == work.actor.provider_id)
    if not isinstance(plan, AccountPlan):
        siblings = siblings.where(col(type(plan).service_id) == plan.service_id)
    work.db.execute(siblings.values(is_default=False))
    work.db.refresh(plan)
    plan.is_default = True
    _tell(work, plan, EventKind.PLAN_UPDATED, {"is_default": [False, True]})
    return plan


def copy_application_plan(work: Work, plan_id: int) -> ApplicationPlan:
    """Make a hidden copy with its limits and features. Raises: NotFound."""
    db = work.db
    plan = get_owned(work, ApplicationPlan, plan_id)
    copies = _count_in(db, plan.service_id) + 1
    draft = NewPlan(
        name=f"{plan.name} (copy)",
        system_name=f"{plan.system_name}_copy_{copies}",
        approval_required=plan.approval_required,
        description=plan.description,
        setup_fee=plan.setup_fee,
        cost_per_month=plan.cost_per_month,
        trial_period_days=plan.trial_period_days,
    )
    copy = create_application_plan(work, plan.service_id, draft)
    for limit in db.exec(select(UsageLimit).where(UsageLimit.plan_id == plan.id)):
        db.add(
            UsageLimit(
                provider_id=work.actor.provider_id,
                plan_id=copy.id,
                metric_id=limit.metric_id,
                period=limit.period,
                value=limit.value,
            )
        )
    for link in db.exec(select(PlanFeature).where(PlanFeature.plan_id == plan.id)):
        db.add(PlanFeature(plan_id=copy.id, feature_id=link.feature_id))
    return copy


def clear_default_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Let signups that name no plan get none, if they got this one."""
    work.actor.require(Permission.PLANS_EDIT)
    plan = get_owned(work, kind, plan_id)
    if plan.is_default:
        plan.is_default = False
        _tell(work, plan, EventKind.PLAN_UPDATED, {"is_default": [True, False]})
    return plan


def delete_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Take a plan away. Raises: NotFound, InUse while anyone is on it."""
    db = work.db
    work.actor.require(Permission.PLANS_EDIT)
    plan = get_owned(work, kind, plan_id)
    if _is_used(db, plan):
        raise InUse("Somebody is on this plan. Move them to another plan first.")
    if isinstance(plan, ApplicationPlan):
        for model in (UsageLimit, PlanFeature):
            for row in db.exec(select(model).where(model.plan_id == plan.id)):
                db.delete(row)
        db.flush()  # the rows that point at the plan go first
    db.delete(plan)
    _tell(work, plan, EventKind.PLAN_DELETED, {})
    return plan


def _is_used(db: Session, plan: AccountPlan | ServicePlan | ApplicationPlan) -> bool:
    if isinstance(plan, AccountPlan):
        return (
            db.exec(select(Account).where(Account.account_plan_id == plan.id)).first() is not None
        )
    if isinstance(plan, ServicePlan):
        contracts = select(ServiceContract).where(ServiceContract.service_plan_id == plan.id)
        return db.exec(contracts).first() is not None
    return db.exec(select(Application).where(Application.plan_id == plan.id)).first() is not None


def _added(work: Work, plan: AnyPlan) -> AnyPlan:
    save(work.db, plan)
    _tell(work, plan, EventKind.PLAN_CREATED, {})
    return plan


def _tell(
    work: Work,
    plan: AccountPlan | ServicePlan | ApplicationPlan,
    kind: EventKind,
    changes: dict[str, Any],
) -> None:
    service_id = None if isinstance(plan, AccountPlan) else plan.service_id
    named = {"plan": [None, type(plan).__name__], **changes}
    work.record(Event(kind, plan.id, service_id=service_id, changes=named))


def _count_in(db: Session, service_id: int) -> int:
    query = select(func.count()).where(ApplicationPlan.service_id == service_id)
    return db.exec(query).one()
