"""Subscriptions of the provider's side: what happens, and what is used just now."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from gateway.windows import Period
from server.actions.analytics.live import Counted, Watched
from server.actions.applications.applications import get_application
from server.actions.provider.webhook_messages import MessageWriter
from server.actions.services.lookup import get_service
from server.actions.services.metrics import find_counted_metric
from server.domain.errors import Invalid, NotFound
from server.domain.events import EventRecord
from server.domain.permissions import Permission
from server.domain.plans.limits import LimitPeriod
from server.domain.provider.webhooks import EVERYTHING, FAMILIES, STANDARD_TYPES
from server.graphql.context import Context, Info
from server.graphql.fields import needing
from server.graphql.ids import parse_id
from server.graphql.scalars import BigInt
from server.graphql.topics import Topic
from server.graphql.watches import Begun, EventWatch, Passed, UsageWatch

KNOWN = frozenset({EVERYTHING, *FAMILIES, *STANDARD_TYPES})


@strawberry.type(
    name="Happening", description="Something that happened just now, as webhooks tell of it."
)
class HappeningType:
    event_id: int = strawberry.field(description="The number of the entry in the audit log.")
    type: str = strawberry.field(description="One of the event catalogue: `application.created`.")
    timestamp: datetime
    data: JSON = strawberry.field(
        description="What a webhook has as its `data`; `object` only to who may read such objects."
    )


@strawberry.type(name="LiveUsage", description="What is used of a metric in the running window.")
class LiveUsageType:
    metric: str
    unit: str
    period: LimitPeriod
    start: datetime = strawberry.field(description="Of the running window (UTC).")
    value: BigInt


@strawberry.type
class LiveSubscriptions:
    @needing(
        Permission.AUDIT_READ,
        "What happens from now on. `types` are of the event catalogue, `account.*` is all of a "
        "kind; all types, when none is named.",
    )
    def happenings(self, info: Info, types: list[str] | None = None) -> HappeningType:
        event: Any = self
        if event is None:
            raise Begun(EventWatch(frozenset(_clean_types(types or ()))))
        actor = info.context.actor
        if not actor.reaches(event.service_id) or event.kind not in KNOWN:
            raise Passed
        return _happening(info.context, event)

    @needing(
        Permission.USAGE_READ,
        "What is used, each time that it changes: of one application, or of all of an API. The "
        "first answer is how it stands.",
    )
    def live_usage(
        self,
        info: Info,
        service_id: strawberry.ID | None = None,
        application_id: strawberry.ID | None = None,
        metric: str = "hits",
        period: LimitPeriod = LimitPeriod.MINUTE,
    ) -> LiveUsageType:
        ctx = info.context
        watched, unit = _watched(ctx, service_id, application_id, metric, period)
        counted: Any = self
        if counted is None:
            raise Begun(UsageWatch(watched))
        return _standing(counted, metric, unit, period)


def _clean_types(types: Any) -> list[str]:
    for name in types:
        if name not in KNOWN:
            raise Invalid("has a type that the event catalogue lacks.", field="types")
    return [] if EVERYTHING in types else list(types)


def _happening(ctx: Context, event: EventRecord) -> HappeningType:
    message = MessageWriter(ctx.work, event, ctx.deps.objects).standard(ctx.actor)
    return HappeningType(
        event_id=event.id, type=event.kind, timestamp=event.created_at, data=message["data"]
    )


def _watched(
    ctx: Context,
    service_id: strawberry.ID | None,
    application_id: strawberry.ID | None,
    name: str,
    period: LimitPeriod,
) -> tuple[Watched, str]:
    if (service_id is None) == (application_id is None):
        raise Invalid("or applicationId must be given, one of the two.", field="service_id")
    if service_id is not None:
        number = get_service(ctx.work, parse_id(service_id, "Service", "service_id")).id
        whose = None
    else:
        wanted = parse_id(str(application_id), "Application", "application_id")
        application = get_application(ctx.work, wanted)
        number, whose = application.service_id, application.id
    metric = find_counted_metric(ctx.db, number, name)
    if metric is None:
        raise NotFound("There is no such metric.", field="metric")
    watched = Watched(
        service_id=number, metric_id=metric.id, period=Period(period.value), application_id=whose
    )
    return watched, metric.unit


def _standing(counted: Counted, metric: str, unit: str, period: LimitPeriod) -> LiveUsageType:
    return LiveUsageType(
        metric=metric, unit=unit, period=period, start=counted.start, value=BigInt(counted.value)
    )


TOPIC = Topic(subscriptions=LiveSubscriptions)
