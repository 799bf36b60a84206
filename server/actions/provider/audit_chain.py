"""Sealing the audit log, and finding out whether somebody has changed it.

Writers are not held up: what they committed is sealed a moment later, by one who seals for all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.work import Work
from server.domain.events import EventRecord
from server.domain.permissions import Permission
from server.domain.provider.audit import (
    BEGINNING,
    AuditLink,
    ChainHead,
    digest_of,
    entry_of,
    signed_text,
)
from server.kit.crypto import Vault

CHUNK = 500  # entries a transaction
STRETCH = 2_000  # ids that are read at once
SETTLED = timedelta(hours=1)  # no transaction that records events runs for so long
TURN = 20_240_917  # the number of the lock that sealers share on PostgreSQL


def seal_events(db: Session, vault: Vault, now: datetime, above: int) -> int:
    """Seal some of what is committed above an id and not sealed; tell how many that were.

    No entries while somebody else seals. Cost: a query by the index of ids.
    """
    if db.get_bind().dialect.name != "sqlite":
        taken = db.execute(text("SELECT pg_try_advisory_xact_lock(:turn)"), {"turn": TURN})
        if not taken.scalar_one():
            return 0
    events = db.exec(_unsealed(above).limit(CHUNK)).all()
    heads: dict[int, ChainHead] = {}
    for event in events:
        head = heads.get(event.provider_id) or head_of(db, event.provider_id)
        number = head.number + 1
        after = ChainHead(number, digest_of(head.digest, entry_of(event, number)))
        heads[event.provider_id] = after
        db.add(_link(vault, event, after, now))
    db.flush()
    return len(events)


def has_unsealed(db: Session, above: int) -> bool:
    """Return whether something above an id waits to be sealed. Cost: a query by the index."""
    return db.exec(_unsealed(above).limit(1)).first() is not None


def _unsealed(above: int) -> SelectOfScalar[EventRecord]:
    return (
        select(EventRecord)
        .outerjoin(AuditLink, col(AuditLink.event_id) == EventRecord.id)
        .where(col(AuditLink.id).is_(None), EventRecord.id > above)
        .order_by(col(EventRecord.id))
    )


def _link(vault: Vault, event: EventRecord, head: ChainHead, now: datetime) -> AuditLink:
    return AuditLink(
        provider_id=event.provider_id,
        number=head.number,
        event_id=event.id,
        digest=head.digest,
        mark=vault.sign(signed_text(event.provider_id, head)),
        sealed_at=now,
    )


def settled_below(db: Session, now: datetime) -> int:
    """Tell an id below which all is sealed that ever will be committed. Cost: by an index."""
    query = select(AuditLink.event_id).where(AuditLink.sealed_at < now - SETTLED)
    newest = query.order_by(col(AuditLink.sealed_at).desc(), col(AuditLink.event_id).desc())
    return db.exec(newest.limit(1)).first() or 0


def sealed_from(db: Session, above: int) -> int:
    """Follow the ids that are sealed from one on, up to the first that is not: nothing waits below.

    Without it each look for what is new would read all that was written in the last hour.
    Cost: reads each sealed id once, by an index.
    """
    while True:
        query = select(AuditLink.event_id).where(AuditLink.event_id > above)
        ids = db.exec(query.order_by(col(AuditLink.event_id)).limit(STRETCH)).all()
        found = next((at for at, number in enumerate(ids, above + 1) if at != number), None)
        if found is not None:
            return found - 1
        if len(ids) < STRETCH:
            return above + len(ids)
        above += len(ids)


def head_of(db: Session, provider_id: int) -> ChainHead:
    """Find the end of a provider's chain."""
    query = select(AuditLink.number, AuditLink.digest).where(AuditLink.provider_id == provider_id)
    found = db.exec(query.order_by(col(AuditLink.number).desc()).limit(1)).first()
    return ChainHead(*found) if found else ChainHead(0, BEGINNING)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What looking at a chain has found."""

    head: ChainHead
    checked: int  # entries
    unsealed: int  # events that no link names yet
    fault: str = ""  # the first thing that is wrong; empty when nothing is

    @property
    def holds(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.fault


def verify_chain(work: Work, *, newest: int | None = None, known: str = "") -> Verdict:
    """Look whether the log is as it was sealed, all of it or its newest entries.

    `known` is a head that somebody kept: the chain must still have it. Raises: Forbidden.
    Cost: reads every entry that is checked, some 20 µs each.
    """
    work.actor.require(Permission.AUDIT_READ)
    provider_id = work.actor.provider_id
    head = head_of(work.db, provider_id)
    begin = max(head.number - newest, 0) if newest is not None else 0
    fault = _known_fault(work, known)
    checked = 0
    before = ChainHead(begin, _digest_at(work.db, provider_id, begin))
    for link, event in _entries(work.db, provider_id, begin):
        if fault:
            break
        fault = _fault_of(work, before, link, event)
        before, checked = ChainHead(link.number, link.digest), checked + 1
    if not fault and before.number != head.number:
        fault = f"Entry {before.number + 1} is missing."
    return Verdict(head, checked, _count_unsealed(work), fault)


def _fault_of(work: Work, before: ChainHead, link: AuditLink, event: EventRecord | None) -> str:
    """Tell what is wrong with an entry; empty for nothing."""
    number = before.number + 1
    if link.number != number:
        return f"Entry {number} is missing."
    if event is None:
        return f"Entry {number} names the event {link.event_id}, which is gone."
    if digest_of(before.digest, entry_of(event, number)) != link.digest:
        return f"Entry {number}, the event {event.id}, is not what was sealed."
    signed = signed_text(link.provider_id, ChainHead(number, link.digest))
    if not work.installation.vault.signature_holds(signed, link.mark):
        return f"Entry {number} was not sealed by this installation."
    return ""


def _known_fault(work: Work, known: str) -> str:
    """Tell what is wrong with a head that somebody kept."""
    if not known:
        return ""
    number, _, digest = known.partition(":")
    is_number = number.isascii() and number.isdecimal() and len(number) < len(BEGINNING)
    if is_number and _digest_at(work.db, work.actor.provider_id, int(number)) == digest:
        return ""
    return f"The log does not have the entry {known[:100]} any more."


def _digest_at(db: Session, provider_id: int, number: int) -> str:
    if number == 0:
        return BEGINNING
    query = select(AuditLink.digest).where(
        AuditLink.provider_id == provider_id, AuditLink.number == number
    )
    return db.exec(query).first() or ""


def _entries(
    db: Session, provider_id: int, above: int
) -> Iterator[tuple[AuditLink, EventRecord | None]]:
    """Read links in order with their events, some at a time."""
    while True:
        query = (
            select(AuditLink, EventRecord)
            .outerjoin(EventRecord, col(EventRecord.id) == AuditLink.event_id)
            .where(AuditLink.provider_id == provider_id, AuditLink.number > above)
            .order_by(col(AuditLink.number))
            .limit(CHUNK)
        )
        rows: Sequence[tuple[AuditLink, EventRecord | None]] = db.exec(query).all()
        yield from rows
        if len(rows) < CHUNK:
            return
        above = rows[-1][0].number
        db.expunge_all()  # a long log does not fit into memory


def _count_unsealed(work: Work) -> int:
    query = (
        select(func.count())
        .select_from(EventRecord)
        .outerjoin(AuditLink, col(AuditLink.event_id) == EventRecord.id)
        .where(EventRecord.provider_id == work.actor.provider_id, col(AuditLink.id).is_(None))
    )
    return work.db.exec(query).one()
