"""Live usage as both schemas tell it."""

from datetime import datetime
from typing import Any

import strawberry

from gateway.windows import Period
from server.actions.analytics.live import Watched
from server.actions.services.metrics import find_counted_metric
from server.domain.errors import NotFound
from server.domain.plans.limits import LimitPeriod
from server.graphql.context import Context
from server.graphql.scalars import BigInt
from server.graphql.watches import Begun, UsageWatch


@strawberry.type(name="LiveUsage", description="What is used of a metric in the running window.")
class LiveUsageType:
    metric: str
    unit: str
    period: LimitPeriod
    start: datetime = strawberry.field(description="Of the running window (UTC).")
    value: BigInt


@strawberry.input(description="Which metric, in the running window of which period.")
class LiveUsageInput:
    metric: str = strawberry.field(
        default="hits",
        description="The metric's system name; `wireName` of one of a backend API.",
    )
    period: LimitPeriod = LimitPeriod.MINUTE


def live_usage_in(
    ctx: Context, counted: Any, ask: LiveUsageInput, service_id: int, application_id: int | None
) -> LiveUsageType:
    """Tell a count; without one, say what is waited for. Raises: NotFound, Begun."""
    metric = find_counted_metric(ctx.db, service_id, ask.metric)
    if metric is None:
        raise NotFound("There is no such metric.", field="metric")
    if counted is None:
        watched = Watched(
            service_id=service_id,
            metric_id=metric.id,
            period=Period(ask.period.value),
            application_id=application_id,
        )
        raise Begun(UsageWatch(watched))
    return LiveUsageType(
        metric=metric.wire_name,
        unit=metric.unit,
        period=ask.period,
        start=counted.start,
        value=BigInt(counted.value),
    )
