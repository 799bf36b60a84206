"""Usage of an application over time: one metric, its limits, what was refused, and as CSV."""

from urllib.parse import urlencode

from starlette.responses import Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.collection import Collection
from cms.liquid.drops.metrics import MetricDrop
from cms.liquid.drops.usage import ChartDrop, Drawn, RefusalsDrop, Refused, RowDrop, SpanDrop
from cms.portal.context import PortalContext
from cms.portal.render import render_page
from server.actions.analytics.spans import DAYS, SPANS, Span, span_of
from server.actions.analytics.views import UsageView, chart_of_metric, view_of_application
from server.actions.applications.applications import get_application
from server.domain.applications.applications import Application
from server.domain.errors import NotFound
from server.domain.services.metrics import HITS, Metric
from server.kit.ids import id_or_none
from server.web.downloads import csv_response

FILE = "/buyer/stats.csv"


def find_chart(
    ctx: PortalContext, application: Application, metric: Metric | None
) -> ChartDrop | None:
    """Read an application's daily usage of a metric; None when there is no metric."""
    if metric is None:
        return None
    return ChartDrop(
        Drawn(chart_of_metric(ctx, application.service_id, metric, DAYS, application), metric),
        ctx.data,
    )


def find_hits(ctx: PortalContext, application: Application) -> Metric | None:
    """Find the metric that counts every call."""
    return next((row for row in list_metrics(ctx, application) if row.system_name == HITS), None)


def list_metrics(ctx: PortalContext, application: Application) -> list[Metric]:
    """Find what is counted of an application's service itself."""
    rows = ctx.data.metrics.values()
    return [row for row in rows if row.service_id == application.service_id]


def list_counted(ctx: PortalContext, application: Application) -> list[MetricDrop]:
    """Find what is counted of a service and of the backend APIs that it is made of."""
    data, mounts = ctx.data, ctx.data.mounts.get(application.service_id, {})
    of_backends = [
        MetricDrop(row, data, mount=path)
        for backend_id, path in mounts.items()
        for row in data.metrics.values()
        if row.backend_api_id == backend_id
    ]
    return [*(MetricDrop(row, data) for row in list_metrics(ctx, application)), *of_backends]


def index(ctx: PortalContext) -> Response:
    """Show the usage of one application: one metric over a span, its limits, its refusals."""
    data, span = ctx.data, _find_span(ctx)
    application = _find_chosen_application(ctx)
    metrics = list_counted(ctx, application) if application else []
    view = _find_view(ctx, application, metrics, span)
    variables: dict[str, object] = {
        "application": ApplicationDrop(application, data) if application else None,
        "applications": [ApplicationDrop(row, data) for row in data.applications],
        "days": span.days,
        "metrics": Collection(metrics),
        "methods": Collection(drop for drop in metrics if drop.has_parent),
        "span": SpanDrop(span, data),
        "spans": [SpanDrop(each, data) for each in SPANS],
        **dict.fromkeys(("chart", "csv_url", "refusals", "rows")),
    }
    if view is not None and application is not None:
        asked = {
            "application_id": application.id,
            "metric_id": view.metric.id,
            "span": span.name,
        }
        variables |= {
            "chart": ChartDrop(Drawn(view.chart, view.metric), data),
            "csv_url": f"{FILE}?{urlencode(asked)}",
            "refusals": RefusalsDrop(Refused(view.refusals, view.refused), data),
            "rows": [RowDrop(row, data) for row in view.rows],
        }
    return render_page(ctx, "stats/index", variables)


def download(ctx: PortalContext) -> Response:
    """Give the numbers of the page as CSV. Raises: NotFound."""
    application = _find_chosen_application(ctx)
    metrics = list_counted(ctx, application) if application else []
    view = _find_view(ctx, application, metrics, _find_span(ctx))
    if view is None or application is None:
        raise NotFound("There is nothing to count yet.")
    name = view.file_name(f"application-{application.id}", ctx.data.now)
    return csv_response(view.as_csv, name)


def _find_view(
    ctx: PortalContext, application: Application | None, metrics: list[MetricDrop], span: Span
) -> UsageView | None:
    metric = _find_chosen_metric(ctx, metrics)
    if application is None or metric is None:
        return None
    return view_of_application(ctx, application, metric, span)


def _find_span(ctx: PortalContext) -> Span:
    """Take the span that was asked for, by name or as so many days."""
    days = id_or_none(ctx.param("days"))
    by_days = next((span for span in SPANS if days and span.days == days), DAYS)
    return span_of(ctx.param("span"), by_days)


def _find_chosen_application(ctx: PortalContext) -> Application | None:
    """Take the application that was asked for, else the first. Raises: NotFound."""
    wanted = ctx.param("application_id")
    if wanted:
        return get_application(ctx, id_or_none(wanted))
    return next(iter(ctx.data.applications), None)


def _find_chosen_metric(ctx: PortalContext, metrics: list[MetricDrop]) -> Metric | None:
    rows, wanted = [drop.model for drop in metrics], id_or_none(ctx.param("metric_id"))
    first = next((row for row in rows if row.system_name == HITS), None)
    return next((row for row in rows if row.id == wanted), first)
