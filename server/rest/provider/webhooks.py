"""The reference's webhooks and what of them failed. Source: reference-portal 1.6, 7."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar
from starlette.responses import PlainTextResponse, Response

from server.actions.provider.webhook_deliveries import delete_failures, failures_query
from server.actions.provider.webhooks import (
    SHARED,
    SWITCHES,
    ReferenceDraft,
    is_switched_on,
    put_reference_webhooks,
)
from server.actions.secrets import reveal
from server.actions.work import Work
from server.domain.attributes import ShortText
from server.domain.drafts import Draft
from server.domain.permissions import Permission
from server.domain.provider.webhooks import WebhookDelivery, WebhookEndpoint
from server.rest.answers import Gone, Listed, One
from server.rest.context import RestContext
from server.rest.errors import NO_STORE
from server.rest.operations import Operation, wrappers_of
from server.rest.shapes import Field, Shape, columns, computed

PATH = "/webhooks"
FAILURES = f"{PATH}/failures"
WEBHOOK = Shape(
    name="webhook",
    model=WebhookEndpoint,
    parts=(
        *columns("id", *SHARED, "created_at", "updated_at"),
        *(computed(name, bool, partial(is_switched_on, switch=name)) for name in SWITCHES),
    ),
)


def _event(work: Work, _rows: Sequence[WebhookDelivery]) -> Callable[[WebhookDelivery], str | None]:
    return lambda row: reveal(work, row, "body_sealed")


def _url(work: Work, rows: Sequence[WebhookDelivery]) -> Callable[[WebhookDelivery], str]:
    ids = {row.endpoint_id for row in rows}
    query = select(WebhookEndpoint).where(col(WebhookEndpoint.id).in_(ids))
    urls = {endpoint.id: endpoint.url for endpoint in work.db.exec(query)}
    return lambda row: urls[row.endpoint_id]


FAILURE = Shape(
    name="webhooks-failure",
    model=WebhookDelivery,
    parts=(
        *columns("id"),
        computed("time", datetime, lambda row: row.finished_at),
        *columns("error"),
        Field("url", load=_url, type=str),
        Field("event", load=_event, type=str, hides=True),
    ),
)


class FailureBounds(Draft):
    """Up to when failures are forgotten; all of them without it."""

    time: ShortText = ""


def _put(ctx: RestContext) -> WebhookEndpoint:
    return put_reference_webhooks(ctx, ctx.params.pick(ReferenceDraft.model_fields))


def _list(ctx: RestContext) -> SelectOfScalar[WebhookDelivery]:
    return failures_query(ctx.actor)


def _forget(ctx: RestContext) -> str:
    """Forget failures; tell why not, for a time that is none."""
    text = ctx.given(FailureBounds).get("time", "").strip()
    until = None
    if text:
        try:
            until = datetime.fromisoformat(text.removesuffix(" UTC"))
        except ValueError:
            return "time must be a time such as 2030-01-31T12:00:00Z.\n"
    delete_failures(ctx, until)
    return ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Says nothing, but 400 where the time could not be read."""

    shape: Shape[Any] | None = None

    def write(self, ctx: RestContext, outcome: str) -> Response:
        if outcome:
            return PlainTextResponse(outcome, 400, NO_STORE)
        return Gone().write(ctx, None)

    def described(self) -> Mapping[str, Any]:
        return Gone().described()


OPERATIONS: tuple[Operation, ...] = (
    Operation(
        "PUT",
        PATH,
        "Set the reference's webhooks; what is left out stays.",
        Permission.SETTINGS_EDIT,
        _put,
        One(WEBHOOK),
        takes=ReferenceDraft,
        wrappers=wrappers_of("webhook"),
        only_json=True,
    ),
    Operation(
        "GET",
        FAILURES,
        "List what webhooks nobody took, however often it was tried.",
        Permission.SETTINGS_READ,
        _list,
        Listed(FAILURE),
    ),
    Operation(
        "DELETE",
        FAILURES,
        "Forget failed webhooks: all, or those up to a time.",
        Permission.SETTINGS_EDIT,
        _forget,
        Forgotten(),
        filters=FailureBounds,
    ),
)
