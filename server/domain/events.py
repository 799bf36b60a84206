"""What happened: outbox and audit log in one table, written in the action's transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, FetchedValue, Index
from sqlmodel import Field, Session, SQLModel

from server.domain.actors import Actor
from server.domain.event_kinds import EventKind as EventKind
from server.domain.event_kinds import Gateway as Gateway
from server.domain.event_kinds import find_kind as find_kind
from server.domain.fields import HIDDEN as HIDDEN
from server.domain.fields import created_at, moment
from server.kit.bulk import bulk_of
from server.kit.clock import utc_now

OLDER = {"server_default": ""}  # what was recorded before it was asked for


class EventRecord(SQLModel, table=True):
    """One thing that happened. `delivered_at` is empty until its jobs are done."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_provider_id_id", "provider_id", "id"),
        Index("ix_events_undelivered", "delivered_at", "id"),
        Index("ix_events_transaction_id", "transaction_id"),
        Index("ix_events_provider_id_kind_id", "provider_id", "kind", "id"),
        Index("ix_events_provider_id_actor", "provider_id", "actor"),
        Index("ix_events_provider_id_face", "provider_id", "face"),
        Index("ix_events_provider_id_created_at", "provider_id", "created_at"),
        Index("ix_events_account_id", "account_id"),
        Index("ix_events_service_id", "service_id"),
        Index("ix_events_subject_id", "subject_id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    kind: str
    actor: str
    actor_kind: str = Field(default="", sa_column_kwargs=OLDER)  # see ActorKind
    face: str = Field(default="", sa_column_kwargs=OLDER)  # see Face
    user_id: int | None = None
    account_id: int | None = None
    service_id: int | None = None
    subject_id: int | None = None  # of what the kind names before the dot
    payload: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # field -> [before, after]
    facts: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    created_at: datetime = created_at()
    delivered_at: datetime | None = moment()
    # Filled in by PostgreSQL, whose commits are in no order of ids; None on SQLite, where they are.
    transaction_id: int | None = Field(
        default=None,
        sa_type=BigInteger,
        nullable=True,
        sa_column_kwargs={"server_default": FetchedValue()},
    )


@dataclass(frozen=True, slots=True)
class Event:
    """What an action tells. `changes` is field -> [before, after], `facts` what helps to read it.

    No secrets in either: that one changed is told as [HIDDEN, HIDDEN].
    """

    kind: EventKind
    subject_id: int | None = None
    account_id: int | None = None
    service_id: int | None = None
    changes: dict[str, list[Any]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


class Face(StrEnum):
    """Through what somebody acts."""

    SYSTEM = "system"  # jobs, commands, what nobody asked for just now
    ADMIN_PORTAL = "admin_portal"
    DEVELOPER_PORTAL = "developer_portal"
    GRAPHQL = "graphql"
    REST = "rest"
    AS_CODE = "as_code"
    IMPORT = "import"  # what is taken over from elsewhere: nobody is told of it by mail


def came_through(db: Session, face: Face) -> None:
    """Note for the audit log through what the changes of a transaction were asked for."""
    db.info["face"] = face.value


def record(db: Session, actor: Actor, event: Event) -> None:
    """Write the event into the running transaction, for jobs, caches and the audit log."""
    values: dict[str, Any] = {
        "provider_id": actor.provider_id,
        "kind": event.kind,
        "actor": actor.name,
        "actor_kind": actor.kind,
        "face": db.info.get("face", Face.SYSTEM.value),
        "user_id": actor.user_id,
        "account_id": event.account_id,
        "service_id": event.service_id,
        "subject_id": event.subject_id,
        "payload": event.changes,
        "facts": event.facts,
        "created_at": utc_now(),
    }
    bulk = bulk_of(db)
    if bulk is not None:
        bulk.recorded.append((EventRecord, values))
        return
    row = EventRecord(**values)
    db.add(row)
    db.flush()  # the listeners need its id after the commit
    db.info.setdefault("events", []).append(row)


@contextmanager
def savepoint(db: Session) -> Iterator[None]:
    """Open a part of the transaction; when it raises, it is undone alone, with what it recorded."""
    told: list[EventRecord] = db.info.setdefault("events", [])
    before = len(told)
    try:
        with db.begin_nested():
            yield
    except Exception:
        del told[before:]
        raise
