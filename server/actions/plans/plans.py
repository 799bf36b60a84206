"""Plans of all three kinds: one declaration, and publish, hide, copy, make default."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import func, update
from sqlmodel import col, select

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.rows import get_owned, hold, rely_on
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, InUse, Invalid, counted
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.features import AccountPlanFeature, PlanFeature, ServicePlanFeature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, PlanDraft, ServicePlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.provider.providers import Provider
from server.domain.states import PLAN, move
from server.kit.money import DECIMALS, Money
from server.kit.paging import Listing

PRICES = ("setup_fee", "cost_per_month")
AnyPlan = TypeVar("AnyPlan", bound=Plan)


def _prepare(work: Work, plan: Plan) -> None:
    """Put a plan without a place behind its siblings, and check its prices. Raises: Invalid."""
    provider = work.db.get_one(Provider, plan.provider_id)
    currency = rely_on(work.db, provider).currency
    for name in PRICES:
        if not Money(getattr(plan, name), currency).is_payable:
            wrong = f"must be an amount with at most {DECIMALS[currency]} decimals, as {currency}."
            raise Invalid(wrong, field=name)
    place: int | None = plan.position  # nothing until now, when none was given
    if place is None:
        kind, home = type(plan), _home_of(plan)
        if kind is AccountPlan:  # what other kinds live in is held by now
            hold(work.db, provider)
        beside = select(func.count()).where(col(getattr(kind, home)) == getattr(plan, home))
        plan.position = work.db.exec(beside).one() + 1


def _home_of(plan: Plan) -> str:
    """Name the column of what a plan lives in, where its name is its own."""
    return "provider_id" if isinstance(plan, AccountPlan) else "service_id"


def _hold_with_home(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Hold a plan, and before it what it lives in, whose plans are compared. Raises: NotFound."""
    plan = get_owned(work, kind, plan_id)
    if isinstance(plan, AccountPlan):
        hold(work.db, work.db.get_one(Provider, plan.provider_id))
    else:
        hold(work.db, get_service(work, getattr(plan, _home_of(plan))))
    return hold(work.db, plan)


def _refuse_used(user: Any, noun: str) -> Callable[[Work, Plan], None]:
    """Make the check that no row names a plan in a column. It raises: InUse."""

    def refuse(work: Work, plan: Plan) -> None:
        users = work.db.exec(select(func.count()).where(user == plan.id)).one()
        if users:
            who = counted(users, noun, "is")
            raise InUse(f"{who} on this plan. Move them to another plan first.")
        _forget_wishes(work, plan)

    return refuse


def _refuse_original(work: Work, plan: Plan) -> None:
    """Keep a plan that applications are on, or on a copy made for them. Raises: InUse."""
    copies = select(func.count()).where(col(ApplicationPlan.original_id) == plan.id)
    if number := work.db.exec(copies).one():
        who = counted(number, "application", "is")
        raise InUse(f"{who} on a custom copy of this plan. Move them to another plan first.")
    _refuse_used(col(Application.plan_id), "application")(work, plan)


def _refuse_custom(plan: Plan) -> None:
    """Keep what is made for one application from being offered to others. Raises: Conflict."""
    if isinstance(plan, ApplicationPlan) and plan.is_custom:
        raise Conflict("This plan is made for one application. Copy it, and offer the copy.")


def _forget_wishes(work: Work, plan: Plan) -> None:
    """Let nobody wait any more for a plan that goes."""
    waits: Mapping[type[Plan], Any] = {
        AccountPlan: Account,
        ServicePlan: ServiceContract,
        ApplicationPlan: Application,
    }
    model = waits[type(plan)]
    waiting = update(model).where(col(model.wanted_plan_id) == plan.id)
    work.db.execute(waiting.values(wanted_plan_id=None))


def _plans(
    name: str,
    model: type[AnyPlan],
    refuse_delete: Callable[[Work, Plan], None],
    parent: Parent | None = None,
    goes_with: tuple[Any, ...] = (),
) -> Resource[AnyPlan]:
    return Resource(
        name=name,
        model=model,
        draft=PlanDraft,
        read=Permission.PLANS_READ,
        edit=Permission.PLANS_EDIT,
        events=Lifecycle(
            created=EventKind.PLAN_CREATED,
            updated=EventKind.PLAN_UPDATED,
            deleted=EventKind.PLAN_DELETED,
        ),
        listing=Listing(f"{name}s", model),
        parent=parent,
        facts=("plan",),
        goes_with=goes_with,
        prepare=_prepare,
        refuse_delete=refuse_delete,
    )


_OF_SERVICE = Parent(column="service_id", get=get_service)
ACCOUNT_PLANS = _plans(
    "account_plan",
    AccountPlan,
    _refuse_used(Account.account_plan_id, "account"),
    goes_with=(col(AccountPlanFeature.plan_id),),
)
SERVICE_PLANS = _plans(
    "service_plan",
    ServicePlan,
    _refuse_used(ServiceContract.service_plan_id, "account"),
    _OF_SERVICE,
    goes_with=(col(ServicePlanFeature.plan_id),),
)
APPLICATION_PLANS = _plans(
    "application_plan",
    ApplicationPlan,
    _refuse_original,
    _OF_SERVICE,
    goes_with=(col(UsageLimit.plan_id), col(PricingRule.plan_id), col(PlanFeature.plan_id)),
)
PLANS: Mapping[type[Plan], Resource[Any]] = {
    resource.model: resource for resource in (ACCOUNT_PLANS, SERVICE_PLANS, APPLICATION_PLANS)
}


def create_plan(
    work: Work,
    plans: Resource[AnyPlan],
    values: Mapping[str, Any],
    parent_id: int | None = None,
    *,
    published: bool = False,
) -> AnyPlan:
    """Add a plan, hidden unless it is published at once. Raises: NotFound, Invalid, Taken."""
    return plans.create(work, values, parent_id, state="published" if published else "hidden")


def publish_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Let developers see and choose the plan. Raises: NotFound, StateConflict."""
    return _move(work, kind, plan_id, "publish")


def hide_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Keep the plan from developers; who is on it stays. Raises: NotFound, StateConflict."""
    return _move(work, kind, plan_id, "hide")


def _move(work: Work, kind: type[AnyPlan], plan_id: int, event: str) -> AnyPlan:
    work.actor.require(Permission.PLANS_EDIT)
    plan = hold(work.db, get_owned(work, kind, plan_id))
    _refuse_custom(plan)
    before = plan.state
    move(plan, PLAN, event)
    _tell(work, plan, {"state": [before, plan.state]})
    return plan


def make_default_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Make the plan the one that signups get when they name none."""
    work.actor.require(Permission.PLANS_EDIT)
    plan = _hold_with_home(work, kind, plan_id)
    _refuse_custom(plan)
    if plan.is_default:
        return plan
    home = _home_of(plan)
    siblings = update(kind).where(col(getattr(kind, home)) == getattr(plan, home))
    work.db.execute(siblings.values(is_default=False))
    work.db.refresh(plan)
    plan.is_default = True
    _tell(work, plan, {"is_default": [False, True]})
    return plan


def copy_application_plan(work: Work, plan_id: int) -> ApplicationPlan:
    """Make a hidden copy with its limits, prices and features. Raises: NotFound."""
    db = work.db
    plan = _hold_with_home(work, ApplicationPlan, plan_id)
    copies = db.exec(select(func.count()).where(ApplicationPlan.service_id == plan.service_id))
    values = {
        **APPLICATION_PLANS.values_of(plan),
        "name": f"{plan.name} (copy)",
        "system_name": f"{plan.system_name}_copy_{copies.one() + 1}",
        "position": None,
    }
    copy = create_plan(work, APPLICATION_PLANS, values, plan.service_id)
    copy_parts(work, plan, copy)
    return copy


def copy_parts(work: Work, plan: ApplicationPlan, copy: ApplicationPlan) -> None:
    """Give a new plan the limits, prices and features of another one."""
    db, parts = work.db, (UsageLimit, PricingRule)
    for model in parts:
        for part in db.exec(select(model).where(model.plan_id == plan.id)):
            values = part.model_dump(exclude={"id", "plan_id", "created_at", "updated_at"})
            db.add(model(**values, plan_id=copy.id))
    for link in db.exec(select(PlanFeature).where(PlanFeature.plan_id == plan.id)):
        db.add(PlanFeature(plan_id=copy.id, feature_id=link.feature_id))


def clear_default_plan(work: Work, kind: type[AnyPlan], plan_id: int) -> AnyPlan:
    """Let signups that name no plan get none, if they got this one."""
    work.actor.require(Permission.PLANS_EDIT)
    plan = _hold_with_home(work, kind, plan_id)
    if plan.is_default:
        plan.is_default = False
        _tell(work, plan, {"is_default": [True, False]})
    return plan


def _tell(work: Work, plan: Plan, changes: Mapping[str, list[Any]]) -> None:
    PLANS[type(plan)].tell(work, EventKind.PLAN_UPDATED, plan, changes)
