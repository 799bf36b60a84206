"""Subscriptions of the provider's side: what happens, and what is used just now."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry.scalars import JSON

from server.actions.applications.applications import get_application
from server.actions.provider.webhook_messages import MessageWriter
from server.actions.services.lookup import get_service
from server.domain.errors import Invalid
from server.domain.events import EventRecord
from server.domain.permissions import Permission
from server.domain.provider.webhooks import EVERYTHING, FAMILIES, STANDARD_TYPES
from server.graphql.context import Context, Info
from server.graphql.fields import needing
from server.graphql.ids import parse_id
from server.graphql.live_usage import LiveUsageInput, LiveUsageType, live_usage_in
from server.graphql.topics import Topic
from server.graphql.watches import Begun, EventWatch, Passed

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
        ask: LiveUsageInput | None = None,
    ) -> LiveUsageType:
        ctx = info.context
        number, whose = _of_whom(ctx, service_id, application_id)
        return live_usage_in(ctx, self, ask or LiveUsageInput(), number, whose)


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


def _of_whom(
    ctx: Context, service_id: strawberry.ID | None, application_id: strawberry.ID | None
) -> tuple[int, int | None]:
    """Find the service, and the application if it is of one. Raises: Invalid, NotFound."""
    if (service_id is None) == (application_id is None):
        raise Invalid("or applicationId must be given, one of the two.", field="service_id")
    if service_id is not None:
        return get_service(ctx.work, parse_id(service_id, "Service", "service_id")).id, None
    wanted = parse_id(str(application_id), "Application", "application_id")
    application = get_application(ctx.work, wanted)
    return application.service_id, application.id


TOPIC = Topic(subscriptions=LiveSubscriptions)
