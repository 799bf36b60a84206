"""The integration page of a service: settings, test call, staging, production."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col
from starlette.responses import Response

from server.actions.services.documents import document_of
from server.actions.services.mapping_rules import rules_of
from server.actions.services.metrics import metrics_of
from server.actions.services.proxies import (
    ERRORS,
    configs_query,
    current_config,
    promote,
    record_test,
    update_proxy,
)
from server.actions.services.sample_calls import SampleCall, sample_call
from server.actions.services.services import proxy_of
from server.admin.differences import Difference, differences_of
from server.admin.edge import Entry
from server.admin.render import render
from server.admin.screen import Screen, id_of
from server.admin.services.mapping_rules import method_choices
from server.admin.services.services import service_in_path
from server.domain.permissions import Permission
from server.domain.services.metrics import Metric
from server.domain.services.proxies import ENVIRONMENTS, MappingRule, Proxy, ProxyConfig
from server.domain.services.services import Service

NEWEST_VERSIONS = 5
TEXTS = (
    "api_backend",
    "api_test_path",
    "hostname_rewrite",
    "secret_token",
    "credentials_location",
    "auth_user_key",
    "auth_app_id",
    "auth_app_key",
    *(f"error_{name}" for name in ERRORS),
    *(f"error_headers_{name}" for name in ERRORS),
)
STATUSES = tuple(f"error_status_{name}" for name in ERRORS)
LOCATIONS = (
    ("query", "Query string, or the body of a form"),
    ("headers", "HTTP headers"),
    ("authorization", "HTTP Basic authentication"),
)
ERROR_LABELS = (
    ("auth_missing", "Credentials missing", "The call brings no credentials."),
    ("auth_failed", "Authentication failed", "The credentials are unknown or suspended."),
    ("no_match", "No rule matched", "No mapping rule fits the call."),
    ("limits_exceeded", "Limit exceeded", "A limit of the plan is used up."),
)


@dataclass(frozen=True, slots=True)
class Environment:
    """One gateway: what it runs, what it ran, and how to call it."""

    name: str
    url: str
    current: ProxyConfig | None
    newest: Sequence[ProxyConfig]
    call: SampleCall | None


@dataclass(frozen=True, slots=True)
class IntegrationPage:
    """All that stands between a service's calls and its upstream."""

    service: Service
    proxy: Proxy
    rules: Sequence[MappingRule]
    metrics: dict[int, Metric]
    http_methods: Sequence[tuple[str, str]]
    metric_choices: Sequence[tuple[str, str]]
    locations: Sequence[tuple[str, str]]
    errors: Sequence[tuple[str, str, str]]
    staging: Environment
    production: Environment
    undeployed: Sequence[Difference]
    unpromoted: Sequence[Difference]


def show(screen: Screen) -> Response:
    """Show the integration page."""
    service = service_in_path(screen)
    metrics = metrics_of(screen.db, service.id)
    staging, production = (_environment(screen, service, name) for name in ENVIRONMENTS)
    wanted = document_of(screen.db, screen.installation, service)
    page = IntegrationPage(
        service,
        proxy_of(screen.db, service),
        rules_of(screen.db, service.id),
        {metric.id: metric for metric in metrics},
        method_choices(),
        [(str(metric.id), metric.friendly_name) for metric in metrics],
        LOCATIONS,
        ERROR_LABELS,
        staging,
        production,
        differences_of(staging.current.content, wanted) if staging.current else [],
        _unpromoted(staging.current, production.current),
    )
    return render(screen, "proxies/show.html.j2", page)


def _environment(screen: Screen, service: Service, name: str) -> Environment:
    query = configs_query(screen.actor, service.id, name).order_by(col(ProxyConfig.id).desc())
    call = None
    if screen.actor.may(Permission.APPLICATIONS_READ):
        call = sample_call(screen.db, screen.installation, service, name)
    return Environment(
        name,
        screen.installation.addresses.gateway(screen.provider, service, name),
        current_config(screen.db, service.id, name),
        screen.db.exec(query.limit(NEWEST_VERSIONS)).all(),
        call,
    )


def _unpromoted(staging: ProxyConfig | None, production: ProxyConfig | None) -> list[Difference]:
    if staging is None or production is None:
        return []
    return differences_of(production.content, staging.content)


def update_and_test(entry: Entry) -> Response:
    """Save the settings, put them into staging, and call the upstream through it.

    The call goes out between two transactions, so that a slow upstream blocks nobody.
    """
    with entry.screen() as screen:
        service_id = screen.path_id("service_id")
        changes: dict[str, str | int] = dict(screen.texts(*TEXTS))
        changes |= {name: screen.number(name) for name in STATUSES if screen.text(name)}
        if screen.text("lock_version"):
            changes["lock_version"] = screen.number("lock_version")
        update_proxy(screen.db, screen.actor, screen.installation, service_id, changes)
    result = entry.site.probe(service_id)
    with entry.screen() as screen:
        record_test(screen.db, screen.actor, screen.installation, service_id, result)
        return screen.go(f"/services/{service_id}/integration", "Saved and in staging.")


def promote_to_production(screen: Screen) -> Response:
    """Copy a staging version to production, the newest one by default."""
    service_id, version = screen.path_id("service_id"), screen.text("version")
    wanted = id_of(version) if version else None
    config = promote(screen.db, screen.actor, service_id, wanted)
    notice = f"Production runs version {config.version} now."
    return screen.go(f"/services/{service_id}/integration", notice)
