"""Applications: list, create, show with credentials and usage, change, and their states."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col
from starlette.responses import Response

from server.actions.accounts.accounts import get_account
from server.actions.analytics.refusals import count_refused_lately
from server.actions.analytics.usage import Standing, list_standings
from server.actions.applications import lists
from server.actions.applications.applications import (
    accept_application,
    accept_plan_request,
    change_application_plan,
    create_application,
    delete_application,
    get_application,
    refuse_plan_request,
    reject_application,
    resume_application,
    suspend_application,
    update_application,
)
from server.actions.applications.keys import list_keys
from server.actions.applications.lists import (
    LISTINGS,
    ApplicationFilter,
    ApplicationSort,
    narrowed_applications,
)
from server.actions.applications.referrer_filters import list_filters
from server.actions.messages.alerts import list_alerts
from server.actions.plans.custom_plans import shared_plans
from server.actions.secrets import reveal
from server.admin.accounts.accounts import (
    MOST_WAITING,
    account_chosen,
    plan_choices,
    service_choices,
    shown_if_chosen,
)
from server.admin.batches import act_on_many
from server.admin.context import AdminContext
from server.admin.fields import (
    FieldInput,
    FieldShown,
    field_filters,
    inputs_of,
    sent_fields,
    shown_of,
    wanted_values,
)
from server.admin.lists import (
    PAGE_SIZE,
    Day,
    Filter,
    Pager,
    by_id,
    created_between,
    is_narrowed,
    page_through,
)
from server.admin.render import render, words
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import MOST_KEYS, Application, NewApplication
from server.domain.applications.referrer_filters import MOST_FILTERS, ReferrerFilter
from server.domain.errors import Invalid
from server.domain.messages.alerts import Alert
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service
from server.domain.states import CONTRACT

STATES = ("live", "pending", "suspended", "deprecated")
WANTS_PLAN = "wants_plan"  # beside the states: its developer waits for another plan
TEXTS = ("redirect_url",)
SORTS = (("newest", "Newest first"), ("oldest", "Oldest first"), ("name", "Name"))
MANY = {
    "accept": (accept_application, "accepted"),
    "reject": (reject_application, "rejected and deleted"),
    "accept_plan_request": (accept_plan_request, "on the plan that was asked for"),
    "refuse_plan_request": (refuse_plan_request, "left on the old plan"),
}
MOVES = {
    "accept": (accept_application, "is accepted: its calls are let in."),
    "accept_plan_request": (accept_plan_request, "is on its new plan; its limits hold now."),
    "refuse_plan_request": (refuse_plan_request, "stays on its plan; its developer is told."),
    "suspend": (suspend_application, "is suspended: its calls are refused."),
    "resume": (resume_application, "may call again."),
}
STATE_MOVES = ("accept", "suspend", "resume")


OVERLAPS = (
    ("0", "at once"),
    ("1", "after an hour"),
    ("24", "after a day"),
    ("168", "after a week"),
    ("720", "after 30 days"),
)


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """The list of applications with what each row shows."""

    applications: Pager[Application]
    accounts: Mapping[int, Account]
    plans: Mapping[int, ApplicationPlan]
    services: Mapping[int, Service]
    search: str
    filters: Sequence[Filter | Day]
    is_filtered: bool
    waiting: str  # for what all that are shown wait: "approval", "plan", or nothing


@dataclass(frozen=True, slots=True)
class ApplicationPage:
    """One application: credentials in clear, plan, and where it stands against its limits."""

    application: Application
    account: Account
    service: Service
    plan: ApplicationPlan
    plans: Sequence[ApplicationPlan]
    wanted_plan: ApplicationPlan | None
    user_key: str | None  # None, as for keys, to who may not read secrets
    keys: Sequence[tuple[int, str | None, datetime | None]]  # id, key, when it ends
    overlaps: Sequence[tuple[str, str]]
    most_keys: int
    filters: Sequence[ReferrerFilter]
    most_filters: int
    standings: Sequence[Standing]
    refused: int  # calls of the last 24 hours
    moves: Sequence[str]
    fields: Sequence[FieldShown]
    alerts: Sequence[Alert]


@dataclass(frozen=True, slots=True)
class NewApplicationPage:
    account: Account
    plans: Sequence[tuple[str, str]]
    fields: Sequence[FieldInput]


@dataclass(frozen=True, slots=True)
class EditApplicationPage:
    """The form of an application's texts."""

    application: Application
    fields: Sequence[FieldInput]


def index(ctx: AdminContext) -> Response:
    """List applications, newest first unless told."""
    search = ctx.query("search")
    states = [*((state, words(state)) for state in STATES), (WANTS_PLAN, "waiting for a plan")]
    state = Filter.read(ctx, "state", "State", states)
    plan = Filter.read(ctx, "plan", "Plan", plan_choices(ctx))
    service = Filter.read(ctx, "service", "API", service_choices(ctx))
    account = account_chosen(ctx)
    fields = field_filters(ctx, FieldTarget.APPLICATION)
    since, until = created_between(ctx)
    sort = Filter.read(ctx, "sort", "Sorted by", SORTS, every="")
    wants_plan = state.value == WANTS_PLAN
    wanted = ApplicationFilter(
        state="" if wants_plan else state.value,
        search=search,
        plan_id=plan.number,
        service_id=service.number,
        account_id=account.number,
        wants_plan=wants_plan,
        created_since=since.begins,
        created_until=until.ends,
        fields=wanted_values(fields),
    )
    waiting = {"pending": "approval", WANTS_PLAN: "plan"}.get(state.value, "")
    size = MOST_WAITING if waiting else PAGE_SIZE
    listing, narrowed = LISTINGS[ApplicationSort(sort.value)], narrowed_applications(ctx, wanted)
    found = page_through(ctx, listing, narrowed, size=size)
    narrowing: list[Filter | Day] = [
        state,
        plan,
        service,
        *shown_if_chosen(account),
        *fields,
        since,
        until,
    ]
    page = ApplicationsPage(
        found,
        by_id(ctx.db, Account, (row.account_id for row in found.rows)),
        by_id(ctx.db, ApplicationPlan, plan_ids(found.rows)),
        by_id(ctx.db, Service, (row.service_id for row in found.rows)),
        search,
        [*narrowing, sort],
        is_narrowed(search, narrowing),
        waiting,
    )
    return render(ctx, "applications/index.html.j2", page)


def plan_ids(rows: Iterable[Application]) -> Iterator[int]:
    """Name the plans that applications are on, and those that their developers wait for."""
    for row in rows:
        yield row.plan_id
        if row.wanted_plan_id is not None:
            yield row.wanted_plan_id


def find_by_key(ctx: AdminContext) -> Response:
    """Go to the application of a key, which no address ever holds. Raises: Invalid."""
    found = lists.find_by_key(ctx, ctx.text("key"))
    if not found:
        raise Invalid("is no key of an application here. Paste it as a whole.", field="key")
    names = ", ".join(row.name for row in found[1:])
    notice = f"The key is used by {names} too, of other APIs." if names else ""
    return ctx.go(f"/applications/{found[0].id}", notice)


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.APPLICATIONS_EDIT)
    account = get_account(ctx, ctx.path_id("account_id"))
    fields = inputs_of(ctx, FieldTarget.APPLICATION)
    page = NewApplicationPage(account, plan_choices(ctx), fields)
    return render(ctx, "applications/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    values = ctx.texts(*NewApplication.model_fields)
    values |= sent_fields(ctx, FieldTarget.APPLICATION)
    account_id, plan_id = ctx.path_id("account_id"), ctx.number("plan_id")
    application = create_application(ctx, account_id, plan_id, values)
    return ctx.go(f"/applications/{application.id}", f"{application.name} is created.")


def show(ctx: AdminContext) -> Response:
    db = ctx.db
    application = _application(ctx)
    plans = shared_plans(ctx.actor).where(ApplicationPlan.service_id == application.service_id)
    keys = list_keys(db, application.id)
    wanted = application.wanted_plan_id
    page = ApplicationPage(
        application,
        db.get_one(Account, application.account_id),
        db.get_one(Service, application.service_id),
        db.get_one(ApplicationPlan, application.plan_id),
        db.exec(plans.order_by(col(ApplicationPlan.position), col(ApplicationPlan.id))).all(),
        db.get(ApplicationPlan, wanted) if wanted else None,
        reveal(ctx, application, "user_key_sealed"),
        [(key.id, reveal(ctx, key, "sealed"), key.ends_at) for key in keys],
        OVERLAPS,
        MOST_KEYS,
        list_filters(db, application.id),
        MOST_FILTERS,
        list_standings(db, application, ctx.now),
        count_refused_lately(db, application, ctx.now),
        [name for name in STATE_MOVES if application.state in CONTRACT[name][0]],
        shown_of(ctx, FieldTarget.APPLICATION, application),
        list_alerts(ctx, application.id) if ctx.actor.may(Permission.USAGE_READ) else [],
    )
    return render(ctx, "applications/show.html.j2", page)


def edit(ctx: AdminContext) -> Response:
    """Show the form of an application's texts."""
    ctx.actor.require(Permission.APPLICATIONS_EDIT)
    application = _application(ctx)
    page = EditApplicationPage(application, inputs_of(ctx, FieldTarget.APPLICATION, application))
    return render(ctx, "applications/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    application_id = ctx.path_id("application_id")
    fields = sent_fields(ctx, FieldTarget.APPLICATION, _application(ctx))
    update_application(ctx, application_id, {**ctx.texts(*TEXTS), **fields})
    return ctx.go(f"/applications/{application_id}", "The application is saved.")


def move(ctx: AdminContext) -> Response:
    act, done = ctx.verb(MOVES)
    application = act(ctx, ctx.path_id("application_id"))
    return ctx.go_back(f"/applications/{application.id}", f"{application.name} {done}")


def reject(ctx: AdminContext) -> Response:
    """Turn down an application that waits: it is gone afterwards."""
    application = reject_application(ctx, ctx.path_id("application_id"))
    notice = f"{application.name} is rejected and deleted; its developer is told."
    return ctx.go_back("/applications", notice)


def move_many(ctx: AdminContext) -> Response:
    """Accept or turn down the applications, or their wishes, that were chosen in the list."""
    act, done = ctx.verb(MANY)
    return act_on_many(ctx, act, "/applications", done)


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
