"""The integration page of a service: settings, test call, staging, production."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col
from starlette.responses import Response

from server.actions.secrets import reveal
from server.actions.services.backend_apis import list_usages
from server.actions.services.configs import configs_query, find_current_config, promote
from server.actions.services.documents import build_document, document_of, without_secrets
from server.actions.services.lookup import get_proxy
from server.actions.services.mapping_rules import list_rules
from server.actions.services.metrics import list_metrics
from server.actions.services.policies import PolicyInfo, list_policies, shown_chain
from server.actions.services.proxies import PROXIES, record_test, update_proxy
from server.actions.services.sample_calls import SampleCall, shown_sample_call
from server.actions.services.unready import list_unready_of
from server.admin.context import AdminContext
from server.admin.differences import Difference, differences_of
from server.admin.page_face import AdminRequest
from server.admin.render import render
from server.admin.services.mapping_rules import counts_twice, method_choices
from server.admin.services.services import get_service_in_path
from server.domain.permissions import Permission
from server.domain.services.backend_apis import BackendApi, BackendUsage
from server.domain.services.configs import ENVIRONMENTS, ProxyConfig
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.proxies import Proxy
from server.domain.services.services import Service
from server.web.pages import parse_id

NEWEST_VERSIONS = 5
LOCATIONS = (
    ("query", "Query string, or the body of a form"),
    ("headers", "HTTP headers"),
    ("authorization", "HTTP Basic authentication"),
)
PATH_READINGS = (
    ("refuse", "Refused: no rule is got around"),
    ("without_parameters", "Let in; rules don't see parameters, as Java servers don't"),
    ("as_written", "Let in; ';' and backslash are characters like others"),
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
    path_readings: Sequence[tuple[str, str]]
    errors: Sequence[tuple[str, str, str]]
    staging: Environment
    production: Environment
    undeployed: Sequence[Difference]
    unpromoted: Sequence[Difference]
    policies: Sequence[PolicyInfo]
    secret_token: str | None  # None to who may not read it
    policy_chain: str  # empty while it is apicast alone
    has_old_result: bool  # of a test call of what was set up before
    counts_twice: bool
    usages: Sequence[tuple[BackendUsage, BackendApi]]
    unready: Sequence[str]  # what no gateway here does yet


def show(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    proxy = get_proxy(ctx.db, service)
    chain = shown_chain(ctx, proxy)
    metrics = list_metrics(ctx.db, service.id)
    staging, production = (_environment(ctx, service, name) for name in ENVIRONMENTS)
    wanted = build_document(ctx.db, ctx.installation, service)
    undeployed = _differences(ctx, staging.current, wanted) if staging.current else []
    rules = list_rules(ctx.db, service.id)
    by_id = {metric.id: metric for metric in metrics}
    page = IntegrationPage(
        service,
        proxy,
        rules,
        by_id,
        method_choices(),
        [(str(metric.id), metric.friendly_name) for metric in metrics],
        LOCATIONS,
        PATH_READINGS,
        ERROR_LABELS,
        staging,
        production,
        undeployed,
        _unpromoted(ctx, staging.current, production.current),
        list_policies(),
        reveal(ctx, proxy, "secret_token_sealed"),
        json.dumps(chain, indent=2, ensure_ascii=False) if chain else "",
        bool(undeployed) or _is_older(proxy, staging.current),
        counts_twice(rules, by_id),
        list_usages(ctx.db, service.id),
        list_unready_of(ctx, proxy),
    )
    return render(ctx, "proxies/show.html.j2", page)


def _is_older(proxy: Proxy, staged: ProxyConfig | None) -> bool:
    """Return whether the test call was made before what is in staging."""
    at = proxy.api_tested_at
    return at is not None and staged is not None and staged.created_at > at


def _environment(ctx: AdminContext, service: Service, name: str) -> Environment:
    query = configs_query(ctx.actor, service.id, name).order_by(col(ProxyConfig.id).desc())
    call = None
    if ctx.actor.may(Permission.APPLICATIONS_READ):
        call = shown_sample_call(ctx, service, name)
    return Environment(
        name,
        ctx.installation.addresses.gateway(ctx.provider, service, name),
        find_current_config(ctx.db, service.id, name),
        ctx.db.exec(query.limit(NEWEST_VERSIONS)).all(),
        call,
    )


def _differences(
    ctx: AdminContext, before: ProxyConfig, after: Mapping[str, Any]
) -> list[Difference]:
    return differences_of(document_of(ctx.installation, before), after, without_secrets)


def _unpromoted(
    ctx: AdminContext, staging: ProxyConfig | None, production: ProxyConfig | None
) -> list[Difference]:
    if staging is None or production is None:
        return []
    return _differences(ctx, production, document_of(ctx.installation, staging))


def update_and_test(page_request: AdminRequest) -> Response:
    """Save the settings, put them into staging, and call the upstream through it.

    The call goes out between two transactions, so that a slow upstream blocks nobody.
    """
    with page_request.open() as ctx:
        service_id = ctx.path_id("service_id")
        changes = {**ctx.sent(PROXIES), **ctx.texts("lock_version")}
        update_proxy(ctx, service_id, changes)
    result = page_request.deps.probe(service_id)
    with page_request.open() as ctx:
        proxy = record_test(ctx, service_id, result)
        unready = list_unready_of(ctx, proxy)
        done = f"Saved; not deployed: {', '.join(unready)}." if unready else "Saved and in staging."
        return ctx.go(f"/services/{service_id}/integration", done)


def promote_to_production(ctx: AdminContext) -> Response:
    """Copy a staging version to production, the newest one by default."""
    service_id, version = ctx.path_id("service_id"), ctx.text("version")
    wanted = parse_id(version) if version else None
    config = promote(ctx, service_id, wanted)
    notice = f"Production runs version {config.version} now."
    return ctx.go(f"/services/{service_id}/integration", notice)
