"""Where a provider is told of what happens: endpoints, their secrets, the reference's settings.

Source: reference-portal 1.6, 7.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import create_model
from sqlalchemy import inspect, update
from sqlmodel import col, func, select

from server.actions.resources import Lifecycle, Partly, Resource
from server.actions.rows import get_owned, hold, hold_provider
from server.actions.secrets import seal_value, unsealed
from server.actions.work import Work
from server.domain.attributes import Flag
from server.domain.drafts import Draft, parse
from server.domain.errors import Invalid
from server.domain.events import EventKind
from server.domain.fields import HIDDEN
from server.domain.permissions import Permission
from server.domain.provider.webhooks import (
    EVERYTHING,
    MOST_ENDPOINTS,
    OVERLAP,
    REFERENCE_TYPES,
    DeliveryState,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEndpointDraft,
    WebhookPayload,
    check_endpoint,
    make_secret,
)
from server.kit.paging import Listing

REFERENCE_NAME = "webhooks"  # of the endpoint that the reference's API makes
SECRET = "secret_sealed"  # noqa: S105 - the name of a column


def _prepare(work: Work, row: WebhookEndpoint) -> None:
    """Check an endpoint, and see to its secrets. Raises: Blank, Invalid."""
    check_endpoint(row)
    state: Any = inspect(row)
    if state.transient:
        _check_room(work)
    vault = work.installation.vault
    before = [] if state.transient else state.attrs[SECRET].history.deleted
    if not unsealed(vault, row, SECRET):
        row.secret_sealed = seal_value(vault, make_secret())
    if before:
        row.previous_secret_sealed, row.previous_secret_until = before[0], work.now + OVERLAP


def _check_room(work: Work) -> None:
    hold_provider(work)
    mine = select(func.count()).where(WebhookEndpoint.provider_id == work.actor.provider_id)
    if work.db.exec(mine).one() >= MOST_ENDPOINTS:
        raise Invalid(f"may be one of at most {MOST_ENDPOINTS}. Delete another.", field="name")


ENDPOINTS = Resource(
    name="webhook_endpoint",
    model=WebhookEndpoint,
    draft=WebhookEndpointDraft,
    read=Permission.SETTINGS_READ,
    edit=Permission.SETTINGS_EDIT,
    events=Lifecycle(
        created=EventKind.WEBHOOK_CREATED,
        updated=EventKind.WEBHOOK_UPDATED,
        deleted=EventKind.WEBHOOK_DELETED,
    ),
    listing=Listing("webhook_endpoints", WebhookEndpoint),
    unique="name",
    facts=("name",),
    partly={
        "secret": Partly(  # a file that says nothing, or (hidden), keeps the one that stands
            hide=lambda _secret: HIDDEN,
            keep=lambda secret, standing: standing if secret in {"", HIDDEN} else secret,
        )
    },
    goes_with=(col(WebhookDelivery.endpoint_id),),
    prepare=_prepare,
)


def rotate_webhook_secret(work: Work, endpoint_id: int, secret: str = "") -> WebhookEndpoint:
    """Give an endpoint a new secret, made here unless it is given; the old one signs a day more.

    Raises: NotFound, Forbidden, Invalid.
    """
    return ENDPOINTS.update(work, endpoint_id, {"secret": secret})


def resume_endpoint(work: Work, endpoint_id: int) -> WebhookEndpoint:
    """Call a paused endpoint again, at once with what waits for it. Raises: NotFound, Forbidden."""
    work.actor.require(Permission.SETTINGS_EDIT)
    endpoint = hold(work.db, get_owned(work, WebhookEndpoint, endpoint_id))
    if endpoint.paused_at is None:
        return endpoint
    endpoint.paused_at = endpoint.failing_since = None
    endpoint.failures, endpoint.problem = 0, ""
    waiting = update(WebhookDelivery).where(
        col(WebhookDelivery.endpoint_id) == endpoint.id,
        col(WebhookDelivery.state) == DeliveryState.PENDING,
    )
    work.db.execute(waiting.values(next_attempt_at=work.now, attempts=0))
    ENDPOINTS.tell(work, EventKind.WEBHOOK_RESUMED, endpoint)
    return endpoint


SHARED = ("url", "active", "provider_actions", "push_application_content_type")
SWITCHES: Mapping[str, str] = {f"{name}_on": name for name in REFERENCE_TYPES}
_FIELDS: dict[str, Any] = {
    **{
        name: (field.annotation, field)
        for name, field in WebhookEndpointDraft.model_fields.items()
        if name in SHARED
    },
    "active": (Flag, False),
    **dict.fromkeys(SWITCHES, (Flag, False)),
}
ReferenceDraft: type[Draft] = create_model("ReferenceWebhooksDraft", __base__=Draft, **_FIELDS)


def put_reference_webhooks(work: Work, values: Mapping[str, Any]) -> WebhookEndpoint:
    """Set the one endpoint that the reference's API knows; it is made when there is none.

    What is left out stays. Raises: Forbidden, Invalid.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    given = parse(ReferenceDraft, values).given()
    hold_provider(work)
    mine = ENDPOINTS.query(work.actor).where(WebhookEndpoint.payload == WebhookPayload.REFERENCE)
    found = work.db.exec(mine.order_by(col(WebhookEndpoint.id))).first()
    on = {name for name in REFERENCE_TYPES if found and {name, EVERYTHING} & {*found.event_types}}
    for switch, name in SWITCHES.items():
        if switch in given:
            (on.add if given[switch] else on.discard)(name)
    changes = {name: given[name] for name in SHARED if name in given}
    changes["event_types"] = [name for name in REFERENCE_TYPES if name in on]
    if found is not None:
        return ENDPOINTS.update(work, found.id, changes)
    made = {"active": False, **changes, "name": _free_name(work)}
    return ENDPOINTS.create(work, {**made, "payload": WebhookPayload.REFERENCE.value})


def _free_name(work: Work) -> str:
    """Name the endpoint, though there is another one of that name."""
    mine = WebhookEndpoint.provider_id == work.actor.provider_id
    taken = set(work.db.exec(select(WebhookEndpoint.name).where(mine)))
    numbered = (f"{REFERENCE_NAME} {number}" for number in range(2, MOST_ENDPOINTS + 2))
    return next(name for name in (REFERENCE_NAME, *numbered) if name not in taken)


def is_switched_on(endpoint: WebhookEndpoint, switch: str) -> bool:
    """Tell one of the reference's switches."""
    return bool({SWITCHES[switch], EVERYTHING} & {*endpoint.event_types})
