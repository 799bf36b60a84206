"""What waits for the provider's word: accounts, applications, and wishes for other plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlmodel import col

from server.actions.accounts.accounts import accounts_query
from server.actions.applications.applications import applications_query, plan_requests_query
from server.admin.applications.applications import plan_ids
from server.admin.context import AdminContext
from server.admin.lists import by_id, count
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import Application
from server.domain.plans.plans import ApplicationPlan

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One that waits: where it is, its name, and what else is told of it."""

    path: str
    name: str
    told: str


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


def list_queues(ctx: AdminContext) -> Sequence[Queue]:
    """Tell the queues in which somebody waits. Cost: eight statements, however many wait."""
    accounts = accounts_query(ctx.actor, state="pending")
    pending = applications_query(ctx.actor).where(Application.state == "pending")
    wishes = plan_requests_query(ctx.actor)
    waiting, asking, wishing = (
        _oldest(ctx, accounts, Account),
        _oldest(ctx, pending, Application),
        _oldest(ctx, wishes, Application),
    )
    applications = [*asking, *wishing]
    owners = by_id(ctx.db, Account, (row.account_id for row in applications))
    plans = by_id(ctx.db, ApplicationPlan, plan_ids(applications))
    queues = (
        Queue(
            "accounts",
            "Accounts that wait for approval",
            "/accounts?state=pending",
            count(ctx.db, accounts),
            [Row(f"/accounts/{row.id}", row.org_name, "") for row in waiting],
            ("approve", "Approve"),
            ("reject", "Reject"),
            "Its people are told and can't log in.",
        ),
        Queue(
            "applications",
            "Applications that wait for approval",
            "/applications?state=pending",
            count(ctx.db, pending),
            [_row(row, owners, f"on {plans[row.plan_id].name}") for row in asking],
            ("accept", "Accept"),
            ("reject", "Reject"),
            "It is deleted, and its developer is told. This can't be undone.",
        ),
        Queue(
            "plans",
            "Applications whose developers ask for another plan",
            "/applications?state=wants_plan",
            count(ctx.db, wishes),
            [_row(row, owners, _wish(row, plans)) for row in wishing],
            ("accept_plan_request", "Move"),
            ("refuse_plan_request", "Refuse"),
            "It stays on its plan, and its developer is told.",
        ),
    )
    return [queue for queue in queues if queue.total]


def _oldest(ctx: AdminContext, query: Select[Any], model: type[Any]) -> Sequence[Any]:
    return ctx.db.execute(query.order_by(col(model.id)).limit(SHOWN)).scalars().all()


def _row(row: Application, owners: Mapping[int, Account], told: str) -> Row:
    return Row(f"/applications/{row.id}", row.name, f"{owners[row.account_id].org_name}, {told}")


def _wish(row: Application, plans: Mapping[int, ApplicationPlan]) -> str:
    wanted = plans.get(row.wanted_plan_id or 0)
    return f"{plans[row.plan_id].name} → {wanted.name if wanted else '–'}"
