"""Subscriptions to APIs, and plans of accounts. Source: reference-portal 1.1, 1.4."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts import subscriptions as actions
from server.actions.accounts.accounts import change_account_plan, get_account
from server.actions.plans.plans import ACCOUNT_PLANS, SERVICE_PLANS
from server.actions.work import Work
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.attributes import Whole
from server.domain.drafts import Draft
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ServicePlan
from server.kit.ids import MOST_ID
from server.rest.answers import Gone, Listed, Made, One
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.operations import Operation
from server.rest.plans.plans import ACCOUNT_PLAN, SERVICE_PLAN
from server.rest.shapes import Field, Inside, Links, Shape, always, columns, computed

PATH = "/accounts/{account_id}/service_subscriptions"
OLD_PATH = "/accounts/{account_id}/service_contracts"


def _plans(work: Work, contracts: Sequence[ServiceContract]) -> Mapping[int, Sequence[Any]]:
    ids = {one.service_plan_id for one in contracts}
    query = SERVICE_PLANS.query(work.actor).where(col(ServicePlan.id).in_(ids))
    plans = {plan.id: plan for plan in work.db.exec(query)}
    return {one.id: [plans[one.service_plan_id]] for one in contracts}


def _plan_name(
    work: Work, contracts: Sequence[ServiceContract]
) -> Callable[[ServiceContract], str]:
    plans = _plans(work, contracts)
    return lambda row: str(plans[row.id][0].name)


SUBSCRIPTION = Shape(
    name="service_subscription",
    model=ServiceContract,
    parts=(
        *columns("id", "created_at", "state", "service_id"),
        computed("user_account_id", int, lambda row: row.account_id),
        always("type", "ServiceContract"),
        computed("plan_id", int, lambda row: row.service_plan_id),
        Field("plan_name", load=_plan_name, type=str),
        computed("trial_period_expires_at", datetime | None, lambda row: row.trial_ends_at),
        Inside("plan", ((SERVICE_PLAN, _plans),), is_one=True, only=Format.XML),
        Links({"self": f"{PATH}/{{id}}"}),
    ),
)
CONTRACT = Shape(
    name="service_contract",
    model=ServiceContract,
    parts=SUBSCRIPTION.parts,
    title="ServiceContract",
)


class PlanChoice(Draft):
    """Which plan is meant."""

    plan_id: Annotated[int, Whole(1, MOST_ID)]


def list_subscriptions(ctx: RestContext) -> SelectOfScalar[ServiceContract]:
    """Select the subscriptions of the account. Raises: NotFound."""
    account = get_account(ctx, ctx.path_id("account_id"))
    return actions.contracts_query(ctx.actor).where(ServiceContract.account_id == account.id)


def find(ctx: RestContext) -> ServiceContract:
    """Find the subscription of the path. Raises: NotFound."""
    account = get_account(ctx, ctx.path_id("account_id"))
    found: ServiceContract = actions.get_contract_of_account(ctx, account.id, ctx.path_id())
    return found


def create(ctx: RestContext) -> ServiceContract:
    """Subscribe the account to the API of a service plan."""
    account = get_account(ctx, ctx.path_id("account_id"))
    return actions.subscribe(ctx, account.id, ctx.given(PlanChoice)["plan_id"])


def approve(ctx: RestContext) -> ServiceContract:
    """Make a subscription that waits live."""
    return actions.approve_contract(ctx, find(ctx).id)


def change_plan(ctx: RestContext) -> ServicePlan:
    """Move the subscription to another plan of its API, and show that."""
    contract = find(ctx)
    actions.change_contract_plan(ctx, contract.id, ctx.given(PlanChoice)["plan_id"])
    return SERVICE_PLANS.get(ctx, contract.service_plan_id)


def unsubscribe(ctx: RestContext) -> None:
    """End the subscription; applications of the API stand against it."""
    actions.unsubscribe(ctx, find(ctx).id)


def list_plans(ctx: RestContext) -> SelectOfScalar[ServicePlan]:
    """Select the service plans that the account is on."""
    account = get_account(ctx, ctx.path_id("account_id"))
    mine = select(ServiceContract.service_plan_id).where(ServiceContract.account_id == account.id)
    return SERVICE_PLANS.query(ctx.actor).where(col(ServicePlan.id).in_(mine))


def buy(ctx: RestContext) -> ServicePlan:
    """Subscribe the account on the plan of the path, and show that."""
    account = get_account(ctx, ctx.path_id("account_id"))
    plan = SERVICE_PLANS.get(ctx, ctx.path_id())
    actions.subscribe(ctx, account.id, plan.id)
    return plan


def show_account_plan(ctx: RestContext) -> AccountPlan:
    """Find the plan that the account is on."""
    account: Account = get_account(ctx, ctx.path_id())
    return ACCOUNT_PLANS.get(ctx, account.account_plan_id)


def change_account(ctx: RestContext) -> AccountPlan:
    """Move the account to another plan, and show that."""
    account = get_account(ctx, ctx.path_id())
    change_account_plan(ctx, account.id, ctx.given(PlanChoice)["plan_id"])
    return ACCOUNT_PLANS.get(ctx, account.account_plan_id)


READ, EDIT = Permission.APPLICATIONS_READ, Permission.APPLICATIONS_EDIT
OPERATIONS = (
    Operation("GET", PATH, "List subscriptions.", READ, list_subscriptions, Listed(SUBSCRIPTION)),
    Operation(
        "POST",
        PATH,
        "Subscribe an account to an API.",
        EDIT,
        create,
        Made(SUBSCRIPTION, f"{PATH}/{{id}}"),
        takes=PlanChoice,
        wrappers=("service_subscription",),
    ),
    Operation("GET", f"{PATH}/{{id}}", "Show a subscription.", READ, find, One(SUBSCRIPTION)),
    Operation("DELETE", f"{PATH}/{{id}}", "End a subscription.", EDIT, unsubscribe, Gone()),
    Operation(
        "PUT",
        f"{PATH}/{{id}}/approve",
        "Make a subscription that waits live.",
        EDIT,
        approve,
        One(SUBSCRIPTION),
    ),
    Operation(
        "PUT",
        f"{PATH}/{{id}}/change_plan",
        "Move a subscription to another plan of its API.",
        EDIT,
        change_plan,
        One(SERVICE_PLAN),
        takes=PlanChoice,
    ),
    Operation("GET", OLD_PATH, "List subscriptions.", READ, list_subscriptions, Listed(CONTRACT)),
    Operation("GET", f"{OLD_PATH}/{{id}}", "Show a subscription.", READ, find, One(CONTRACT)),
    Operation("DELETE", f"{OLD_PATH}/{{id}}", "End a subscription.", EDIT, unsubscribe, Gone()),
    Operation(
        "GET",
        "/accounts/{account_id}/service_plans",
        "List the service plans that an account is on.",
        READ,
        list_plans,
        Listed(SERVICE_PLAN),
    ),
    Operation(
        "POST",
        "/accounts/{account_id}/service_plans/{id}/buy",
        "Subscribe an account to an API on this plan.",
        EDIT,
        buy,
        Made(SERVICE_PLAN, "/accounts/{account_id}/service_plans"),
    ),
    Operation(
        "GET",
        "/accounts/{id}/plan",
        "Show the plan that an account is on.",
        Permission.ACCOUNTS_READ,
        show_account_plan,
        One(ACCOUNT_PLAN),
    ),
    Operation(
        "PUT",
        "/accounts/{id}/change_plan",
        "Move an account to another account plan.",
        Permission.ACCOUNTS_EDIT,
        change_account,
        One(ACCOUNT_PLAN),
        takes=PlanChoice,
    ),
)
