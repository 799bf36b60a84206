"""What waits for the provider's word: accounts, applications, subscriptions, other plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from server.actions.accounts.accounts import accounts_query
from server.actions.accounts.subscriptions import contracts_query
from server.actions.applications.applications import applications_query, plan_requests_query
from server.admin.applications.applications import plan_ids
from server.admin.context import AdminContext
from server.admin.lists import by_id, count
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.services.services import Service

SHOWN = 5
EDIT_ACCOUNTS, EDIT_APPLICATIONS = Permission.ACCOUNTS_EDIT, Permission.APPLICATIONS_EDIT
MOVE, REFUSE = ("accept_plan_request", "Move"), ("refuse_plan_request", "Refuse")


@dataclass(frozen=True, slots=True)
class Row:
    """One that waits: where its verbs are, its name, what else is told of it, and its page."""

    path: str
    name: str
    told: str
    page: str = ""  # where it is shown, if not there

    @property
    def link(self) -> str:
        """Tell where it is shown."""
        return self.page or self.path


@dataclass(frozen=True, slots=True)
class Queue:
    """All that wait for the same: how many, the oldest of them, and the two answers."""

    id: str
    title: str
    path: str  # of the list of all
    total: int
    rows: Sequence[Row]
    yes: tuple[str, str]  # the verb's address and words
    no: tuple[str, str]
    meaning: str  # of no
    permission: str  # to answer


@dataclass(frozen=True, slots=True)
class _Waiting:
    """The oldest of those that wait for the same, and how many they are."""

    total: int
    rows: Sequence[Any]


def list_queues(ctx: AdminContext) -> Sequence[Queue]:
    """Tell the queues in which somebody waits. Cost: at most 16 statements, however many wait."""
    if not ctx.actor.may(Permission.ACCOUNTS_READ):
        return []
    queues = [*_of_account_plans(ctx)]
    if ctx.actor.may(Permission.APPLICATIONS_READ):
        queues = [*_of_applications(ctx), *_of_subscriptions(ctx), *queues]
    return [queue for queue in queues if queue.total]


def _of_applications(ctx: AdminContext) -> Sequence[Queue]:
    waiting = _oldest(ctx, accounts_query(ctx.actor, state="pending"), Account)
    pending = applications_query(ctx.actor).where(Application.state == "pending")
    asking = _oldest(ctx, pending, Application)
    wishing = _oldest(ctx, plan_requests_query(ctx.actor), Application)
    applications = [*asking.rows, *wishing.rows]
    owners = by_id(ctx.db, Account, (row.account_id for row in applications))
    plans = by_id(ctx.db, ApplicationPlan, plan_ids(applications))
    return (
        Queue(
            "accounts",
            "Accounts that wait for approval",
            "/accounts?state=pending",
            waiting.total,
            [Row(f"/accounts/{row.id}", row.org_name, "") for row in waiting.rows],
            ("approve", "Approve"),
            ("reject", "Reject"),
            "Its people are told and can't log in.",
            EDIT_ACCOUNTS,
        ),
        Queue(
            "applications",
            "Applications that wait for approval",
            "/applications?state=pending",
            asking.total,
            [_row(row, owners, f"on {plans[row.plan_id].name}") for row in asking.rows],
            ("accept", "Accept"),
            ("reject", "Reject"),
            "It is deleted, and its developer is told. This can't be undone.",
            EDIT_APPLICATIONS,
        ),
        Queue(
            "plans",
            "Applications whose developers ask for another plan",
            "/applications?state=wants_plan",
            wishing.total,
            [_row(row, owners, _wish(row.plan_id, row, plans)) for row in wishing.rows],
            MOVE,
            REFUSE,
            "It stays on its plan, and its developer is told.",
            EDIT_APPLICATIONS,
        ),
    )


def _of_subscriptions(ctx: AdminContext) -> Sequence[Queue]:
    """Tell who waits to be subscribed to an API, or for another plan of a subscription."""
    contracts = contracts_query(ctx.actor)
    pending = _oldest(ctx, contracts.where(ServiceContract.state == "pending"), ServiceContract)
    wishes = contracts.where(col(ServiceContract.wanted_plan_id).is_not(None))
    wishing = _oldest(ctx, wishes, ServiceContract)
    both = [*pending.rows, *wishing.rows]
    owners = by_id(ctx.db, Account, (row.account_id for row in both))
    services = by_id(ctx.db, Service, (row.service_id for row in both))
    wanted = (row.wanted_plan_id for row in both if row.wanted_plan_id)
    plans = by_id(ctx.db, ServicePlan, (*wanted, *(row.service_plan_id for row in both)))

    def row_of(row: ServiceContract, told: str) -> Row:
        account = owners[row.account_id]
        page = f"/accounts/{account.id}"
        told = f"{services[row.service_id].name}, {told}"
        return Row(f"{page}/service_contracts/{row.id}", account.org_name, told, page)

    return (
        Queue(
            "subscriptions",
            "Subscriptions to APIs that wait for approval",
            "/service_contracts?state=pending",
            pending.total,
            [row_of(row, f"on {plans[row.service_plan_id].name}") for row in pending.rows],
            ("approve", "Approve"),
            ("unsubscribe", "Reject"),
            "It is ended, and its developers are told.",
            EDIT_APPLICATIONS,
        ),
        Queue(
            "service-plans",
            "Subscriptions whose developers ask for another plan",
            "/service_contracts?state=wants_plan",
            wishing.total,
            [row_of(row, _wish(row.service_plan_id, row, plans)) for row in wishing.rows],
            MOVE,
            REFUSE,
            "It stays on its plan.",
            EDIT_APPLICATIONS,
        ),
    )


def _of_account_plans(ctx: AdminContext) -> Sequence[Queue]:
    wishes = accounts_query(ctx.actor).where(col(Account.wanted_plan_id).is_not(None))
    wishing = _oldest(ctx, wishes, Account)
    wanted = (row.wanted_plan_id for row in wishing.rows)
    plans = by_id(ctx.db, AccountPlan, (*wanted, *(row.account_plan_id for row in wishing.rows)))
    return (
        Queue(
            "account-plans",
            "Accounts that ask for another plan",
            "/accounts?state=wants_plan",
            wishing.total,
            [
                Row(f"/accounts/{row.id}", row.org_name, _wish(row.account_plan_id, row, plans))
                for row in wishing.rows
            ],
            MOVE,
            REFUSE,
            "It stays on its plan.",
            EDIT_ACCOUNTS,
        ),
    )


def _oldest(ctx: AdminContext, query: Select[Any], model: type[Any]) -> _Waiting:
    """Read the oldest, and count them where there may be more. Cost: at most two statements."""
    rows = ctx.db.execute(query.order_by(col(model.id)).limit(SHOWN)).scalars().all()
    return _Waiting(len(rows) if len(rows) < SHOWN else count(ctx.db, query), rows)


def _row(row: Application, owners: Mapping[int, Account], told: str) -> Row:
    return Row(f"/applications/{row.id}", row.name, f"{owners[row.account_id].org_name}, {told}")


def _wish(plan_id: int, row: Any, plans: Mapping[int, Any]) -> str:
    wanted = plans.get(row.wanted_plan_id or 0)
    return f"{plans[plan_id].name} → {wanted.name if wanted else '–'}"
