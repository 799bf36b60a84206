"""Removing what nobody needs any more."""

from datetime import datetime, timedelta

from sqlalchemy import CursorResult, Delete, delete, or_, select, tuple_
from sqlmodel import col

from server.actions.messages.mails import drop_dead_links
from server.auth.sessions import IDLE_LIFETIME
from server.domain.accounts.factors import SpentChallenge
from server.domain.accounts.users import OneTimeToken, UserSession
from server.domain.analytics.usage import UsageBatch, UsageTotal
from server.domain.installation import Installation
from server.domain.messages.mails import Mail
from server.domain.provider.bulk import KEPT as KEEP_BULK
from server.domain.provider.bulk import OPEN, BulkOperation
from server.domain.provider.idempotency import LIFETIME as KEEP_ANSWERS
from server.domain.provider.idempotency import IdempotencyKey
from server.domain.provider.webhooks import LastState, WebhookDelivery
from server.kit.db import Database

KEEP_MAILS = timedelta(days=30)
KEEP_MINUTES = timedelta(hours=1)  # statistics are read by the hour and longer
KEEP_DELIVERIES = timedelta(days=30)  # of webhooks, sent or not
KEEP_LAST_STATES = timedelta(days=2)  # webhooks are written a moment after their event
KEEP_BATCHES = timedelta(days=1)
CHUNK = 5_000  # rows a transaction, so that no writer waits long


def clean_up(database: Database, now: datetime) -> int:
    """Delete everything that is past its time; tell how many rows that were."""
    return sum(_delete_in_chunks(database, statement) for statement in _statements(now))


def drop_dead_links_of(database: Database, installation: Installation) -> None:
    """Take one-time links that open nothing any more out of all kept mails."""
    dropped = 1
    while dropped:
        with database.write() as db:
            dropped = drop_dead_links(db, installation)


def _statements(now: datetime) -> list[Delete]:
    """Make the statements; each deletes at most a chunk."""
    session, link, spent, mail, batch, key = (
        col(UserSession.id),
        col(OneTimeToken.id),
        col(SpentChallenge.digest),
        col(Mail.id),
        col(UsageBatch.id),
        col(IdempotencyKey.id),
    )
    dead_sessions = or_(
        col(UserSession.expires_at) <= now, col(UserSession.last_seen_at) < now - IDLE_LIFETIME
    )
    old_mails = (col(Mail.created_at) < now - KEEP_MAILS) & (col(Mail.state) != "queued")
    old_batches = col(UsageBatch.folded_at) < now - KEEP_BATCHES
    return [
        delete(UserSession).where(session.in_(select(session).where(dead_sessions).limit(CHUNK))),
        delete(OneTimeToken).where(
            link.in_(select(link).where(col(OneTimeToken.expires_at) <= now).limit(CHUNK))
        ),
        delete(SpentChallenge).where(
            spent.in_(select(spent).where(col(SpentChallenge.expires_at) <= now).limit(CHUNK))
        ),
        delete(IdempotencyKey).where(
            key.in_(
                select(key).where(col(IdempotencyKey.created_at) < now - KEEP_ANSWERS).limit(CHUNK)
            )
        ),
        delete(Mail).where(mail.in_(select(mail).where(old_mails).limit(CHUNK))),
        delete(WebhookDelivery).where(
            col(WebhookDelivery.id).in_(
                select(col(WebhookDelivery.id))
                .where(col(WebhookDelivery.created_at) < now - KEEP_DELIVERIES)
                .limit(CHUNK)
            )
        ),
        delete(BulkOperation).where(
            col(BulkOperation.created_at) < now - KEEP_BULK,
            col(BulkOperation.state).not_in(OPEN),
        ),
        delete(LastState).where(col(LastState.created_at) < now - KEEP_LAST_STATES),
        delete(UsageBatch).where(batch.in_(select(batch).where(old_batches).limit(CHUNK))),
        _old_minutes(now),
    ]


def _old_minutes(now: datetime) -> Delete:
    key = (
        col(UsageTotal.application_id),
        col(UsageTotal.metric_id),
        col(UsageTotal.period),
        col(UsageTotal.window_start),
    )
    old = select(*key).where(
        col(UsageTotal.period) == "minute", col(UsageTotal.window_start) < now - KEEP_MINUTES
    )
    return delete(UsageTotal).where(tuple_(*key).in_(old.limit(CHUNK)))


def _delete_in_chunks(database: Database, statement: Delete) -> int:
    deleted = 0
    while True:
        with database.write() as db:
            result = db.execute(statement)
            count = result.rowcount if isinstance(result, CursorResult) else 0
        deleted += count
        if count < CHUNK:
            return deleted
