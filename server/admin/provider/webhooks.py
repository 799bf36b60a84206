"""Webhooks: endpoints, their secrets, what was sent to them, and what they can be told of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, func, select
from starlette.responses import Response

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
from server.actions.provider.webhooks import (
    ENDPOINTS,
    resume_endpoint,
    rotate_webhook_secret,
)
from server.actions.rows import get_owned
from server.actions.secrets import reveal
from server.admin.context import AdminContext
from server.admin.forms import ON
from server.admin.lists import Filter, Pager, is_narrowed, page_through
from server.admin.page_face import AdminRequest
from server.admin.render import render
from server.domain.errors import sentence
from server.domain.permissions import Permission
from server.domain.provider.webhooks import (
    REFERENCE_TYPES,
    DeliveryState,
    HookCall,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookPayload,
)

HOOKS = "/webhooks"
SWITCH = "on_"  # before the name of a switch of the reference's, in forms
PAYLOADS: Mapping[str, str] = {
    WebhookPayload.STANDARD: "Signed JSON",
    WebhookPayload.REFERENCE: "XML of the reference system",
}
STATES = tuple((state.value, state.value.capitalize()) for state in DeliveryState)


@dataclass(frozen=True, slots=True)
class EndpointsPage:
    """The endpoints, with how many deliveries of each nobody took."""

    endpoints: Pager[WebhookEndpoint]
    payloads: Mapping[str, str]
    failures: Mapping[int, int]
    waiting: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class NewEndpointPage:
    payload: str
    payloads: Mapping[str, str]
    switches: Sequence[str]


@dataclass(frozen=True, slots=True)
class EndpointPage:
    """One endpoint: how it is, what it is made of, what was sent to it."""

    endpoint: WebhookEndpoint
    payload: str
    secret: str | None  # None for who may not read it
    old_secret_signs: bool
    switches: Sequence[str]
    deliveries: Pager[WebhookDelivery]
    search: str
    filters: Sequence[Filter]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """One delivery with all that was tried."""

    delivery: WebhookDelivery
    endpoint: WebhookEndpoint
    body: str | None  # None for who may not read it
    attempts: Sequence[WebhookAttempt]


@dataclass(frozen=True, slots=True)
class CataloguePage:
    types: Sequence[EventType]


def index(ctx: AdminContext) -> Response:
    endpoints = page_through(ctx, ENDPOINTS.listing, ENDPOINTS.query(ctx.actor))
    page = EndpointsPage(
        endpoints,
        PAYLOADS,
        _count(ctx, DeliveryState.FAILED),
        _count(ctx, DeliveryState.PENDING),
    )
    return render(ctx, "webhooks/index.html.j2", page)


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_EDIT)
    given = ctx.text("payload") or ctx.query("payload")
    payload = given if given in PAYLOADS else WebhookPayload.STANDARD.value
    page = NewEndpointPage(payload, PAYLOADS, REFERENCE_TYPES)
    return render(ctx, "webhooks/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    endpoint = ENDPOINTS.create(ctx, _sent(ctx))
    return ctx.go(f"{HOOKS}/{endpoint.id}", f"{endpoint.name} is added. Send it a test.")


def show(ctx: AdminContext) -> Response:
    endpoint = ENDPOINTS.get(ctx, ctx.path_id("endpoint_id"))
    search, state = ctx.query("search"), Filter.read(ctx, "state", "State", STATES)
    query = deliveries_query(ctx.actor, endpoint_id=endpoint.id, state=state.value, search=search)
    until = endpoint.previous_secret_until
    page = EndpointPage(
        endpoint,
        PAYLOADS[endpoint.payload],
        reveal(ctx, endpoint, "secret_sealed"),
        until is not None and until > ctx.now,
        REFERENCE_TYPES,
        page_through(ctx, LISTING, query),
        search,
        (state,),
        is_narrowed(search, (state,)),
    )
    return render(ctx, "webhooks/show.html.j2", page)


def update(ctx: AdminContext) -> Response:
    endpoint = ENDPOINTS.update(ctx, ctx.path_id("endpoint_id"), _sent(ctx))
    return ctx.go(f"{HOOKS}/{endpoint.id}", f"{endpoint.name} is saved.")


def delete(ctx: AdminContext) -> Response:
    endpoint = ENDPOINTS.delete(ctx, ctx.path_id("endpoint_id"))
    return ctx.go(HOOKS, f"{endpoint.name} is deleted, with what was to be sent to it.")


def rotate(ctx: AdminContext) -> Response:
    endpoint = rotate_webhook_secret(ctx, ctx.path_id("endpoint_id"))
    told = "The secret is a new one. The old one signs too for 24 hours: give the receiver the new."
    return ctx.go(f"{HOOKS}/{endpoint.id}", told)


def resume(ctx: AdminContext) -> Response:
    endpoint = resume_endpoint(ctx, ctx.path_id("endpoint_id"))
    return ctx.go(f"{HOOKS}/{endpoint.id}", f"{endpoint.name} is called again.")


def test(page_request: AdminRequest) -> Response:
    """Send an endpoint a test now, between two transactions."""
    with page_request.open() as ctx:
        call = start_test(ctx, ctx.path_id("endpoint_id"))
    return _send(page_request, call)


def show_delivery(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_READ)
    delivery = get_owned(ctx, WebhookDelivery, ctx.path_id("delivery_id"))
    endpoint = ENDPOINTS.get(ctx, delivery.endpoint_id)
    attempts = attempts_query(ctx.actor).where(WebhookAttempt.delivery_id == delivery.id)
    page = DeliveryPage(
        delivery,
        endpoint,
        _indented(reveal(ctx, delivery, "body_sealed")),
        ctx.db.exec(attempts.order_by(col(WebhookAttempt.id).desc())).all(),
    )
    return render(ctx, "webhooks/delivery.html.j2", page)


def replay(page_request: AdminRequest) -> Response:
    """Send a delivery once more now, between two transactions."""
    with page_request.open() as ctx:
        call = start_replay(ctx, ctx.path_id("delivery_id"))
    return _send(page_request, call)


def forget_failures(ctx: AdminContext) -> Response:
    count = delete_failures(ctx)
    return ctx.go(
        HOOKS, f"{count} failed {'delivery is' if count == 1 else 'deliveries are'} gone."
    )


def show_catalogue(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_READ)
    page = CataloguePage(catalogue(ctx.deps.objects))
    return render(ctx, "webhooks/catalogue.html.j2", page)


def _send(page_request: AdminRequest, call: HookCall) -> Response:
    (answer,) = page_request.deps.call_hooks([call])
    with page_request.open() as ctx:
        note_answer(ctx, call, answer)
        path = f"/webhook_deliveries/{call.delivery_id}"
        if answer.is_taken:
            return ctx.go(path, f"It was taken: the endpoint answered {answer.status}.")
        return ctx.go(path, sentence(answer.error), "danger")


def _sent(ctx: AdminContext) -> dict[str, object]:
    """Read an endpoint's form; switches of the reference's are types. A blank secret stays."""
    sent: dict[str, object] = {**ctx.sent(ENDPOINTS)}
    if not sent.get("secret"):
        sent.pop("secret", None)
    switches = [name for name in REFERENCE_TYPES if f"{SWITCH}{name}" in ctx.values]
    if switches:
        sent["event_types"] = [name for name in switches if ctx.values[f"{SWITCH}{name}"] == ON]
    return sent


def _count(ctx: AdminContext, state: DeliveryState) -> Mapping[int, int]:
    query = (
        select(WebhookDelivery.endpoint_id, func.count())
        .where(WebhookDelivery.provider_id == ctx.provider.id, WebhookDelivery.state == state)
        .group_by(col(WebhookDelivery.endpoint_id))
    )
    return dict(ctx.db.exec(query).all())


def _indented(body: str | None) -> str | None:
    """Write JSON for people; anything else as it is."""
    if body is None or not body.startswith("{"):
        return body
    return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
