"""The subscriptions of all accounts to APIs in one list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.accounts.lists import (
    CONTRACT_LISTINGS,
    ContractFilter,
    ContractSort,
    narrowed_contracts,
)
from server.actions.plans.plans import SERVICE_PLANS
from server.admin.accounts.accounts import (
    WANTS_PLAN,
    account_chosen,
    service_choices,
    shown_if_chosen,
)
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, by_id, is_narrowed, page_through
from server.admin.render import render
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.plans.plans import ServicePlan

STATES = ("live", "pending", "suspended")
SORTS = (("newest", "Newest first"), ("oldest", "Oldest first"))


@dataclass(frozen=True, slots=True)
class SubscriptionsPage:
    """Subscriptions with what each row shows."""

    contracts: Pager[ServiceContract]
    accounts: Mapping[int, Account]
    services: Mapping[int, str]
    plans: Mapping[int, ServicePlan]
    filters: Sequence[Filter]
    is_filtered: bool


def index(ctx: AdminContext) -> Response:
    """List the subscriptions of all accounts, newest first unless told."""
    state = Filter.read(ctx, "state", "State", [*((each, each) for each in STATES), WANTS_PLAN])
    services = {int(number): name for number, name in service_choices(ctx)}
    service = Filter.read(ctx, "service", "API", [(str(key), services[key]) for key in services])
    found = ctx.db.exec(SERVICE_PLANS.query(ctx.actor).order_by(col(ServicePlan.id)))
    plans = {row.id: row for row in found if row.service_id in services}
    names = [(str(row.id), f"{services[row.service_id]}: {row.name}") for row in plans.values()]
    plan, account = Filter.read(ctx, "plan", "Plan", names), account_chosen(ctx)
    sort = Filter.read(ctx, "sort", "Sorted by", SORTS, every="")
    wants_plan = state.value == WANTS_PLAN[0]
    wanted = ContractFilter(
        state="" if wants_plan else state.value,
        wants_plan=wants_plan,
        plan_id=plan.number,
        service_id=service.number,
        account_id=account.number,
    )
    listing = CONTRACT_LISTINGS[ContractSort(sort.value)]
    contracts = page_through(ctx, listing, narrowed_contracts(ctx, wanted))
    narrowing = [state, plan, service, *shown_if_chosen(account)]
    page = SubscriptionsPage(
        contracts,
        by_id(ctx.db, Account, (row.account_id for row in contracts.rows)),
        services,
        plans,
        [*narrowing, sort],
        is_narrowed("", narrowing),
    )
    return render(ctx, "subscriptions/index.html.j2", page)
