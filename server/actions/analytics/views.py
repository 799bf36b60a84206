"""What a usage page shows, worked out once for both portals: chart, answers, refusals, and CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from server.actions.analytics.charts import Chart, Row, chart_of, rows_of
from server.actions.analytics.refusals import (
    RefusalsAsk,
    RefusalUsage,
    RefusedApplication,
    count_refusals,
    list_refused_applications,
)
from server.actions.analytics.response_codes import CodesAsk, CodeUsage, count_response_codes
from server.actions.analytics.spans import Span
from server.actions.analytics.usage import UsageAsk, list_usage
from server.actions.work import Work
from server.domain.applications.applications import Application
from server.domain.plans.limits import UsageLimit
from server.domain.services.metrics import Metric
from server.kit.csv import csv_of

MOST_APPLICATIONS = 10
NEWEST_FIRST = -1


@dataclass(frozen=True, slots=True)
class UsageView:
    """One metric over a span, how calls were answered, and which were refused."""

    span: Span
    metric: Metric
    chart: Chart
    codes: CodeUsage
    refusals: RefusalUsage
    refused: Chart
    applications: Sequence[RefusedApplication]  # of a service: whose calls were refused most

    @property
    def rows(self) -> list[Row]:
        """Usage and refusals, newest first, empty ones folded."""
        return rows_of(self.chart, self.refused)

    @property
    def as_csv(self) -> str:
        """The numbers shown, a row a window, newest first: usage, refusals and answers."""
        reasons = [each.code for each in self.refusals.codes]
        statuses = [each.code for each in self.codes.codes]
        header = [
            f"{self.span.granularity}_utc",
            self.metric.wire_name,
            "refused",
            *reasons,
            *(f"answered_{status}" for status in statuses),
        ]
        bars = zip(self.chart.bars, self.refused.bars, strict=True)
        rows: list[list[str | int]] = [
            [
                bar.text,
                bar.value,
                refused.value,
                *(self.refusals.cells.get((bar.start, code), 0) for code in reasons),
                *(self.codes.cells.get((bar.start, status), 0) for status in statuses),
            ]
            for bar, refused in bars
        ]
        return csv_of(header, rows[::NEWEST_FIRST])

    def file_name(self, of: str, now: datetime) -> str:
        """Name the CSV file after what it is of; `of` is a system name or id."""
        name = f"usage-{of}-{self.metric.system_name}-{self.span.name}-{now:%Y-%m-%d}.csv"
        return name.replace("/", "_")  # which a system name may have


def view_of_service(work: Work, service_id: int, metric: Metric, span: Span) -> UsageView:
    """Look at what all applications used of a metric. Raises: Forbidden. Cost: eight queries."""
    return _view(work, service_id, metric, span, None)


def view_of_application(
    work: Work, application: Application, metric: Metric, span: Span
) -> UsageView:
    """Look at what one application used, with its plan's limits. Raises: Forbidden.

    Cost: five queries.
    """
    return _view(work, application.service_id, metric, span, application)


def chart_of_metric(
    work: Work,
    service_id: int,
    metric: Metric,
    span: Span,
    application: Application | None = None,
) -> Chart:
    """Draw one metric alone. Raises: Forbidden. Cost: a query, two for an application."""
    since, until = span.bounds(work.now)
    ask = UsageAsk(
        service_id=service_id,
        metric_id=metric.id,
        since=since,
        until=until,
        granularity=span.granularity,
        application_id=application.id if application else None,
    )
    limits = _limits_of(work, application, metric, span) if application else []
    return chart_of(list_usage(work, ask), span.granularity, limits)


def refusals_of_service(work: Work, service_id: int, span: Span) -> RefusalUsage:
    """Sum a service's refused calls. Raises: Forbidden. Cost: two queries."""
    return count_refusals(work, _refusals_ask(work, service_id, span, None))


def _view(
    work: Work,
    service_id: int,
    metric: Metric,
    span: Span,
    application: Application | None,
) -> UsageView:
    since, until = span.bounds(work.now)
    number = application.id if application else None
    codes = CodesAsk(
        service_id=service_id,
        since=since,
        until=until,
        granularity=span.granularity,
        application_id=number,
    )
    refusals = _refusals_ask(work, service_id, span, number)
    refused = count_refusals(work, refusals)
    return UsageView(
        span,
        metric,
        chart_of_metric(work, service_id, metric, span, application),
        count_response_codes(work, codes),
        refused,
        chart_of(refused.buckets, span.granularity),
        list_refused_applications(work, refusals, MOST_APPLICATIONS) if number is None else (),
    )


def _refusals_ask(
    work: Work, service_id: int, span: Span, application_id: int | None
) -> RefusalsAsk:
    since, until = span.bounds(work.now)
    return RefusalsAsk(
        service_id=service_id,
        since=since,
        until=until,
        granularity=span.granularity,
        application_id=application_id,
    )


def _limits_of(work: Work, application: Application, metric: Metric, span: Span) -> list[int]:
    query = select(UsageLimit.value).where(
        UsageLimit.plan_id == application.plan_id,
        UsageLimit.metric_id == metric.id,
        UsageLimit.period == span.granularity,
        col(UsageLimit.value) > 0,
    )
    return list(work.db.exec(query))
