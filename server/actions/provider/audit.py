"""The audit log: everything that was recorded, newest first, narrowed and exported."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, and_, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.narrowing import Narrowed, Narrowing
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.events import EventKind, EventRecord
from server.domain.fields import is_comparable
from server.domain.permissions import Permission
from server.domain.provider.audit import AuditLink, entry_of
from server.kit.clock import in_utc
from server.kit.csv import csv_of
from server.kit.db import walked
from server.kit.paging import Listing

LISTING = Listing("events", EventRecord, newest_first=True)
FAMILIES: tuple[str, ...] = tuple(dict.fromkeys(kind.partition(".")[0] for kind in EventKind))
CHUNK = 1_000  # entries that an export reads at once
COLUMNS = (
    *("number", "event_id", "at", "actor", "actor_kind", "user_id", "face", "kind"),
    *("subject_id", "account_id", "service_id", "changes", "facts", "digest"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """What the log is narrowed by; what is empty narrows nothing."""

    kind: str = ""  # `account.created`, or `account` for all of an account's
    kinds: tuple[str, ...] = ()  # any of these, as they are
    actor: str = ""  # a name
    face: str = ""  # see Face
    subject_id: int | None = None
    account_id: int | None = None
    service_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = AuditFilter()
SAME = ("subject_id", "account_id", "service_id", "actor", "face")  # columns


def events_query(actor: Actor, wanted: AuditFilter = EVERYTHING) -> SelectOfScalar[EventRecord]:
    """Select what happened at the provider."""
    actor.require(Permission.AUDIT_READ)
    query = select(EventRecord).where(EventRecord.provider_id == actor.provider_id)
    return query.where(*conditions(wanted))


def narrowed_events(work: Work, wanted: AuditFilter) -> Narrowed[EventRecord]:
    """Select what happened at the provider, for a page. Cost: a statement for each filter."""
    narrowing = Narrowing(work.db, EventRecord, work.actor.provider_id)
    if not _is_comparable(wanted):
        narrowing.name(())
        return narrowing.of(events_query(work.actor))
    narrowing.equal(**{name: getattr(wanted, name) for name in SAME})
    home, kind = EventRecord.provider_id == work.actor.provider_id, col(EventRecord.kind)
    for kinds in _kinds(wanted):
        narrowing.fitting(and_(home, kind.in_(kinds)), walked(kind).in_(kinds))
    since, until = (at and in_utc(at) for at in (wanted.since, wanted.until))
    narrowing.within("created", since, until)
    return narrowing.of(events_query(work.actor))


def conditions(wanted: AuditFilter) -> Iterator[Any]:
    """Tell a filter as conditions on events."""
    if not _is_comparable(wanted):
        yield col(EventRecord.id).is_(None)
        return
    for kinds in _kinds(wanted):
        yield col(EventRecord.kind).in_(kinds)
    for name in SAME:
        value = getattr(wanted, name)
        if value not in (None, ""):
            yield getattr(EventRecord, name) == value
    if wanted.since is not None:
        yield col(EventRecord.created_at) >= in_utc(wanted.since)
    if wanted.until is not None:
        yield col(EventRecord.created_at) < in_utc(wanted.until)


def _is_comparable(wanted: AuditFilter) -> bool:
    return is_comparable("".join((wanted.kind, wanted.actor, wanted.face, *wanted.kinds)))


def _kinds(wanted: AuditFilter) -> Iterator[list[str]]:
    """List kinds of which an entry has one; a family is all that its name stands before."""
    if wanted.kinds:
        yield list(wanted.kinds)
    if wanted.kind:
        family = [kind.value for kind in EventKind if kind.startswith(f"{wanted.kind}.")]
        yield [wanted.kind, *family]


def links_of(db: Session, events: Sequence[EventRecord]) -> Mapping[int, AuditLink]:
    """Find the links of some events, by the event's id; what is not sealed yet has none."""
    ids = [event.id for event in events]
    query = select(AuditLink).where(col(AuditLink.event_id).in_(ids))
    return {link.event_id: link for link in db.exec(query)}


def export_events(
    db: Session, actor: Actor, wanted: AuditFilter, form: str, most: int | None = None
) -> Iterator[str]:
    """Write the log, oldest first, as `jsonl` or `csv`, piece by piece; at most so many entries.

    Raises: Forbidden.
    """
    query = events_query(actor, wanted).order_by(col(EventRecord.id))
    return _pieces(db, query, form, most)


def _pieces(
    db: Session, query: SelectOfScalar[EventRecord], form: str, most: int | None
) -> Iterator[str]:
    last_id = done = 0
    while True:
        size = CHUNK if most is None else min(CHUNK, most - done)
        events = db.exec(query.where(EventRecord.id > last_id).limit(size)).all() if size else []
        links = links_of(db, events)
        entries = [_exported(event, links.get(event.id)) for event in events]
        if form == "csv":
            table = csv_of(COLUMNS, map(_row, entries))
            yield table.partition("\r\n")[2] if done else table
        else:
            yield "".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in entries)
        if len(events) < CHUNK:
            return
        last_id, done = events[-1].id, done + len(events)
        db.expunge_all()


def _exported(event: EventRecord, link: AuditLink | None) -> dict[str, object]:
    """Tell an entry with its digest; one that is not sealed yet has neither number nor digest."""
    entry = entry_of(event, link.number if link else 0)
    return {**entry, "number": link.number if link else None, "digest": link.digest if link else ""}


def _row(entry: Mapping[str, object]) -> list[str | int]:
    return [_cell(entry[name]) for name in COLUMNS]


def _cell(value: object) -> str | int:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value if isinstance(value, str | int) else ""
