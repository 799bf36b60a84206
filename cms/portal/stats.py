"""Usage of an application over time."""

from starlette.responses import Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.services import MetricDrop
from cms.liquid.drops.usage import ChartDrop, Counts
from cms.portal.context import PortalContext
from cms.portal.render import render_page
from server.actions.analytics.usage import UsageAsk, last_days, list_usage
from server.actions.applications.applications import get_application
from server.domain.applications.applications import Application
from server.domain.services.metrics import HITS, Metric
from server.kit.ids import id_or_none

SPANS = (7, 30, 90)
SHORT_SPAN = 30


def find_chart(
    ctx: PortalContext, application: Application, metric: Metric | None, days: int
) -> ChartDrop | None:
    """Read an application's daily usage of a metric; None when there is no metric."""
    if metric is None:
        return None
    since, until = last_days(ctx.data.now, days)
    ask = UsageAsk(
        service_id=application.service_id,
        metric_id=metric.id,
        since=since,
        until=until,
        application_id=application.id,
    )
    return ChartDrop(Counts(metric, list_usage(ctx, ask)), ctx.data)


def find_hits(ctx: PortalContext, application: Application) -> Metric | None:
    """Find the metric that counts every call."""
    return next((row for row in list_metrics(ctx, application) if row.system_name == HITS), None)


def list_metrics(ctx: PortalContext, application: Application) -> list[Metric]:
    """Find what is counted of an application's service."""
    rows = ctx.data.metrics.values()
    return [row for row in rows if row.service_id == application.service_id]


def index(ctx: PortalContext) -> Response:
    """Show the usage of one application: one metric, the last days, and its limits."""
    data = ctx.data
    application = _find_chosen_application(ctx)
    days = id_or_none(ctx.param("days"))
    days = days if days in SPANS else SHORT_SPAN
    metrics = list_metrics(ctx, application) if application else []
    metric = _find_chosen_metric(ctx, metrics)
    variables: dict[str, object] = {
        "application": ApplicationDrop(application, data) if application else None,
        "applications": [ApplicationDrop(row, data) for row in data.applications],
        "chart": find_chart(ctx, application, metric, days) if application else None,
        "days": days,
        "metrics": [MetricDrop(row, data) for row in metrics],
    }
    return render_page(ctx, "stats/index", variables)


def _find_chosen_application(ctx: PortalContext) -> Application | None:
    """Take the application that was asked for, else the first. Raises: NotFound."""
    wanted = ctx.param("application_id")
    if wanted:
        return get_application(ctx, id_or_none(wanted))
    return next(iter(ctx.data.applications), None)


def _find_chosen_metric(ctx: PortalContext, metrics: list[Metric]) -> Metric | None:
    wanted = id_or_none(ctx.param("metric_id"))
    first = next((row for row in metrics if row.system_name == HITS), None)
    return next((row for row in metrics if row.id == wanted), first)
