"""Metrics and methods of a service."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.services.metrics import METRICS, create_method, list_metrics
from server.admin.context import AdminContext
from server.admin.render import render
from server.admin.services.services import get_in_service, get_service_in_path
from server.domain.permissions import Permission
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """A service's metrics; methods stand under `hits`."""

    service: Service
    metrics: Sequence[Metric]
    methods: Sequence[Metric]
    hits_id: int


@dataclass(frozen=True, slots=True)
class EditMetricPage:
    service: Service
    metric: Metric


def index(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    metrics = list_metrics(ctx.db, service.id)
    tops = [metric for metric in metrics if metric.parent_id is None]
    methods = [metric for metric in metrics if metric.parent_id is not None]
    hits_id = next(metric.id for metric in tops if metric.system_name == HITS)
    page = MetricsPage(service, tops, methods, hits_id)
    return render(ctx, "metrics/index.html.j2", page)


def create(ctx: AdminContext) -> Response:
    """Add a metric, or a method when the form names its parent."""
    service_id, parent_id = ctx.path_id("service_id"), ctx.number_or_none("parent_id")
    if parent_id is None:
        metric = METRICS.create(ctx, ctx.sent(METRICS), service_id)
    else:
        metric = create_method(ctx, ctx.sent(METRICS), parent_id)
    return ctx.go(_list_of(metric), f"{metric.friendly_name} is added.")


def edit(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    page = EditMetricPage(get_service_in_path(ctx), _metric(ctx))
    return render(ctx, "metrics/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    metric = METRICS.update(ctx, _metric(ctx).id, ctx.sent(METRICS))
    return ctx.go(_list_of(metric), f"{metric.friendly_name} is saved.")


def delete(ctx: AdminContext) -> Response:
    metric = METRICS.delete(ctx, _metric(ctx).id)
    return ctx.go(_list_of(metric), f"{metric.friendly_name} is deleted.")


def _metric(ctx: AdminContext) -> Metric:
    return get_in_service(ctx, get_service_in_path(ctx), METRICS, "metric_id", "metric")


def _list_of(metric: Metric) -> str:
    return f"/services/{metric.service_id}/metrics"
