"""Usage statistics of a service and of one application: pages, and the same numbers as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.analytics.spans import HOURS, SPANS, Span, span_of
from server.actions.analytics.usage import Standing, list_standings
from server.actions.analytics.views import UsageView, view_of_application, view_of_service
from server.actions.applications.applications import get_application
from server.actions.services.metrics import list_counted_metrics
from server.admin.context import AdminContext
from server.admin.render import render
from server.admin.services.services import get_service_in_path
from server.domain.applications.applications import Application
from server.domain.errors import NotFound
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service
from server.web.downloads import csv_response
from server.web.pages import parse_id


@dataclass(frozen=True, slots=True)
class UsagePage:
    """A metric over a span: of a service, or of one application with its limits."""

    service: Service
    application: Application | None
    standings: Sequence[Standing]
    metrics: Sequence[Metric]
    spans: Sequence[Span]
    view: UsageView

    @property
    def path(self) -> str:
        """Where the page is, below the portal's home."""
        if self.application is None:
            return f"/services/{self.service.id}/usage"
        return f"/applications/{self.application.id}/usage"


def show(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    metrics = list_counted_metrics(ctx.db, service.id)
    view = view_of_service(ctx, service.id, _chosen(ctx, metrics), _span(ctx))
    return render(ctx, "usage/show.html.j2", UsagePage(service, None, (), metrics, SPANS, view))


def download(ctx: AdminContext) -> Response:
    """Give the numbers of the page as CSV."""
    service = get_service_in_path(ctx)
    metric = _chosen(ctx, list_counted_metrics(ctx.db, service.id))
    view = view_of_service(ctx, service.id, metric, _span(ctx))
    return csv_response(view.as_csv, view.file_name(service.system_name, ctx.now))


def show_application(ctx: AdminContext) -> Response:
    """Show what one application used, and which of its calls were refused."""
    application, service, metrics = _application(ctx)
    view = view_of_application(ctx, application, _chosen(ctx, metrics), _span(ctx))
    standings = list_standings(ctx.db, application, ctx.now)
    page = UsagePage(service, application, standings, metrics, SPANS, view)
    return render(ctx, "usage/show.html.j2", page)


def download_application(ctx: AdminContext) -> Response:
    application, _, metrics = _application(ctx)
    view = view_of_application(ctx, application, _chosen(ctx, metrics), _span(ctx))
    return csv_response(view.as_csv, view.file_name(f"application-{application.id}", ctx.now))


def _application(ctx: AdminContext) -> tuple[Application, Service, Sequence[Metric]]:
    application = get_application(ctx, ctx.path_id("application_id"))
    service = ctx.db.get_one(Service, application.service_id)
    return application, service, list_counted_metrics(ctx.db, service.id)


def _span(ctx: AdminContext) -> Span:
    return span_of(ctx.query("span"), HOURS)


def _chosen(ctx: AdminContext, metrics: Sequence[Metric]) -> Metric:
    wanted = ctx.query("metric_id")
    for metric in metrics:
        if metric.id == parse_id(wanted) if wanted else metric.system_name == HITS:
            return metric
    raise NotFound("There is no such metric.")
