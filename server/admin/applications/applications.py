"""Applications: list, create, show with credentials and usage, change, and their states."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.accounts.accounts import account_of
from server.actions.analytics.usage import Standing, standing_of
from server.actions.applications.applications import (
    NewApplication,
    accept_application,
    application_of,
    applications_query,
    change_application_plan,
    create_application,
    delete_application,
    resume_application,
    suspend_application,
    update_application,
)
from server.actions.applications.keys import keys_of, user_key_of
from server.actions.plans.plans import application_plans_query
from server.admin.accounts.accounts import plan_choices
from server.admin.lists import Pager, by_id, page_through
from server.admin.render import render
from server.admin.screen import Screen
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import MOST_KEYS, Application
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
    user_key: str
    keys: Sequence[tuple[int, str]]
    most_keys: int
    standings: Sequence[Standing]
    moves: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewApplicationPage:
    """The form of a new application of an account."""

    account: Account
    plans: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class EditApplicationPage:
    """The form of an application's texts."""

    application: Application


def index(screen: Screen) -> Response:
    """List applications, newest first."""
    state, search = screen.query("state"), screen.query("search")
    query = applications_query(screen.actor)
    if state:
        query = query.where(Application.state == state)
    if search:
        query = query.where(col(Application.name).icontains(search, autoescape=True))
    found = page_through(screen, NEWEST, query)
    page = ApplicationsPage(
        found,
        by_id(screen.db, Account, (row.account_id for row in found.rows)),
        by_id(screen.db, ApplicationPlan, (row.plan_id for row in found.rows)),
        by_id(screen.db, Service, (row.service_id for row in found.rows)),
        STATES,
        search,
        state,
    )
    return render(screen, "applications/index.html.j2", page)


def new(screen: Screen) -> Response:
    """Show the form of a new application."""
    screen.actor.require(Permission.APPLICATIONS_EDIT)
    account = account_of(screen.db, screen.actor, screen.path_id("account_id"))
    page = NewApplicationPage(account, plan_choices(screen))
    return render(screen, "applications/new.html.j2", page)


def create(screen: Screen) -> Response:
    """Give an account an application."""
    draft = NewApplication(
        account_id=screen.path_id("account_id"),
        plan_id=screen.number("plan_id"),
        name=screen.text("name"),
        description=screen.text("description"),
        user_key=screen.text("user_key") or None,
    )
    application = create_application(screen.db, screen.actor, screen.installation, draft)
    return screen.go(f"/applications/{application.id}", f"{application.name} is created.")


def show(screen: Screen) -> Response:
    """Show one application."""
    db, vault = screen.db, screen.installation.vault
    application = _application(screen)
    plans = application_plans_query(screen.actor).where(
        ApplicationPlan.service_id == application.service_id
    )
    keys = keys_of(db, application.id)
    page = ApplicationPage(
        application,
        db.get_one(Account, application.account_id),
        db.get_one(Service, application.service_id),
        db.get_one(ApplicationPlan, application.plan_id),
        db.exec(plans.order_by(col(ApplicationPlan.position), col(ApplicationPlan.id))).all(),
        user_key_of(vault, application),
        [(key.id, vault.unseal(key.sealed)) for key in keys],
        MOST_KEYS,
        standing_of(db, application, screen.now),
        [name for name in MOVES if application.state in CONTRACT[name][0]],
    )
    return render(screen, "applications/show.html.j2", page)


def edit(screen: Screen) -> Response:
    """Show the form of an application's texts."""
    screen.actor.require(Permission.APPLICATIONS_EDIT)
    page = EditApplicationPage(_application(screen))
    return render(screen, "applications/edit.html.j2", page)


def update(screen: Screen) -> Response:
    """Change an application's texts."""
    application_id = screen.path_id("application_id")
    update_application(screen.db, screen.actor, application_id, screen.texts(*TEXTS))
    return screen.go(f"/applications/{application_id}", "The application is saved.")


def move(screen: Screen) -> Response:
    """Take an application to another state."""
    name = screen.request.path_params["event"]
    if name not in MOVES:
        raise NotFound("There is no such page.")
    act, done = MOVES[name]
    application = act(screen.db, screen.actor, screen.path_id("application_id"))
    return screen.go(f"/applications/{application.id}", f"{application.name} {done}")


def change_plan(screen: Screen) -> Response:
    """Move an application to another plan of its service."""
    application_id = screen.path_id("application_id")
    change_application_plan(screen.db, screen.actor, application_id, screen.number("plan_id"))
    return screen.go(f"/applications/{application_id}", "The plan is changed; its limits hold now.")


def delete(screen: Screen) -> Response:
    """Take an application away."""
    application_id = screen.path_id("application_id")
    application = delete_application(screen.db, screen.actor, application_id)
    return screen.go(f"/accounts/{application.account_id}", f"{application.name} is deleted.")


def _application(screen: Screen) -> Application:
    return application_of(screen.db, screen.actor, screen.path_id("application_id"))
