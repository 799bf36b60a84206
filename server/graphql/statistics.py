"""Statistics as the schemas tell them: usage, how the API answered, and what was refused."""

from datetime import UTC, datetime

import strawberry

from server.actions.analytics.refusals import RefusalCount, RefusalsAsk, count_refusals
from server.actions.analytics.response_codes import CodesAsk, count_response_codes
from server.actions.analytics.usage import UsageAsk, last_days, list_usage
from server.actions.services.metrics import find_counted_metric
from server.domain.errors import NotFound
from server.graphql.context import Context
from server.graphql.enums import Granularity
from server.graphql.fields import OfRow
from server.graphql.scalars import BigInt

DAYS = 30  # what is told when nobody says since when


@strawberry.input(description="Which metric, since and until when (UTC), in buckets how wide.")
class UsageInput:
    metric: str = strawberry.field(
        default="hits",
        description="The metric's system name; `wireName` of one of a backend API.",
    )
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
    metric = find_counted_metric(ctx.db, service_id, ask.metric)
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
    buckets = list_usage(ctx.work, wanted)
    return Usage(
        metric=metric.wire_name,
        unit=metric.unit,
        granularity=ask.granularity,
        total=BigInt(sum(bucket.value for bucket in buckets)),
        buckets=[UsageBucket(start=b.start, value=BigInt(b.value)) for b in buckets],
    )


@strawberry.input(description="Which answers, since and until when (UTC), in buckets how wide.")
class ResponseCodesInput:
    code: str = strawberry.field(
        default="", description="A status such as `404` or a class such as `4xx`; empty is all."
    )
    since: datetime | None = strawberry.field(default=None, description="Default: 30 days ago.")
    until: datetime | None = strawberry.field(default=None, description="Default: end of today.")
    granularity: Granularity = Granularity.DAY


@strawberry.type(description="How many calls were answered with one status.")
class ResponseCodeCount:
    code: int
    value: BigInt


@strawberry.type(description="How calls were answered: by status, and bucket by bucket.")
class ResponseCodes:
    granularity: Granularity
    total: BigInt
    codes: list[ResponseCodeCount]
    buckets: list[UsageBucket]


def response_codes_in(
    ctx: Context, service_id: int, ask: ResponseCodesInput, application_id: int | None = None
) -> ResponseCodes:
    """Sum up. Raises: Invalid. Cost: one query."""
    since, until = last_days(ctx.now, DAYS)
    wanted = CodesAsk(
        service_id=service_id,
        since=_utc(ask.since) or since,
        until=_utc(ask.until) or until,
        granularity=ask.granularity.value,
        code=ask.code,
        application_id=application_id,
    )
    found = count_response_codes(ctx.work, wanted)
    return ResponseCodes(
        granularity=ask.granularity,
        total=BigInt(sum(each.value for each in found.codes)),
        codes=[ResponseCodeCount(code=c.code, value=BigInt(c.value)) for c in found.codes],
        buckets=[UsageBucket(start=b.start, value=BigInt(b.value)) for b in found.buckets],
    )


@strawberry.input(description="Which refusals, since and until when (UTC), in buckets how wide.")
class RefusalsInput:
    code: str = strawberry.field(
        default="", description="A code such as `limits_exceeded`; empty is all."
    )
    since: datetime | None = strawberry.field(default=None, description="Default: 30 days ago.")
    until: datetime | None = strawberry.field(default=None, description="Default: end of today.")
    granularity: Granularity = Granularity.DAY


@strawberry.type(name="RefusalCount", description="How many calls were refused for one reason.")
class RefusalCountType(OfRow[RefusalCount]):
    code: str
    title: str = strawberry.field(description="The code in words.")
    hint: str = strawberry.field(description="What it means and what helps.")
    status: int | None = strawberry.field(
        description="What the API's settings have the gateway answer with, where they say it."
    )
    value: BigInt


@strawberry.type(description="Refused calls: by reason, the most frequent first, and by bucket.")
class Refusals:
    granularity: Granularity
    total: BigInt
    codes: list[RefusalCountType]
    buckets: list[UsageBucket]


def refusals_ask(
    ctx: Context, service_id: int, ask: RefusalsInput, application_id: int | None = None
) -> RefusalsAsk:
    """Read what is asked for, with the defaults."""
    since, until = last_days(ctx.now, DAYS)
    return RefusalsAsk(
        service_id=service_id,
        since=_utc(ask.since) or since,
        until=_utc(ask.until) or until,
        granularity=ask.granularity.value,
        code=ask.code,
        application_id=application_id,
    )


def refusals_in(
    ctx: Context, service_id: int, ask: RefusalsInput, application_id: int | None = None
) -> Refusals:
    """Sum up. Raises: Invalid. Cost: two queries."""
    found = count_refusals(ctx.work, refusals_ask(ctx, service_id, ask, application_id))
    return Refusals(
        granularity=ask.granularity,
        total=BigInt(found.total),
        codes=[RefusalCountType.of(each) for each in found.codes],
        buckets=[UsageBucket(start=b.start, value=BigInt(b.value)) for b in found.buckets],
    )


def _utc(at: datetime | None) -> datetime | None:
    """Take a time without a zone for UTC."""
    return at.replace(tzinfo=UTC) if at is not None and at.tzinfo is None else at
