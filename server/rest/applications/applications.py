"""Applications with their credentials. Source: reference-portal 1.3."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.accounts import get_account
from server.actions.applications.applications import (
    APPLICATIONS,
    accept_application,
    change_application_plan,
    create_application,
    delete_application,
    get_application,
    note_first_calls,
    resume_application,
    suspend_application,
    update_application,
)
from server.actions.applications.keys import keys_by_application, replace_user_key
from server.actions.applications.lists import ApplicationFilter, PlanType, narrowed_applications
from server.actions.applications.referrer_filters import filters_by_application
from server.actions.narrowing import Narrowed
from server.actions.plans.plans import APPLICATION_PLANS
from server.actions.secrets import may_read, reveal
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.applications.applications import (
    Application,
    ApplicationDraft,
    ApplicationId,
    ApplicationKey,
    FirstCalls,
    UserKey,
)
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.attributes import ShortText, When, Whole
from server.domain.drafts import Draft, changes_model
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service
from server.kit.ids import MOST_ID
from server.rest.accounts.subscriptions import PlanChoice
from server.rest.answers import Gone, Listed, Made, One
from server.rest.applications.oidc import PARTS as OF_OIDC
from server.rest.context import RestContext
from server.rest.fields import DefinedFields, with_fields
from server.rest.formats import Format
from server.rest.operations import Operation
from server.rest.params import listed
from server.rest.plans.plans import APPLICATION_PLAN
from server.rest.shapes import Field, Inside, Links, Shape, Texts, columns, computed


def _services(work: Work, applications: Sequence[Application]) -> Mapping[int, Service]:
    """Read the services of applications. Cost: one statement."""
    query = select(Service).where(col(Service.id).in_({one.service_id for one in applications}))
    return {one.id: one for one in work.db.exec(query)}


def _accounts(work: Work, applications: Sequence[Application]) -> Mapping[int, tuple[str, str]]:
    """Read name and state of the accounts of applications. Cost: one statement."""
    ids = {one.account_id for one in applications}
    query = select(Account.id, Account.org_name, Account.state).where(col(Account.id).in_(ids))
    return {account_id: (name, state) for account_id, name, state in work.db.exec(query)}


def _key_users(work: Work, applications: Sequence[Application]) -> set[int]:
    """Return which applications call with a user_key, by the way of their service."""
    services = _services(work, applications)
    return {one.id for one in applications if services[one.service_id].backend_version == "1"}


def _user_key(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], str | None]:
    simple = _key_users(work, applications)
    return lambda row: reveal(work, row, "user_key_sealed") if row.id in simple else None


def _application_id(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], str | None]:
    simple = _key_users(work, applications)
    return lambda row: None if row.id in simple else row.application_id


def _enabled(work: Work, applications: Sequence[Application]) -> Callable[[Application], bool]:
    accounts = _accounts(work, applications)
    return lambda row: row.state == "live" and accounts[row.account_id][1] == "approved"


def _org_name(work: Work, applications: Sequence[Application]) -> Callable[[Application], str]:
    accounts = _accounts(work, applications)
    return lambda row: accounts[row.account_id][0]


def _service_name(work: Work, applications: Sequence[Application]) -> Callable[[Application], str]:
    services = _services(work, applications)
    return lambda row: services[row.service_id].name


def _plan_name(work: Work, applications: Sequence[Application]) -> Callable[[Application], str]:
    plans = _plan(work, applications)
    return lambda row: str(plans[row.id][0].name)


def _keys(
    work: Work, applications: Sequence[Application]
) -> Callable[[Application], list[str] | None]:
    simple = _key_users(work, applications)
    keys = keys_by_application(work.db, [one.id for one in applications])

    def read(row: Application) -> list[str] | None:
        known = [reveal(work, key, "sealed") for key in keys.get(row.id, ())]
        is_told = row.id not in simple and may_read(work.actor, ApplicationKey, "sealed")
        return [key for key in known if key is not None] if is_told else None

    return read


def _filters(
    work: Work, applications: Sequence[Application]
) -> Mapping[int, Sequence[ReferrerFilter]]:
    """Read the filters of those whose API asks for them, as the reference shows them."""
    ids = {one.service_id for one in applications}
    services = select(Service).where(col(Service.id).in_(ids), Service.referrer_filters_required)
    asking = {one.id for one in work.db.exec(services)}
    wanted = [one.id for one in applications if one.service_id in asking]
    found = filters_by_application(work.db, wanted)
    return {application_id: found.get(application_id, ()) for application_id in wanted}


def _plan(
    work: Work, applications: Sequence[Application]
) -> Mapping[int, Sequence[ApplicationPlan]]:
    ids = {one.plan_id for one in applications}
    query = APPLICATION_PLANS.query(work.actor).where(col(ApplicationPlan.id).in_(ids))
    plans = {plan.id: plan for plan in work.db.exec(query)}
    return {one.id: [plans[one.plan_id]] for one in applications}


REFERRER_FILTER = Shape(
    name="referrer_filter",
    model=ReferrerFilter,
    parts=columns("id", "value", "created_at"),
)
PATH = "/accounts/{account_id}/applications"
OWN = f"{PATH}/{{id}}"
JSON, XML = Format.JSON, Format.XML
APPLICATION = Shape(
    name="application",
    model=Application,
    parts=(
        *columns("id", "created_at", "updated_at", "state"),
        computed("user_account_id", int, lambda row: row.account_id, only=XML),
        Field("enabled", load=_enabled, type=bool, only=JSON),
        *columns("first_traffic_at", "first_daily_traffic_at", "service_id"),
        Field("service_name", load=_service_name, type=str, only=JSON),
        *columns("plan_id", only=JSON),
        Field("plan_name", load=_plan_name, type=str, only=JSON),
        *columns("account_id", only=JSON),
        Field("org_name", load=_org_name, type=str, only=JSON),
        Field("user_key", load=_user_key, type=str, hides=True),
        Field("application_id", load=_application_id, type=str, hides=True),
        *columns("redirect_url", hides=True),
        *OF_OIDC,
        Texts("keys", "key", load=_keys, only=XML),
        Inside("plan", ((APPLICATION_PLAN, _plan),), is_one=True, only=XML),
        *columns("name", hides=True),
        DefinedFields(FieldTarget.APPLICATION),
        Inside("referrer_filters", ((REFERRER_FILTER, _filters),), hides=True, only=XML),
        Links(
            {
                "self": "/accounts/{account_id}/applications/{id}",
                "service": "/services/{service_id}",
                "account": "/accounts/{account_id}",
                "plan": "/services/{service_id}/application_plans/{plan_id}",
                "keys": "/accounts/{account_id}/applications/{id}/keys",
                "referrer_filters": "/accounts/{account_id}/applications/{id}/referrer_filters",
            }
        ),
    ),
)
RowId = Annotated[int, Whole(1, MOST_ID)]


class ApplicationFilters(Draft):
    """What a list of applications may be narrowed by."""

    service_id: RowId | None = None
    plan_id: RowId | None = None
    plan_type: PlanType | None = None
    active_since: When | None = None
    inactive_since: When | None = None
    state: ShortText = ""
    name: ShortText = ""
    user_key: ShortText = ""


class StateFilter(Draft):
    """What the applications of an account may be narrowed by."""

    state: ShortText = ""


class ApplicationKeys(Draft):
    """What an application is found by: a credential as its API takes it, else its id."""

    user_key: ShortText = ""
    app_id: ShortText = ""
    application_id: RowId | None = None
    service_id: RowId | None = None


class OwnKeys(Draft):
    """What an application of an account is found by."""

    user_key: ShortText = ""
    app_id: ShortText = ""


class ApplicationBody(ApplicationDraft):
    """What an application is created of."""

    plan_id: RowId
    user_key: UserKey = ""
    application_id: ApplicationId = ""
    application_key: Annotated[list[ShortText], BeforeValidator(listed)] = []
    first_traffic_at: When | None = None
    first_daily_traffic_at: When | None = None


class ApplicationUpdate(FirstCalls, ApplicationDraft):
    """What may be changed of an application."""

    user_key: UserKey = ""


ApplicationUpdateChanges = changes_model(ApplicationUpdate)


def list_all(ctx: RestContext) -> Narrowed[Application]:
    """Select the applications of all services that the filters fit."""
    given = ctx.given(ApplicationFilters)
    key = given.pop("user_key", "")
    digest = ctx.installation.vault.digest(key) if key else None
    return narrowed_applications(ctx, ApplicationFilter(user_key_digest=digest, **given))


def list_own(ctx: RestContext) -> Narrowed[Application]:
    """Select the applications of the path's account. Raises: NotFound."""
    account = get_account(ctx, ctx.path_id("account_id"))
    wanted = ApplicationFilter(account_id=account.id, **ctx.given(StateFilter))
    return narrowed_applications(ctx, wanted)


def find(ctx: RestContext) -> Application:
    """Find an application by its credential, of one API or of all, or by its id.

    Raises: NotFound.
    """
    keys = ctx.given(ApplicationKeys)
    wanted = ApplicationFilter(service_id=keys.get("service_id"))
    return _first(ctx, narrowed_applications(ctx, wanted).query, keys)


def find_own(ctx: RestContext) -> Application:
    """Find an application of the path's account by its credential. Raises: NotFound."""
    account = get_account(ctx, ctx.path_id("account_id"))
    query = narrowed_applications(ctx, ApplicationFilter(account_id=account.id)).query
    return _first(ctx, query, ctx.given(OwnKeys))


def _first(
    ctx: RestContext, query: SelectOfScalar[Application], keys: Mapping[str, Any]
) -> Application:
    by_key = col(Service.backend_version) == "1"
    if keys.get("user_key"):
        digest = ctx.installation.vault.digest(keys["user_key"])
        fits: Any = (by_key, Application.user_key_digest == digest)
    elif keys.get("app_id"):
        fits = (~by_key, Application.application_id == keys["app_id"])
    else:
        fits = (Application.id == keys.get("application_id"),)
    query = query.join(Service, col(Service.id) == col(Application.service_id)).where(*fits)
    found = ctx.db.exec(query.order_by(col(Application.id))).first()
    if found is None:
        raise NotFound("There is no such application.")
    return found


def create(ctx: RestContext) -> Application:
    """Make an application of the account, which is subscribed to the API if need be."""
    account = get_account(ctx, ctx.path_id("account_id"))
    given = ctx.given(ApplicationBody)
    plan_id = given.pop("plan_id")
    values = with_fields(ctx, FieldTarget.APPLICATION, given)
    values["application_keys"] = values.pop("application_key", [])
    return create_application(ctx, account.id, plan_id, values, origin="api")


def update(ctx: RestContext) -> Application:
    """Change what is given of an application; another user_key holds at once."""
    application = get_of_path(ctx)
    given = ctx.given(ApplicationUpdateChanges)
    key = given.pop("user_key", "")
    times = {name: given.pop(name) for name in FirstCalls.model_fields if name in given}
    if times:
        note_first_calls(ctx, application.id, times)
    update_application(ctx, application.id, with_fields(ctx, FieldTarget.APPLICATION, given))
    if key and ctx.installation.vault.digest(key) != application.user_key_digest:
        replace_user_key(ctx, application.id, key)
    return application


def change_plan(ctx: RestContext) -> ApplicationPlan:
    """Move an application to another plan of its API, and show that."""
    application = get_of_path(ctx)
    change_application_plan(ctx, application.id, ctx.given(PlanChoice)["plan_id"])
    return APPLICATION_PLANS.get(ctx, application.plan_id)


def list_plans(ctx: RestContext) -> SelectOfScalar[ApplicationPlan]:
    """Select the plans that applications of the account are on."""
    account = get_account(ctx, ctx.path_id("account_id"))
    mine = select(Application.plan_id).where(Application.account_id == account.id)
    return APPLICATION_PLANS.query(ctx.actor).where(col(ApplicationPlan.id).in_(mine))


def buy(ctx: RestContext) -> ApplicationPlan:
    """Make an application of the account on the plan of the path, and show that."""
    account = get_account(ctx, ctx.path_id("account_id"))
    plan = APPLICATION_PLANS.get(ctx, ctx.path_id())
    values = with_fields(ctx, FieldTarget.APPLICATION, ctx.given(ApplicationUpdateChanges))
    values.setdefault("name", f"{account.org_name}'s App")
    create_application(ctx, account.id, plan.id, values, origin="api")
    return plan


def get_of_path(ctx: RestContext, name: str = "id") -> Application:
    """Find the application of the path, where the path says that it is. Raises: NotFound."""
    application = get_application(ctx, ctx.path_id(name))
    if application.account_id != ctx.path_id("account_id"):
        raise NotFound("There is no such object here.", field="account_id")
    return application


def _delete(ctx: RestContext) -> None:
    delete_application(ctx, get_of_path(ctx).id)


MOVES: tuple[tuple[str, str, Any], ...] = (
    ("accept", "Make an application that waits live.", accept_application),
    ("suspend", "Stop an application's calls.", suspend_application),
    ("resume", "Let a suspended application call again.", resume_application),
)


def _move(word: str, summary: str, act: Any) -> Operation:
    path, answer = f"{OWN}/{word}", One(APPLICATION)
    return Operation("PUT", path, summary, EDIT, lambda ctx: act(ctx, get_of_path(ctx).id), answer)


READ, EDIT = Permission.APPLICATIONS_READ, Permission.APPLICATIONS_EDIT
OPERATIONS = (
    Operation(
        "GET",
        "/applications",
        "List applications of all APIs.",
        READ,
        list_all,
        Listed(APPLICATION, is_paged=True),
        filters=ApplicationFilters,
    ),
    Operation(
        "GET",
        "/applications/find",
        "Find an application by user_key or app_id, as its API takes them, else by its id.",
        READ,
        find,
        One(APPLICATION),
        filters=ApplicationKeys,
    ),
    Operation(
        "GET",
        PATH,
        "List applications of an account.",
        READ,
        list_own,
        Listed(APPLICATION, is_paged=True),
        filters=StateFilter,
    ),
    Operation(
        "POST",
        PATH,
        "Make an application; the account is subscribed to the API if it is not.",
        EDIT,
        create,
        Made(APPLICATION, OWN),
        takes=ApplicationBody,
        called=(("keys", "application_key"), ("key", "application_key")),
        wrappers=("application",),
        resource=APPLICATIONS,
    ),
    Operation(
        "GET",
        f"{PATH}/find",
        "Find an application of an account by user_key or app_id.",
        READ,
        find_own,
        One(APPLICATION),
        filters=OwnKeys,
    ),
    Operation(
        "GET",
        OWN,
        "Show an application.",
        READ,
        get_of_path,
        One(APPLICATION),
        resource=APPLICATIONS,
    ),
    *(
        Operation(
            method,
            OWN,
            "Change an application: what is left out stays.",
            EDIT,
            update,
            One(APPLICATION),
            takes=ApplicationUpdateChanges,
            wrappers=("application",),
            resource=APPLICATIONS,
        )
        for method in ("PUT", "PATCH")
    ),
    Operation("DELETE", OWN, "Delete an application.", EDIT, _delete, Gone()),
    *(_move(*each) for each in MOVES),
    Operation(
        "PUT",
        f"{OWN}/change_plan",
        "Move an application to another plan of its API; the answer is the plan.",
        EDIT,
        change_plan,
        One(APPLICATION_PLAN),
        takes=PlanChoice,
    ),
    Operation(
        "GET",
        "/accounts/{account_id}/application_plans",
        "List the plans that applications of an account are on.",
        READ,
        list_plans,
        Listed(APPLICATION_PLAN),
    ),
    Operation(
        "POST",
        "/accounts/{account_id}/application_plans/{id}/buy",
        "Make an application of an account on this plan; the answer is the plan.",
        EDIT,
        buy,
        Made(APPLICATION_PLAN, "/accounts/{account_id}/application_plans"),
        takes=ApplicationUpdateChanges,
        wrappers=("application",),
    ),
)
