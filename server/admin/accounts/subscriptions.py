"""The subscriptions of an account to APIs, on the provider's side."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.accounts import subscriptions as actions
from server.actions.accounts.accounts import (
    accept_account_plan_request,
    get_account,
    refuse_account_plan_request,
)
from server.admin.context import AdminContext
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ServicePlan
from server.domain.services.services import Service

MOVES = {
    "approve": (actions.approve_contract, "The subscription is approved."),
    "suspend": (actions.suspend_contract, "The subscription is suspended."),
    "resume": (actions.resume_contract, "The subscription is live again."),
    "accept_plan_request": (
        actions.accept_contract_plan_request,
        "The subscription is on the plan that was asked for.",
    ),
    "refuse_plan_request": (
        actions.refuse_contract_plan_request,
        "The subscription stays on its plan.",
    ),
    "unsubscribe": (actions.unsubscribe, "The subscription is ended."),
}
WISHES = {
    "accept_plan_request": (accept_account_plan_request, "is on the plan that it asked for."),
    "refuse_plan_request": (refuse_account_plan_request, "stays on its plan."),
}


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription with what its row shows."""

    contract: ServiceContract
    service: Service
    plan: ServicePlan
    wanted: ServicePlan | None
    others: Sequence[tuple[str, str]]  # plans that it may move to

    @property
    def moves(self) -> tuple[str, ...]:
        """Name the steps that its state knows."""
        by_state = {"pending": ("approve",), "live": ("suspend",), "suspended": ("resume",)}
        return by_state.get(self.contract.state, ())


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The subscriptions of an account, and the plans that it could subscribe to besides."""

    rows: Sequence[Subscription]
    choices: Sequence[tuple[str, str]]
    wanted_plan: AccountPlan | None  # the account plan that the account waits for


def subscriptions_of(ctx: AdminContext, account: Account) -> Subscriptions:
    """Read the subscriptions of an account. Cost: four statements."""
    query = actions.contracts_query(ctx.actor).where(ServiceContract.account_id == account.id)
    contracts = ctx.db.exec(query.order_by(col(ServiceContract.id))).all()
    mine = select(Service).where(
        Service.provider_id == ctx.provider.id, col(Service.state) != "deleted"
    )
    services = {row.id: row for row in ctx.db.exec(mine.order_by(col(Service.id)))}
    of_mine = select(ServicePlan).where(ServicePlan.provider_id == ctx.provider.id)
    plans = ctx.db.exec(of_mine.order_by(col(ServicePlan.position), col(ServicePlan.id))).all()
    by_id = {plan.id: plan for plan in plans}
    rows = [
        Subscription(
            each,
            services[each.service_id],
            by_id[each.service_plan_id],
            by_id.get(each.wanted_plan_id or 0),
            [(str(plan.id), plan.name) for plan in plans if plan.service_id == each.service_id],
        )
        for each in contracts
        if each.service_id in services
    ]
    taken = {each.service_id for each in contracts}
    choices = [
        (str(plan.id), f"{services[plan.service_id].name}: {plan.name}")
        for plan in plans
        if plan.service_id in services and plan.service_id not in taken
    ]
    wanted = ctx.db.get(AccountPlan, account.wanted_plan_id) if account.wanted_plan_id else None
    return Subscriptions(rows, choices, wanted)


def create(ctx: AdminContext) -> Response:
    """Subscribe the account to an API."""
    ctx.actor.require(Permission.APPLICATIONS_EDIT)
    account = get_account(ctx, ctx.path_id("account_id"))
    made = actions.subscribe(ctx, account.id, ctx.number("service_plan_id"))
    return ctx.go(f"/accounts/{account.id}", f"The account is subscribed; it is {made.state}.")


def change_plan(ctx: AdminContext) -> Response:
    """Move a subscription to another plan."""
    ctx.actor.require(Permission.APPLICATIONS_EDIT)
    made = actions.change_contract_plan(ctx, _contract(ctx).id, ctx.number("plan_id"))
    return ctx.go(f"/accounts/{made.account_id}", "The plan of the subscription is changed.")


def move(ctx: AdminContext) -> Response:
    """Approve, suspend, resume or end a subscription, or answer a wish for another plan."""
    ctx.actor.require(Permission.APPLICATIONS_EDIT)
    act, done = ctx.verb(MOVES)
    contract = act(ctx, _contract(ctx).id)
    return ctx.go_back(f"/accounts/{contract.account_id}", done)


def answer_wish(ctx: AdminContext) -> Response:
    """Accept or refuse the wish for another account plan."""
    act, done = WISHES[ctx.path.rpartition("/")[2]]
    account = act(ctx, ctx.path_id("account_id"))
    return ctx.go_back(f"/accounts/{account.id}", f"{account.org_name} {done}")


def _contract(ctx: AdminContext) -> ServiceContract:
    return actions.get_contract_of_account(
        ctx, ctx.path_id("account_id"), ctx.path_id("contract_id")
    )
