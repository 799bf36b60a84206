"""Usage statistics as both schemas tell them."""

from datetime import UTC, datetime

import strawberry
from sqlmodel import select

from server.actions.usage import UsageAsk, last_days, usage_of
from server.domain.errors import NotFound
from server.domain.fields import is_comparable
from server.domain.metrics import Metric
from server.graphql.context import Context
from server.graphql.enums import Granularity
from server.graphql.scalars import BigInt

DAYS = 30  # what is told when nobody says since when


@strawberry.input(description="Which metric, since and until when (UTC), in buckets how wide.")
class UsageInput:
    metric: str = strawberry.field(default="hits", description="The metric's system name.")
    since: datetime | None = strawberry.field(default=None, description="Default: 30 days ago.")
    until: datetime | None = strawberry.field(default=None, description="Default: end of today.")
    granularity: Granularity = Granularity.DAY


@strawberry.type(description="What was used in one bucket.")
class UsageBucket:
    start: datetime
    value: BigInt


@strawberry.type(description="What was used of a metric, bucket by bucket; empty ones included.")
class Usage:
    metric: str
    unit: str
    granularity: Granularity
    total: BigInt
    buckets: list[UsageBucket]


def usage_in(
    ctx: Context, service_id: int, ask: UsageInput, application_id: int | None = None
) -> Usage:
    """Sum up. Raises: NotFound for a metric of another service, Invalid. Cost: two queries."""
    query = select(Metric).where(Metric.service_id == service_id)
    named = query.where(Metric.system_name == ask.metric)
    metric = ctx.db.exec(named).first() if is_comparable(ask.metric) else None
    if metric is None:
        raise NotFound("There is no such metric.", field="metric")
    since, until = last_days(ctx.now, DAYS)
    wanted = UsageAsk(
        service_id=service_id,
        metric_id=metric.id,
        since=_utc(ask.since) or since,
        until=_utc(ask.until) or until,
        granularity=ask.granularity.value,
        application_id=application_id,
    )
    buckets = usage_of(ctx.db, ctx.actor, wanted)
    return Usage(
        metric=metric.system_name,
        unit=metric.unit,
        granularity=ask.granularity,
        total=BigInt(sum(bucket.value for bucket in buckets)),
        buckets=[UsageBucket(start=b.start, value=BigInt(b.value)) for b in buckets],
    )


def _utc(at: datetime | None) -> datetime | None:
    """Take a time without a zone for UTC."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
