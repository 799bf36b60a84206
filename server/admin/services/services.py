"""APIs of the provider: list, create, overview, settings, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col
from starlette.responses import Response

from server.actions.applications.applications import applications_query
from server.actions.resources import Resource, Row
from server.actions.secrets import reveal
from server.actions.services.configs import find_current_config
from server.actions.services.lists import LISTINGS, ServiceFilter, ServiceSort, narrowed_services
from server.actions.services.lookup import get_proxy, get_service
from server.actions.services.services import (
    SERVICES,
    create_service,
    delete_service,
    make_default_service,
    move_service,
    update_service,
)
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, is_narrowed, page_through
from server.admin.plans.changes import PERMISSIONS
from server.admin.render import render, words
from server.domain.applications.applications import Application
from server.domain.errors import NotFound
from server.domain.messages.alerts import EVERY_LEVEL
from server.domain.permissions import Permission
from server.domain.services.configs import ProxyConfig
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.domain.states import SERVICE, events_from

FLAG_LABELS: Mapping[str, tuple[str, str]] = {
    "buyers_manage_apps": ("Developers manage applications", "Create, change and delete them."),
    "buyers_manage_keys": ("Developers manage keys", "Add and delete application keys."),
    "custom_keys_enabled": ("Developers may choose keys", "Else all keys are made for them."),
    "buyer_key_regenerate_enabled": ("Developers may replace the user key", ""),
    "mandatory_app_key": (
        "Applications need a key",
        "With app_id and app_key: one is made at once, and developers can't delete the last.",
    ),
    "referrer_filters_required": (
        "Referrer filters are required",
        "Calls must come from a host that a filter of the application names; applications without "
        "a filter are let in from anywhere.",
    ),
    "intentions_required": (
        "Ask what the application is for",
        "Developers can't create or change one without a description. Not asked at signup.",
    ),
    "buyer_can_select_plan": (
        "Developers choose the plan",
        "At signup and when they create an application; else they get the default plan.",
    ),
    "staging_offered": (
        "Offer staging until the API is promoted",
        "The developer portal shows the staging gateway's address; else only that the API is "
        "not open for calls yet.",
    ),
}
CHANNELS: Mapping[str, str] = {
    "web_provider_levels": "Shown to you",
    "email_provider_levels": "Mailed to you",
    "web_buyer_levels": "Shown to the developers of the application",
    "email_buyer_levels": "Mailed to them",
}
DEPLOYMENT_OPTIONS = (
    ("hosted", "Ours"),
    ("self_managed", "Your own, which read their configuration here"),
    *(
        (f"plugin_{language.lower()}", f"None: your API asks, by a plug-in for {language}")
        for language in ("Ruby", "Java", "Python", "NodeJS", "PHP", "REST", "CSharp")
    ),
    ("service_mesh_istio", "An Istio service mesh"),
)
# What may happen to the state of an API: the button, and what it means.
STATE_EVENTS: Mapping[str, tuple[str, str]] = {
    "complete": ("Complete it", "It is set up, and hidden until it is published."),
    "publish": ("Publish", "Developers see it, subscribe to it and call it."),
    "hide": (
        "Hide",
        "Nobody new sees it or subscribes. Who uses it already keeps seeing it, and calls go on.",
    ),
    "take_offline": (
        "Take it offline",
        "Every call is refused within seconds, and developers who do not use it see it no more.",
    ),
    "deprecate": (
        "Deprecate",
        "Nobody new sees it or subscribes; calls go on. There is no way back but a new API.",
    ),
}
STATES = ("published", "hidden", "incomplete", "offline", "deprecated")
SORTS = (("oldest", "Oldest first"), ("newest", "Newest first"), ("name", "Name"))
AUTH_MODES = (
    ("1", "API key (user_key)"),
    ("2", "Application id and key (app_id, app_key)"),
    ("oauth", "OpenID Connect (kept, but no gateway here does it yet)"),
)


@dataclass(frozen=True, slots=True)
class ServicesPage:
    """The list of services with how many applications each has."""

    services: Pager[Service]
    application_counts: Mapping[int, int]
    search: str
    filters: Sequence[Filter]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class NewServicePage:
    auth_modes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ServicePage:
    service: Service
    proxy: Proxy
    application_count: int
    staging: ProxyConfig | None
    production: ProxyConfig | None
    staging_url: str
    production_url: str
    service_token: str | None  # None to who may not read it


@dataclass(frozen=True, slots=True)
class EditServicePage:
    service: Service
    application_count: int
    auth_modes: Sequence[tuple[str, str]]
    flags: Mapping[str, tuple[str, str]]
    plan_permissions: Sequence[tuple[str, str]]
    deployment_options: Sequence[tuple[str, str]]
    channels: Mapping[str, str]
    levels: str
    state_events: Sequence[tuple[str, str, str]]  # the event, the button, what it means


def get_service_in_path(ctx: AdminContext) -> Service:
    """Find the service that the address names. Raises: NotFound."""
    ctx.actor.require(Permission.SERVICES_READ)
    return get_service(ctx, ctx.path_id("service_id"))


def get_in_service(
    ctx: AdminContext, service: Service, resource: Resource[Row], name: str, noun: str
) -> Row:
    """Find what the address names, by `rule_id` for example, in the service. Raises: NotFound."""
    model: Any = resource.model
    query = resource.query(ctx.actor).where(
        model.id == ctx.path_id(name), model.service_id == service.id
    )
    row = ctx.db.exec(query).first()
    if row is None:
        raise NotFound(f"There is no such {noun}.")
    return row


def index(ctx: AdminContext) -> Response:
    """List the APIs, oldest first unless told."""
    search = ctx.query("search")
    state = Filter.read(ctx, "state", "State", [(state, words(state)) for state in STATES])
    sort = Filter.read(ctx, "sort", "Sorted by", SORTS, every="")
    wanted = ServiceFilter(state=state.value, search=search)
    listing = LISTINGS[ServiceSort(sort.value)]
    services = page_through(ctx, listing, narrowed_services(ctx.actor, wanted))
    counts = _application_counts(ctx, [service.id for service in services.rows])
    page = ServicesPage(services, counts, search, [state, sort], is_narrowed(search, [state]))
    return render(ctx, "services/index.html.j2", page)


def _application_counts(ctx: AdminContext, service_ids: Sequence[int]) -> dict[int, int]:
    if not ctx.actor.may(Permission.APPLICATIONS_READ):
        return {}
    key = col(Application.service_id)
    query = applications_query(ctx.actor).where(key.in_(service_ids)).group_by(key)
    rows = ctx.db.execute(query.with_only_columns(key, func.count()))
    return {int(service_id): int(count) for service_id, count in rows}


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    return render(ctx, "services/new.html.j2", NewServicePage(AUTH_MODES))


def create(ctx: AdminContext) -> Response:
    """Create a service and put it into staging."""
    service = create_service(ctx, {**ctx.sent(SERVICES), **ctx.texts("api_backend")})
    notice = f"{service.name} is created. Now tell the gateway where it is, and test it."
    return ctx.go(f"/services/{service.id}/integration", notice)


def show(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    db, addresses = ctx.db, ctx.installation.addresses
    page = ServicePage(
        service,
        get_proxy(db, service),
        _application_counts(ctx, [service.id]).get(service.id, 0),
        find_current_config(db, service.id, "staging"),
        find_current_config(db, service.id, "production"),
        addresses.gateway(ctx.provider, service, "staging"),
        addresses.gateway(ctx.provider, service, "production"),
        reveal(ctx, service, "service_token_sealed"),
    )
    return render(ctx, "services/show.html.j2", page)


def edit(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    count = _application_counts(ctx, [service.id]).get(service.id, 0)
    page = EditServicePage(
        service,
        count,
        AUTH_MODES,
        FLAG_LABELS,
        PERMISSIONS,
        DEPLOYMENT_OPTIONS,
        CHANNELS,
        EVERY_LEVEL,
        [
            (event, *STATE_EVENTS[event])
            for event in events_from(SERVICE, service.state)
            if event in STATE_EVENTS
        ],
    )
    return render(ctx, "services/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    service_id = ctx.path_id("service_id")
    update_service(ctx, service_id, ctx.sent(SERVICES))
    return ctx.go(f"/services/{service_id}/settings", "The settings are saved and in staging.")


def change_state(ctx: AdminContext) -> Response:
    """Let an event happen to the state of an API, such as `hide`."""
    service = move_service(ctx, ctx.path_id("service_id"), ctx.text("state_event"))
    return ctx.go(f"/services/{service.id}/settings", f"{service.name} is {service.state} now.")


def make_default(ctx: AdminContext) -> Response:
    service = make_default_service(ctx, ctx.path_id("service_id"))
    return ctx.go(f"/services/{service.id}/settings", f"{service.name} is the default now.")


def delete(ctx: AdminContext) -> Response:
    service = delete_service(ctx, ctx.path_id("service_id"))
    return ctx.go("/services", f"{service.name} is deleted.")
