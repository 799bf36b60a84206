"""What becomes of webhooks: claimed, sent by whoever claimed them, tried again, listed, replayed.

Sending takes seconds and is no part of a transaction: one claims calls, makes them, notes answers.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists
from sqlalchemy.orm import aliased
from sqlmodel import col, func, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.provider.webhook_messages import call_of, trial_body
from server.actions.provider.webhooks import ENDPOINTS
from server.actions.rows import get_owned, hold
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Conflict
from server.domain.events import EventKind, EventRecord
from server.domain.fields import clean_optional_text
from server.domain.permissions import Permission
from server.domain.provider.webhooks import (
    FAILS_FOR,
    FAILURES,
    LEASE,
    LONGEST_WISH,
    MOST_ANSWER,
    MOST_ERROR,
    REFERENCE_DELAYS,
    STANDARD_DELAYS,
    TEST,
    DeliveryState,
    HookAnswer,
    HookCall,
    WebhookAttempt,
    WebhookDelivery,
    WebhookEndpoint,
)
from server.kit.clock import in_utc
from server.kit.paging import Listing

GONE = 410  # the receiver wants no more of it
AT_ONCE = 40  # calls of one round
LISTING = Listing("webhook_deliveries", WebhookDelivery, newest_first=True)


def deliveries_query(
    actor: Actor, *, endpoint_id: int | None = None, state: str = "", search: str = ""
) -> SelectOfScalar[WebhookDelivery]:
    """Select deliveries of the provider; `search` is a part of the event or of what went wrong.

    Raises: Forbidden, Invalid for what no text can hold.
    """
    actor.require(Permission.SETTINGS_READ)
    query = select(WebhookDelivery).where(WebhookDelivery.provider_id == actor.provider_id)
    if endpoint_id is not None:
        query = query.where(WebhookDelivery.endpoint_id == endpoint_id)
    search = clean_optional_text(search, "search")
    if search:
        columns = (col(WebhookDelivery.event_type), col(WebhookDelivery.error))
        query = query.where(or_(*(each.icontains(search, autoescape=True) for each in columns)))
    return query.where(WebhookDelivery.state == state) if state else query


def attempts_query(actor: Actor) -> SelectOfScalar[WebhookAttempt]:
    """Select what was tried. Raises: Forbidden."""
    actor.require(Permission.SETTINGS_READ)
    return select(WebhookAttempt).where(WebhookAttempt.provider_id == actor.provider_id)


def failures_query(actor: Actor) -> SelectOfScalar[WebhookDelivery]:
    """Select what nobody took however often it was tried. Raises: Forbidden."""
    return deliveries_query(actor, state=DeliveryState.FAILED)


def delete_failures(work: Work, until: datetime | None = None) -> int:
    """Forget failed deliveries, all or those up to a time; tell how many. Raises: Forbidden."""
    work.actor.require(Permission.SETTINGS_EDIT)
    failed: list[Any] = [
        col(WebhookDelivery.provider_id) == work.actor.provider_id,
        col(WebhookDelivery.state) == DeliveryState.FAILED,
    ]
    if until is not None:
        failed.append(col(WebhookDelivery.finished_at) <= in_utc(until))
    count = work.db.exec(select(func.count()).select_from(WebhookDelivery).where(*failed)).one()
    work.db.execute(delete(WebhookDelivery).where(*failed))
    return count


def claim_due(work: Work, limit: int = AT_ONCE) -> list[HookCall]:
    """Take what is to be sent now, of all providers, so that nobody else sends it meanwhile.

    Of one object and endpoint only the oldest is taken: they arrive in order.
    """
    query = (
        select(WebhookDelivery, WebhookEndpoint)
        .join(WebhookEndpoint, col(WebhookEndpoint.id) == WebhookDelivery.endpoint_id)
        .where(*_is_due(work.now), col(WebhookEndpoint.active))
        .where(col(WebhookEndpoint.paused_at).is_(None))
        .order_by(col(WebhookDelivery.next_attempt_at), col(WebhookDelivery.id))
        .limit(limit)
        .with_for_update(skip_locked=True, of=WebhookDelivery)
    )
    return [_claim(work, endpoint, row) for row, endpoint in work.db.exec(query).all()]


def _is_due(now: datetime) -> tuple[Any, ...]:
    """Narrow deliveries to those whose time has come and that wait for no earlier one."""
    earlier: Any = aliased(WebhookDelivery)
    waits = exists().where(
        earlier.endpoint_id == WebhookDelivery.endpoint_id,
        earlier.subject_kind == WebhookDelivery.subject_kind,
        earlier.subject_id == WebhookDelivery.subject_id,
        earlier.state == DeliveryState.PENDING,
        earlier.event_id < WebhookDelivery.event_id,
    )
    unwritten = exists().where(
        col(EventRecord.delivered_at).is_(None),
        col(EventRecord.provider_id) == WebhookDelivery.provider_id,
        col(EventRecord.subject_id) == WebhookDelivery.subject_id,
        col(EventRecord.kind).startswith(col(WebhookDelivery.subject_kind) + "."),
        col(EventRecord.id) < WebhookDelivery.event_id,
    )
    return (
        WebhookDelivery.state == DeliveryState.PENDING,
        col(WebhookDelivery.next_attempt_at) <= now,
        ~waits,
        ~unwritten,
    )


def _claim(work: Work, endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> HookCall:
    delivery.attempts += 1
    delivery.next_attempt_at = work.now + LEASE
    work.db.add(delivery)
    work.db.flush()
    return call_of(work.installation.vault, endpoint, delivery, work.now)


def next_due_at(work: Work) -> datetime | None:
    """Tell when something is to be sent next; None for never."""
    query = (
        select(func.min(WebhookDelivery.next_attempt_at))
        .join(WebhookEndpoint, col(WebhookEndpoint.id) == WebhookDelivery.endpoint_id)
        .where(WebhookDelivery.state == DeliveryState.PENDING, col(WebhookEndpoint.active))
        .where(col(WebhookEndpoint.paused_at).is_(None))
    )
    return work.db.exec(query).one()


def start_test(work: Work, endpoint_id: int) -> HookCall:
    """Claim a message that only tries an endpoint. Raises: NotFound, Forbidden, Conflict."""
    work.actor.require(Permission.SETTINGS_EDIT)
    endpoint = get_owned(work, WebhookEndpoint, endpoint_id)
    if not endpoint.url:
        raise Conflict("It has no address yet.")
    delivery = WebhookDelivery(
        provider_id=endpoint.provider_id,
        endpoint_id=endpoint.id,
        event_type=TEST,
        body_sealed=work.installation.vault.seal(trial_body(endpoint, work.now).decode()),
        created_at=work.now,
    )
    return _claim(work, endpoint, delivery)


def start_replay(work: Work, delivery_id: int) -> HookCall:
    """Claim a delivery once more, as it was; it is tried as often as a new one.

    Raises: NotFound, Forbidden, Conflict while it is under way, or its endpoint wants nothing.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    delivery = hold(work.db, get_owned(work, WebhookDelivery, delivery_id))
    endpoint = work.db.get_one(WebhookEndpoint, delivery.endpoint_id)
    if delivery.state == DeliveryState.PENDING:
        raise Conflict("It is still on its way: it goes out by itself.")
    if not endpoint.active or endpoint.paused_at is not None:
        raise Conflict("Its endpoint is off or paused. Switch it on or resume it first.")
    delivery.state, delivery.attempts = DeliveryState.PENDING, 0
    delivery.finished_at = None
    return _claim(work, endpoint, delivery)


def note_answer(work: Work, call: HookCall, answer: HookAnswer) -> WebhookDelivery | None:
    """Write down what came of a call, and when it is tried again; None when it was deleted."""
    delivery = work.db.get(WebhookDelivery, call.delivery_id)
    if delivery is None:
        return None
    hold(work.db, delivery)
    work.db.add(
        WebhookAttempt(
            provider_id=delivery.provider_id,
            delivery_id=delivery.id,
            url=call.url,
            request_headers=dict(call.headers),
            status=answer.status,
            error=answer.error[:MOST_ERROR],
            answer=answer.body[:MOST_ANSWER].replace("\x00", "\ufffd"),
            duration_ms=answer.duration_ms,
            created_at=work.now,
        )
    )
    delivery.status, delivery.error = answer.status, answer.error[:MOST_ERROR]
    endpoint = work.db.get_one(WebhookEndpoint, delivery.endpoint_id)
    if answer.is_taken:
        _finish(work, delivery, DeliveryState.DELIVERED)
        if endpoint.failures:
            hold(work.db, endpoint)
            endpoint.failures, endpoint.failing_since, endpoint.problem = 0, None, ""
    elif delivery.event_id is None:
        _finish(work, delivery, DeliveryState.FAILED)
    else:
        _put_off(work, endpoint, delivery, answer)
        _doubt(work, hold(work.db, endpoint), answer)
    return delivery


def _finish(work: Work, delivery: WebhookDelivery, state: DeliveryState) -> None:
    delivery.state, delivery.finished_at, delivery.next_attempt_at = state, work.now, None


def _put_off(
    work: Work, endpoint: WebhookEndpoint, delivery: WebhookDelivery, answer: HookAnswer
) -> None:
    """Try again later, or give up after the last time."""
    delays: Sequence[timedelta] = REFERENCE_DELAYS if endpoint.is_reference else STANDARD_DELAYS
    if delivery.attempts > len(delays):
        _finish(work, delivery, DeliveryState.FAILED)
        return
    wish = min(timedelta(seconds=answer.retry_after_s or 0), LONGEST_WISH)
    delivery.next_attempt_at = work.now + max(delays[delivery.attempts - 1], wish)


def _doubt(work: Work, endpoint: WebhookEndpoint, answer: HookAnswer) -> None:
    """Count a failure of an endpoint; one that fails for long, or is gone, is paused and told."""
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or work.now
    endpoint.problem = answer.error[:MOST_ERROR]
    if endpoint.paused_at is not None:
        return
    fails_long = endpoint.failures >= FAILURES and work.now - endpoint.failing_since >= FAILS_FOR
    if answer.status == GONE or fails_long:
        endpoint.paused_at = work.now
        changes = {"state": ["failing", "paused"]}
        ENDPOINTS.tell(work, EventKind.WEBHOOK_PAUSED, endpoint, changes)
