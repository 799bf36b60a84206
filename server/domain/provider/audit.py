"""The chain of the audit log: each entry is sealed together with all before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.events import EventRecord
from server.domain.fields import created_at

BEGINNING = "0" * 64  # what the first entry of a provider follows


class AuditLink(SQLModel, table=True):
    """Which place an event has in the chain of its provider.

    It names its event without a constraint: an event that somebody takes away leaves its link.
    """

    __tablename__ = "audit_links"
    __table_args__ = (
        UniqueConstraint("provider_id", "number"),
        UniqueConstraint("event_id"),
        Index("ix_audit_links_sealed_at", "sealed_at", "event_id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", ondelete="CASCADE")
    number: int  # from 1, without gaps
    event_id: int
    digest: str  # SHA-256 of the digest before and of the entry
    mark: str  # the installation's signature of the digest
    sealed_at: datetime = created_at()


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The end of a chain: whoever keeps it elsewhere can prove later that all before it stayed."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"


def entry_of(event: EventRecord, number: int) -> dict[str, Any]:
    """Write an event as exports and the chain tell it."""
    return {
        "number": number,
        "event_id": event.id,
        "provider_id": event.provider_id,
        "at": event.created_at.isoformat(timespec="microseconds"),
        "kind": event.kind,
        "subject_id": event.subject_id,
        "account_id": event.account_id,
        "service_id": event.service_id,
        "actor": event.actor,
        "actor_kind": event.actor_kind,
        "user_id": event.user_id,
        "face": event.face,
        "changes": event.payload,
        "facts": event.facts,
    }


def digest_of(before: str, entry: dict[str, Any]) -> str:
    """Digest an entry behind the one before it: SHA-256 of that digest, a line feed and JSON.

    The JSON is canonical: keys in order, no spaces, in ASCII.
    """
    text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def signed_text(provider_id: int, head: ChainHead) -> str:
    """Tell what the installation signs of a link."""
    return f"audit {provider_id} {head}"
