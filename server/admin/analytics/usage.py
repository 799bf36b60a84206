"""Usage statistics of a service: one metric and the answers, by hour or by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.responses import Response

from server.actions.analytics.response_codes import CodeCount, CodesAsk, count_response_codes
from server.actions.analytics.usage import UsageAsk, last_days, list_usage
from server.actions.services.metrics import list_metrics
from server.admin.charts import Chart, chart_of
from server.admin.context import AdminContext
from server.admin.render import render
from server.admin.services.services import get_service_in_path
from server.domain.errors import NotFound
from server.domain.services.metrics import HITS, Metric
from server.domain.services.services import Service
from server.web.pages import parse_id

HOURS, DAYS = 24, 30
LABELS = {"hour": "%m-%d %H:00", "day": "%Y-%m-%d"}
SPANS = (("hours", f"Last {HOURS} hours, by hour"), ("days", f"Last {DAYS} days, by day"))


@dataclass(frozen=True, slots=True)
class UsagePage:
    """A metric's usage over a span, and how calls were answered in it."""

    service: Service
    metric: Metric
    metrics: Sequence[tuple[str, str]]
    span: str
    spans: Sequence[tuple[str, str]]
    chart: Chart
    codes: Sequence[CodeCount]


def show(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    metrics = list_metrics(ctx.db, service.id)
    metric = _chosen(ctx, metrics)
    span = "days" if ctx.query("span") == "days" else "hours"
    page = UsagePage(
        service,
        metric,
        [(str(each.id), each.friendly_name) for each in metrics],
        span,
        SPANS,
        metric_chart(ctx, metric, span),
        _codes(ctx, service, span),
    )
    return render(ctx, "usage/show.html.j2", page)


def _chosen(ctx: AdminContext, metrics: Sequence[Metric]) -> Metric:
    wanted = ctx.query("metric_id")
    for metric in metrics:
        if metric.id == parse_id(wanted) if wanted else metric.system_name == HITS:
            return metric
    raise NotFound("There is no such metric.")


def metric_chart(ctx: AdminContext, metric: Metric, span: str, *, days: int = DAYS) -> Chart:
    """Draw a metric's last 24 hours or last days. Cost: one query."""
    since, until, granularity = _window(ctx, span, days)
    ask = UsageAsk(
        service_id=metric.service_id,
        metric_id=metric.id,
        since=since,
        until=until,
        granularity=granularity,
    )
    return chart_of(list_usage(ctx, ask), LABELS[granularity])


def _codes(ctx: AdminContext, service: Service, span: str) -> Sequence[CodeCount]:
    since, until, granularity = _window(ctx, span, DAYS)
    ask = CodesAsk(service_id=service.id, since=since, until=until, granularity=granularity)
    return count_response_codes(ctx, ask).codes


def _window(ctx: AdminContext, span: str, days: int) -> tuple[datetime, datetime, str]:
    if span == "hours":
        hour = ctx.now.replace(minute=0, second=0, microsecond=0)
        return hour - timedelta(hours=HOURS - 1), hour + timedelta(hours=1), "hour"
    return *last_days(ctx.now, days), "day"
