"""Metrics and methods of a service."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.services.metrics import (
    NewMetric,
    create_method,
    create_metric,
    delete_metric,
    metrics_of,
    metrics_query,
    update_metric,
)
from server.admin.render import render
from server.admin.screen import Screen
from server.admin.services.services import service_in_path
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service

TEXTS = ("friendly_name", "unit", "description")


@dataclass(frozen=True, slots=True)
class MetricsPage:
    """A service's metrics; methods stand under `hits`."""

    service: Service
    metrics: Sequence[Metric]
    methods: Sequence[Metric]
    hits_id: int


@dataclass(frozen=True, slots=True)
class EditMetricPage:
    """The form of a metric or method."""

    service: Service
    metric: Metric


def index(screen: Screen) -> Response:
    """List metrics and methods."""
    service = service_in_path(screen)
    metrics = metrics_of(screen.db, service.id)
    tops = [metric for metric in metrics if metric.parent_id is None]
    methods = [metric for metric in metrics if metric.parent_id is not None]
    hits_id = next(metric.id for metric in tops if metric.system_name == HITS)
    page = MetricsPage(service, tops, methods, hits_id)
    return render(screen, "metrics/index.html.j2", page)


def create(screen: Screen) -> Response:
    """Add a metric, or a method when the form names its parent."""
    service_id, parent_id = screen.path_id("service_id"), screen.number_or_none("parent_id")
    draft = NewMetric(
        friendly_name=screen.text("friendly_name"),
        system_name=screen.text("system_name") or None,
        unit=screen.text("unit") or "hit",
        description=screen.text("description"),
    )
    if parent_id is None:
        metric = create_metric(screen.db, screen.actor, service_id, draft)
    else:
        metric = create_method(screen.db, screen.actor, parent_id, draft)
    return screen.go(_list_of(metric), f"{metric.friendly_name} is added.")


def edit(screen: Screen) -> Response:
    """Show the form of a metric."""
    screen.actor.require(Permission.SERVICES_EDIT)
    service = service_in_path(screen)
    page = EditMetricPage(service, _metric(screen, service))
    return render(screen, "metrics/edit.html.j2", page)


def update(screen: Screen) -> Response:
    """Change a metric's names."""
    metric_id = screen.path_id("metric_id")
    metric = update_metric(screen.db, screen.actor, metric_id, screen.texts(*TEXTS))
    return screen.go(_list_of(metric), f"{metric.friendly_name} is saved.")


def delete(screen: Screen) -> Response:
    """Take a metric away."""
    metric = delete_metric(screen.db, screen.actor, screen.path_id("metric_id"))
    return screen.go(_list_of(metric), f"{metric.friendly_name} is deleted.")


def _metric(screen: Screen, service: Service) -> Metric:
    query = metrics_query(screen.actor).where(
        Metric.id == screen.path_id("metric_id"), Metric.service_id == service.id
    )
    metric = screen.db.exec(query).first()
    if metric is None:
        raise NotFound("There is no such metric.")
    return metric


def _list_of(metric: Metric) -> str:
    return f"/services/{metric.service_id}/metrics"
