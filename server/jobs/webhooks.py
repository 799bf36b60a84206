"""Webhooks: written as rows in the transaction that delivers their event, sent with retries."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Lock

import structlog
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.provider.webhook_deliveries import claim_due, next_due_at, note_answer
from server.actions.provider.webhook_messages import MessageWriter
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import Unavailable
from server.domain.events import EventKind, EventRecord
from server.domain.provider.webhooks import (
    STANDARD_TYPES,
    HookCall,
    WebhookDelivery,
    WebhookEndpoint,
)
from server.jobs.outbox import FollowUp, Listener

ACTOR = "webhooks"
SOON = timedelta(seconds=60)  # what is due later, the job of each minute finds
log = structlog.get_logger("gatehouse.webhooks")


class HookWriter:
    """Writes the deliveries of events as rows, once for each event, endpoint and type."""

    def __init__(self, deps: Dependencies, send: Callable[[], object]) -> None:
        self._deps = deps
        self._send = send

    def listener(self) -> Listener:
        kinds = frozenset(kind for kind in EventKind if kind.value in STANDARD_TYPES)
        return Listener(kinds, self.write, told_providers)

    def write(self, db: Session, event: EventRecord) -> Sequence[FollowUp]:
        """Write the deliveries of an event; to be done then: send them."""
        endpoints = db.exec(_active().where(WebhookEndpoint.provider_id == event.provider_id)).all()
        if not endpoints:
            return ()
        actor = Actor.system(event.provider_id, ACTOR)
        work = Work(db, actor, self._deps.installation)
        writer = MessageWriter(work, event, self._deps.objects)
        rows = [
            WebhookDelivery(
                provider_id=event.provider_id,
                endpoint_id=endpoint.id,
                event_id=event.id,
                event_type=told.event_type,
                subject_kind=event.kind.partition(".")[0],
                subject_id=event.subject_id,
                body_sealed=work.installation.vault.seal(told.body.decode()),
                next_attempt_at=work.now,
                created_at=work.now,
            )
            for endpoint in endpoints
            for told in writer.told_to(endpoint)
        ]
        db.add_all(rows)
        return [self._send] if rows else []


def told_providers(db: Session) -> frozenset[int]:
    """Name the providers that are told of anything."""
    return frozenset(endpoint.provider_id for endpoint in db.exec(_active()))


def _active() -> SelectOfScalar[WebhookEndpoint]:
    return select(WebhookEndpoint).where(col(WebhookEndpoint.active))


class HookSender:
    """Sends what is due, many at once; one round at a time in a process."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._sending = Lock()

    def run(self) -> timedelta | None:
        """Send until nothing is due; tell in how long something is again, if that is soon."""
        if not self._sending.acquire(blocking=False):
            return None  # who sends looks again before he ends
        try:
            while calls := self._claim():
                self._send(calls)
            return self._rest()
        finally:
            self._sending.release()

    def _claim(self) -> list[HookCall]:
        with self._deps.database.read() as db:
            work = self._work(db, 0)
            at = next_due_at(work)
            if at is None or at > work.now:
                return []  # the lock to write is for who needs it
        with self._deps.database.write() as db:
            return claim_due(self._work(db, 0))

    def _send(self, calls: Sequence[HookCall]) -> None:
        """Make calls, and note each answer in a transaction of its own."""
        try:
            answers = self._deps.call_hooks(calls)
        except Unavailable as refusal:
            log.warning("no webhooks are sent by this process", error=str(refusal))
            return
        for call, answer in zip(calls, answers, strict=True):
            with self._deps.database.write() as db:
                note_answer(self._work(db, call.provider_id), call, answer)
            if not answer.is_taken:
                log.info(
                    "a webhook was not taken", delivery_id=call.delivery_id, error=answer.error
                )

    def _rest(self) -> timedelta | None:
        with self._deps.database.read() as db:
            work = self._work(db, 0)
            at, now = next_due_at(work), work.now
        return at - now if at is not None and now < at <= now + SOON else None

    def _work(self, db: Session, provider_id: int) -> Work:
        return Work(db, Actor.system(provider_id, ACTOR), self._deps.installation)
