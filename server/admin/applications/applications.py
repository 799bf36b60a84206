"""Applications: list, create, show with credentials and usage, change, and their states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.accounts.accounts import get_account
from server.actions.analytics.refusals import count_refused_lately
from server.actions.analytics.usage import Standing, list_standings
from server.actions.applications.applications import (
    accept_application,
    applications_query,
    change_application_plan,
    create_application,
    delete_application,
    get_application,
    resume_application,
    suspend_application,
    update_application,
)
from server.actions.applications.keys import list_keys
from server.actions.applications.referrer_filters import list_filters
from server.actions.plans.plans import APPLICATION_PLANS
from server.actions.secrets import reveal
from server.admin.accounts.accounts import plan_choices
from server.admin.context import AdminContext
from server.admin.lists import Pager, by_id, page_through
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import MOST_KEYS, Application, NewApplication
from server.domain.applications.referrer_filters import MOST_FILTERS, ReferrerFilter
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service
from server.domain.states import CONTRACT
from server.kit.paging import Listing

NEWEST = Listing("applications_newest", Application, newest_first=True)
STATES = ("live", "pending", "suspended", "deprecated")
TEXTS = ("name", "description", "redirect_url")
MOVES = {
    "accept": (accept_application, "is accepted: its calls are let in."),
    "suspend": (suspend_application, "is suspended: its calls are refused."),
    "resume": (resume_application, "may call again."),
}


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """The list of applications with what each row shows."""

    applications: Pager[Application]
    accounts: Mapping[int, Account]
    plans: Mapping[int, ApplicationPlan]
    services: Mapping[int, Service]
    states: Sequence[str]
    search: str
    state: str


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One application: credentials in clear, plan, and where it stands against its limits."""

    application: Application
    account: Account
    service: Service
    plan: ApplicationPlan
    plans: Sequence[ApplicationPlan]
    user_key: str | None  # None, as for keys, to who may not read secrets
    keys: Sequence[tuple[int, str | None]]
    most_keys: int
    filters: Sequence[ReferrerFilter]
    most_filters: int
    standings: Sequence[Standing]
    refused: int  # calls of the last 24 hours
    moves: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewApplicationPage:
    account: Account
    plans: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EditApplicationPage:
    """The form of an application's texts."""

    application: Application


def index(ctx: AdminContext) -> Response:
    """List applications, newest first."""
    state, search = ctx.query("state"), ctx.query("search")
    query = applications_query(ctx.actor)
    if state:
        query = query.where(Application.state == state)
    if search:
        query = query.where(col(Application.name).icontains(search, autoescape=True))
    found = page_through(ctx, NEWEST, query)
    page = ApplicationsPage(
        found,
        by_id(ctx.db, Account, (row.account_id for row in found.rows)),
        by_id(ctx.db, ApplicationPlan, (row.plan_id for row in found.rows)),
        by_id(ctx.db, Service, (row.service_id for row in found.rows)),
        STATES,
        search,
        state,
    )
    return render(ctx, "applications/index.html.j2", page)


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.APPLICATIONS_EDIT)
    account = get_account(ctx, ctx.path_id("account_id"))
    page = NewApplicationPage(account, plan_choices(ctx))
    return render(ctx, "applications/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    values = ctx.texts(*NewApplication.model_fields)
    account_id, plan_id = ctx.path_id("account_id"), ctx.number("plan_id")
    application = create_application(ctx, account_id, plan_id, values)
    return ctx.go(f"/applications/{application.id}", f"{application.name} is created.")


def show(ctx: AdminContext) -> Response:
    db = ctx.db
    application = _application(ctx)
    plans = APPLICATION_PLANS.query(ctx.actor).where(
        ApplicationPlan.service_id == application.service_id
    )
    keys = list_keys(db, application.id)
    page = ApplicationPage(
        application,
        db.get_one(Account, application.account_id),
        db.get_one(Service, application.service_id),
        db.get_one(ApplicationPlan, application.plan_id),
        db.exec(plans.order_by(col(ApplicationPlan.position), col(ApplicationPlan.id))).all(),
        reveal(ctx, application, "user_key_sealed"),
        [(key.id, reveal(ctx, key, "sealed")) for key in keys],
        MOST_KEYS,
        list_filters(db, application.id),
        MOST_FILTERS,
        list_standings(db, application, ctx.now),
        count_refused_lately(db, application, ctx.now),
        [name for name in MOVES if application.state in CONTRACT[name][0]],
    )
    return render(ctx, "applications/show.html.j2", page)


def edit(ctx: AdminContext) -> Response:
    """Show the form of an application's texts."""
    ctx.actor.require(Permission.APPLICATIONS_EDIT)
    page = EditApplicationPage(_application(ctx))
    return render(ctx, "applications/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    update_application(ctx, application_id, ctx.texts(*TEXTS))
    return ctx.go(f"/applications/{application_id}", "The application is saved.")


def move(ctx: AdminContext) -> Response:
    name = ctx.request.path_params["event"]
    if name not in MOVES:
        raise NotFound("There is no such page.")
    act, done = MOVES[name]
    application = act(ctx, ctx.path_id("application_id"))
    return ctx.go(f"/applications/{application.id}", f"{application.name} {done}")


def change_plan(ctx: AdminContext) -> Response:
    """Move an application to another plan of its service."""
    application_id = ctx.path_id("application_id")
    change_application_plan(ctx, application_id, ctx.number("plan_id"))
    return ctx.go(f"/applications/{application_id}", "The plan is changed; its limits hold now.")


def delete(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    application = delete_application(ctx, application_id)
    return ctx.go(f"/accounts/{application.account_id}", f"{application.name} is deleted.")


def _application(ctx: AdminContext) -> Application:
    return get_application(ctx, ctx.path_id("application_id"))
