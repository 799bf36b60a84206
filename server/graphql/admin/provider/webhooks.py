"""Webhooks: endpoints, what was sent to them, and what they can be told of."""

from datetime import datetime
from typing import cast

import strawberry
from sqlmodel import col
from strawberry.scalars import JSON

from server.actions.provider.webhook_catalogue import EventType, catalogue
from server.actions.provider.webhook_deliveries import (
    LISTING,
    attempts_query,
    delete_failures,
    deliveries_query,
    note_answer,
    start_replay,
    start_test,
)
from server.actions.provider.webhooks import ENDPOINTS, resume_endpoint, rotate_webhook_secret
from server.actions.secrets import reveal
from server.domain.permissions import Permission
from server.domain.provider.webhooks import (
    DeliveryState,
    HookCall,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookPayload,
)
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.fields import Node, OfRow, described, needing, secret
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.resources import mutations_of
from server.graphql.topics import Shown, Topic
from server.kit.paging import Listing

ATTEMPTS = Listing("webhook_attempts", WebhookAttempt, newest_first=True)


@strawberry.type(
    name="WebhookAttempt", description="One try to bring a message, and what came back."
)
class AttemptType(OfRow[WebhookAttempt], Node):
    url: str
    status: int | None = strawberry.field(description="Null when nobody answered.")
    error: str
    answer: str = strawberry.field(description="The first characters of what came back.")
    duration_ms: int
    created_at: datetime

    @described("The headers that were sent, with the signature.")
    def request_headers(self) -> JSON:
        return cast(JSON, self.row.request_headers)


@strawberry.type(name="WebhookDelivery", description="One event for one webhook.")
class DeliveryType(OfRow[WebhookDelivery], Node):
    event_type: str
    message_id: str = strawberry.field(description="What `webhook-id` says, in each try.")
    state: DeliveryState
    next_attempt_at: datetime | None
    status: int | None = strawberry.field(description="Of the last answer.")
    error: str
    finished_at: datetime | None
    created_at: datetime

    @strawberry.field
    def attempts_made(self) -> int:
        return self.row.attempts

    @described("The number of the event in the audit log; null for a test.")
    def event_legacy_id(self) -> int | None:
        return self.row.event_id

    @secret(WebhookDelivery, "body_sealed", "What is sent.")
    def body(self, info: Info) -> str | None:
        return reveal(info.context.work, self.row, "body_sealed")

    @related(WebhookEndpoint)
    def endpoint(self) -> int:
        return self.row.endpoint_id

    @connection(WebhookAttempt, Permission.SETTINGS_READ, "What was tried, newest first.")
    def attempts(self, info: Info) -> Rows:
        rows = info.context.rows(WebhookAttempt)
        return Rows(ATTEMPTS, rows.where(col(WebhookAttempt.delivery_id) == self.row.id))


@strawberry.type(name="WebhookEndpoint", description="An address that is told of events.")
class EndpointType(OfRow[WebhookEndpoint], Node):
    name: str
    payload: WebhookPayload
    url: str
    event_types: list[str]
    active: bool
    provider_actions: bool
    push_application_content_type: bool
    previous_secret_until: datetime | None = strawberry.field(
        description="How long the secret before signs too."
    )
    failures: int = strawberry.field(description="Tries that failed since the last that did not.")
    failing_since: datetime | None
    paused_at: datetime | None
    problem: str
    created_at: datetime
    updated_at: datetime

    @described("`active`, `failing`, `paused` or `off`.")
    def state(self) -> str:
        return self.row.state

    @secret(WebhookEndpoint, "secret_sealed", "What its messages are signed by.")
    def secret(self, info: Info) -> str | None:
        return reveal(info.context.work, self.row, "secret_sealed")

    @connection(WebhookDelivery, Permission.SETTINGS_READ, "What was sent to it, newest first.")
    def deliveries(
        self, info: Info, state: DeliveryState | None = None, search: str | None = None
    ) -> Rows:
        return _deliveries(info, self.row.id, state, search)


def _deliveries(
    info: Info, endpoint_id: int | None, state: DeliveryState | None, search: str | None
) -> Rows:
    query = deliveries_query(
        info.context.actor,
        endpoint_id=endpoint_id,
        state=state.value if state else "",
        search=search or "",
    )
    return Rows(LISTING, query)


@strawberry.type(name="WebhookEventType", description="A type of event that can be chosen.")
class EventTypeType:
    name: str
    description: str
    reference_names: list[str]
    schema: JSON

    @classmethod
    def of(cls, found: EventType) -> "EventTypeType":
        return cls(
            name=found.name,
            description=found.words,
            reference_names=[*found.reference],
            schema=cast(JSON, found.schema),
        )


@strawberry.type
class WebhookQueries:
    @connection(WebhookEndpoint, Permission.SETTINGS_READ, "All webhooks.")
    def webhook_endpoints(self, info: Info) -> Rows:
        return Rows(ENDPOINTS.listing, info.context.rows(WebhookEndpoint))

    @connection(WebhookDelivery, Permission.SETTINGS_READ, "What was sent, newest first.")
    def webhook_deliveries(
        self,
        info: Info,
        endpoint_id: strawberry.ID | None = None,
        state: DeliveryState | None = None,
        search: str | None = None,
    ) -> Rows:
        number = info.context.number_within_reach(endpoint_id, WebhookEndpoint, "endpointId")
        return _deliveries(info, number, state, search)

    @needing(Permission.SETTINGS_READ, "What webhooks can be told of, with JSON Schemas.")
    def webhook_event_types(self, info: Info) -> list[EventTypeType]:
        return [EventTypeType.of(each) for each in catalogue(info.context.deps.objects)]


@strawberry.type
class WebhookEndpointPayload(Payload):
    webhook_endpoint: EndpointType | None = None


@strawberry.type
class WebhookDeliveryPayload(Payload):
    webhook_delivery: DeliveryType | None = None


@strawberry.type
class WebhookFailuresDeletePayload(Payload):
    count: int | None = strawberry.field(default=None, description="How many there were.")


@strawberry.input
class WebhookSecretInput(IdInput):
    secret: str = strawberry.field(default="", description="Without one, one is made.")


@strawberry.input
class WebhookFailuresInput(Input):
    until: datetime | None = strawberry.field(
        default=None, description="Only what failed until then; else all of it."
    )


Mutations = mutations_of(ENDPOINTS, EndpointType, "WebhookEndpoint", WebhookEndpointPayload)


@strawberry.type
class WebhookMutations(Mutations):  # type: ignore[misc,valid-type]  # made
    @mutation(WebhookEndpointPayload, Permission.SETTINGS_EDIT)
    def webhook_endpoint_rotate_secret(
        self, info: Info, input: WebhookSecretInput
    ) -> WebhookEndpointPayload:
        """Give a webhook a new secret; the one before signs too for a day."""
        with info.context.write() as work:
            row = rotate_webhook_secret(work, _endpoint_id(input), input.secret)
        return WebhookEndpointPayload(webhook_endpoint=EndpointType.of(row))

    @mutation(WebhookEndpointPayload, Permission.SETTINGS_EDIT)
    def webhook_endpoint_resume(self, info: Info, input: IdInput) -> WebhookEndpointPayload:
        """Call a paused webhook again, at once with what waits for it."""
        with info.context.write() as work:
            row = resume_endpoint(work, _endpoint_id(input))
        return WebhookEndpointPayload(webhook_endpoint=EndpointType.of(row))

    @mutation(WebhookDeliveryPayload, Permission.SETTINGS_EDIT)
    def webhook_endpoint_test(self, info: Info, input: IdInput) -> WebhookDeliveryPayload:
        """Send a webhook a test now; what came back stands in the delivery."""
        with info.context.write() as work:
            call = start_test(work, _endpoint_id(input))
        return _sent(info.context, call)

    @mutation(WebhookDeliveryPayload, Permission.SETTINGS_EDIT)
    def webhook_delivery_replay(self, info: Info, input: IdInput) -> WebhookDeliveryPayload:
        """Send a delivery once more now, as it was."""
        with info.context.write() as work:
            call = start_replay(work, parse_id(input.id, "WebhookDelivery"))
        return _sent(info.context, call)

    @mutation(WebhookFailuresDeletePayload, Permission.SETTINGS_EDIT)
    def webhook_failures_delete(
        self, info: Info, input: WebhookFailuresInput
    ) -> WebhookFailuresDeletePayload:
        """Forget failed deliveries, all or those up to a time."""
        with info.context.write() as work:
            count = delete_failures(work, input.until)
        return WebhookFailuresDeletePayload(count=count)


def _endpoint_id(input: IdInput) -> int:
    return parse_id(input.id, "WebhookEndpoint")


def _sent(ctx: Context, call: HookCall) -> WebhookDeliveryPayload:
    """Make a call between two transactions, and show what came of it."""
    (answer,) = ctx.deps.call_hooks([call])
    with ctx.write() as work:
        row = note_answer(work, call, answer)
    return WebhookDeliveryPayload(webhook_delivery=DeliveryType.of(row) if row else None)


TOPIC = Topic(
    shows=(
        Shown(WebhookEndpoint, EndpointType, ENDPOINTS.query),
        Shown(WebhookDelivery, DeliveryType, deliveries_query),
        Shown(WebhookAttempt, AttemptType, attempts_query),
    ),
    queries=WebhookQueries,
    mutations=WebhookMutations,
)
