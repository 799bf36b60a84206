"""Usage of an application over time."""

from starlette.responses import Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.services import MetricDrop
from cms.liquid.drops.usage import ChartDrop, Counts
from cms.portal.render import render_page
from cms.portal.visit import PortalVisit
from server.actions.analytics.usage import UsageAsk, last_days, usage_of
from server.actions.applications.applications import application_of
from server.domain.applications.applications import Application
from server.domain.services.metrics import HITS, Metric
from server.kit.ids import id_or_none

SPANS = (7, 30, 90)
SHORT_SPAN = 30


def chart_of(
    visit: PortalVisit, application: Application, metric: Metric | None, days: int
) -> ChartDrop | None:
    """Read an application's daily usage of a metric; None when there is no metric."""
    if metric is None:
        return None
    since, until = last_days(visit.desk.now, days)
    ask = UsageAsk(
        service_id=application.service_id,
        metric_id=metric.id,
        since=since,
        until=until,
        application_id=application.id,
    )
    return ChartDrop(Counts(metric, usage_of(visit.db, visit.actor, ask)), visit.desk)


def hits_of(visit: PortalVisit, application: Application) -> Metric | None:
    """Find the metric that counts every call."""
    return next((row for row in metrics_of(visit, application) if row.system_name == HITS), None)


def metrics_of(visit: PortalVisit, application: Application) -> list[Metric]:
    """Find what is counted of an application's service."""
    rows = visit.desk.metrics.values()
    return [row for row in rows if row.service_id == application.service_id]


def index(visit: PortalVisit) -> Response:
    """Show the usage of one application: one metric, the last days, and its limits."""
    desk = visit.desk
    application = _chosen_application(visit)
    days = id_or_none(visit.param("days"))
    days = days if days in SPANS else SHORT_SPAN
    metrics = metrics_of(visit, application) if application else []
    metric = _chosen_metric(visit, metrics)
    variables: dict[str, object] = {
        "application": ApplicationDrop(application, desk) if application else None,
        "applications": [ApplicationDrop(row, desk) for row in desk.applications],
        "chart": chart_of(visit, application, metric, days) if application else None,
        "days": days,
        "metrics": [MetricDrop(row, desk) for row in metrics],
    }
    return render_page(visit, "stats/index", variables)


def _chosen_application(visit: PortalVisit) -> Application | None:
    """Take the application that was asked for, else the first. Raises: NotFound."""
    wanted = visit.param("application_id")
    if wanted:
        return application_of(visit.db, visit.actor, id_or_none(wanted))
    return next(iter(visit.desk.applications), None)


def _chosen_metric(visit: PortalVisit, metrics: list[Metric]) -> Metric | None:
    wanted = id_or_none(visit.param("metric_id"))
    first = next((row for row in metrics if row.system_name == HITS), None)
    return next((row for row in metrics if row.id == wanted), first)
