"""Backend APIs: list, create, one with what it counts and who uses it, change, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import func
from sqlmodel import col, select
from starlette.responses import Response

from server.actions.services.backend_apis import (
    BACKEND_APIS,
    get_backend_api,
    list_backend_metrics,
)
from server.actions.services.mapping_rules import (
    BACKEND_RULES,
    MAPPING_RULES,
    list_backend_rules,
    move_mapping_rule,
)
from server.actions.services.metrics import BACKEND_METRICS, METRICS, create_method
from server.admin.context import AdminContext
from server.admin.lists import Pager, page_through
from server.admin.render import render
from server.admin.services.mapping_rules import method_choices
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.services.backend_apis import BackendApi, BackendUsage
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service

Part = TypeVar("Part", Metric, MappingRule)


@dataclass(frozen=True, slots=True)
class BackendApisPage:
    """The list of backend APIs with how many services use each."""

    backends: Pager[BackendApi]
    usage_counts: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class NewBackendApiPage:
    pass


@dataclass(frozen=True, slots=True)
class BackendApiPage:
    """One backend API; methods stand under `hits`."""

    backend: BackendApi
    metrics: Sequence[Metric]
    methods: Sequence[Metric]
    hits_id: int
    rules: Sequence[MappingRule]
    names: Mapping[int, str]  # of metrics
    http_methods: Sequence[tuple[str, str]]
    metric_choices: Sequence[tuple[str, str]]
    usages: Sequence[tuple[BackendUsage, Service]]


@dataclass(frozen=True, slots=True)
class BackendMetricPage:
    backend: BackendApi
    metric: Metric


@dataclass(frozen=True, slots=True)
class BackendRulePage:
    backend: BackendApi
    rule: MappingRule
    http_methods: Sequence[tuple[str, str]]
    metrics: Sequence[tuple[str, str]]


def index(ctx: AdminContext) -> Response:
    pager = page_through(ctx, BACKEND_APIS.listing, BACKEND_APIS.query(ctx.actor))
    ids = [row.id for row in pager.rows]
    counts = (
        select(BackendUsage.backend_api_id, func.count())
        .where(col(BackendUsage.backend_api_id).in_(ids))
        .group_by(col(BackendUsage.backend_api_id))
    )
    page = BackendApisPage(pager, dict(ctx.db.exec(counts).all()))
    return render(ctx, "backend_apis/index.html.j2", page)


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    return render(ctx, "backend_apis/new.html.j2", NewBackendApiPage())


def create(ctx: AdminContext) -> Response:
    backend = BACKEND_APIS.create(ctx, ctx.sent(BACKEND_APIS))
    notice = f"{backend.name} is made. Say what counts, and mount it in an API."
    return ctx.go(_path_of(backend), notice)


def show(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_READ)
    backend = _backend(ctx)
    metrics = list_backend_metrics(ctx.db, [backend.id])
    tops = [metric for metric in metrics if metric.parent_id is None]
    used = (
        select(BackendUsage, Service)
        .where(BackendUsage.backend_api_id == backend.id)
        .where(Service.id == BackendUsage.service_id)
        .order_by(col(Service.name), col(Service.id))
    )
    page = BackendApiPage(
        backend,
        tops,
        [metric for metric in metrics if metric.parent_id is not None],
        next(metric.id for metric in tops if metric.system_name == HITS),
        list_backend_rules(ctx.db, [backend.id]),
        {metric.id: metric.friendly_name for metric in metrics},
        method_choices(),
        _choices(metrics),
        [(usage, service) for usage, service in ctx.db.exec(used)],
    )
    return render(ctx, "backend_apis/show.html.j2", page)


def update(ctx: AdminContext) -> Response:
    backend = BACKEND_APIS.update(ctx, ctx.path_id("backend_api_id"), ctx.sent(BACKEND_APIS))
    notice = f"{backend.name} is saved. Update & test the staging of its APIs to put it to work."
    return ctx.go(_path_of(backend), notice)


def delete(ctx: AdminContext) -> Response:
    backend = BACKEND_APIS.delete(ctx, ctx.path_id("backend_api_id"))
    return ctx.go("/backend_apis", f"{backend.name} is deleted.")


def create_metric(ctx: AdminContext) -> Response:
    """Add a metric, or a method when the form names its parent."""
    backend_api_id, parent_id = ctx.path_id("backend_api_id"), ctx.number_or_none("parent_id")
    if parent_id is None:
        metric = BACKEND_METRICS.create(ctx, ctx.sent(BACKEND_METRICS), backend_api_id)
    else:
        metric = create_method(ctx, ctx.sent(METRICS), parent_id)
    return ctx.go(f"/backend_apis/{backend_api_id}", f"{metric.friendly_name} is added.")


def edit_metric(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    page = BackendMetricPage(_backend(ctx), _metric(ctx))
    return render(ctx, "backend_apis/metric.html.j2", page)


def update_metric(ctx: AdminContext) -> Response:
    metric = METRICS.update(ctx, _metric(ctx).id, ctx.sent(METRICS))
    return ctx.go(f"/backend_apis/{metric.backend_api_id}", f"{metric.friendly_name} is saved.")


def delete_metric(ctx: AdminContext) -> Response:
    metric = METRICS.delete(ctx, _metric(ctx).id)
    return ctx.go(f"/backend_apis/{metric.backend_api_id}", f"{metric.friendly_name} is deleted.")


def create_rule(ctx: AdminContext) -> Response:
    """Add a rule at the end."""
    rule = BACKEND_RULES.create(ctx, ctx.sent(BACKEND_RULES), ctx.path_id("backend_api_id"))
    return _back(ctx, rule, "The rule is added.")


def edit_rule(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    backend = _backend(ctx)
    metrics = _choices(list_backend_metrics(ctx.db, [backend.id]))
    page = BackendRulePage(backend, _rule(ctx), method_choices(), metrics)
    return render(ctx, "backend_apis/rule.html.j2", page)


def update_rule(ctx: AdminContext) -> Response:
    rule = MAPPING_RULES.update(ctx, _rule(ctx).id, ctx.sent(MAPPING_RULES))
    return _back(ctx, rule, "The rule is saved.")


def move_rule(ctx: AdminContext) -> Response:
    """Move a rule one place up or down."""
    rule = move_mapping_rule(ctx, _rule(ctx).id, ctx.text("direction"))
    return _back(ctx, rule, "The rule is moved.")


def delete_rule(ctx: AdminContext) -> Response:
    rule = MAPPING_RULES.delete(ctx, _rule(ctx).id)
    return _back(ctx, rule, "The rule is deleted.")


def _back(ctx: AdminContext, rule: MappingRule, done: str) -> Response:
    notice = f"{done} Update & test the staging of its APIs to put it to work."
    return ctx.go(f"/backend_apis/{rule.backend_api_id}", notice)


def _backend(ctx: AdminContext) -> BackendApi:
    return get_backend_api(ctx, ctx.path_id("backend_api_id"))


def _path_of(backend: BackendApi) -> str:
    return f"/backend_apis/{backend.id}"


def _choices(metrics: Sequence[Metric]) -> list[tuple[str, str]]:
    return [(str(metric.id), metric.friendly_name) for metric in metrics]


def _metric(ctx: AdminContext) -> Metric:
    return _of_backend(ctx, METRICS.get(ctx, ctx.path_id("backend_metric_id")))


def _rule(ctx: AdminContext) -> MappingRule:
    return _of_backend(ctx, MAPPING_RULES.get(ctx, ctx.path_id("backend_rule_id")))


def _of_backend(ctx: AdminContext, row: Part) -> Part:
    """Refuse what the address names below another backend API. Raises: NotFound."""
    if row.backend_api_id != _backend(ctx).id:
        raise NotFound("There is no such object here.", field="id")
    return row
