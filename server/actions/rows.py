"""Finding rows within the actor's reach, saving them, and writing their values for events."""

from collections.abc import Mapping
from contextlib import nullcontext
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel

from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import NotFound, Taken
from server.domain.events import Event, EventKind
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.bulk import bulk_of
from server.kit.db import is_taken
from server.kit.ids import MOST_ID
from server.kit.locks import TO_CHANGE, TO_DELETE, TO_REFER, Strength, lock

Row = TypeVar("Row", bound=SQLModel)


def get_owned(work: Work, model: type[Row], row_id: int | None) -> Row:
    """Find a row of the actor's provider and services. Raises: NotFound, for a foreign one too."""
    row = None
    if row_id is not None and 0 < row_id <= MOST_ID:
        row = work.db.get(model, row_id)
    if row is None or getattr(row, "provider_id", None) != work.actor.provider_id:
        raise not_here(model)
    if not work.actor.reaches(row_id if model is Service else getattr(row, "service_id", None)):
        raise not_here(model)
    return row


def not_here(model: type[SQLModel]) -> NotFound:
    """Make the refusal of a row that is not within reach."""
    return NotFound(f"There is no {_noun(model)} with this id.", field="id")


def within_services(actor: Actor, model: Any) -> tuple[Any, ...]:
    """Make the conditions that keep rows within the services that an actor reaches."""
    column: Any = getattr(model, "id" if model is Service else "service_id", None)
    if actor.service_ids is None or column is None:
        return ()
    return (column.is_(None) | column.in_(actor.service_ids),)


def hold(db: Session, row: Row) -> Row:
    """Have a row to oneself until the commit, as it is now: others wait to change or hold it.

    What is compared, counted or chosen below a row stays true only while it is held.
    Raises: NotFound when it is gone.
    """
    return _locked(db, row, TO_CHANGE)


def hold_provider(work: Work) -> Provider:
    """Hold the actor's provider, below whom rows are counted or compared."""
    return hold(work.db, work.db.get_one(Provider, work.actor.provider_id))


def hold_to_delete(db: Session, row: Row) -> Row:
    """Hold a row, and let nobody refer to it any more. Raises: NotFound when it is gone."""
    return _locked(db, row, TO_DELETE)


def rely_on(db: Session, row: Row) -> Row:
    """Keep a row that is going to be referred to from being deleted. Raises: NotFound."""
    return _locked(db, row, TO_REFER)


def _locked(db: Session, row: Row, strength: Strength) -> Row:
    if not lock(db, row, strength):
        raise not_here(type(row))
    return row


def tell(
    work: Work,
    row: Any,
    kind: EventKind,
    changes: Mapping[str, list[Any]] | None = None,
    *,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Record an event of a row that names its account and its service itself."""
    event = Event(
        kind,
        row.id,
        account_id=row.account_id,
        service_id=row.service_id,
        changes=dict(changes or {}),
        facts=dict(facts or {}),
    )
    work.record(event)


def plain(value: Any) -> Any:
    """Turn a column's value into one that JSON can hold."""
    if isinstance(value, str | int | float | bool | list | dict | None):
        return value
    return str(value)


def fingerprint_of(text: str) -> str:
    """Write for the audit log what is too long for it."""
    digest = sha256(text.encode()).hexdigest()[:12]
    return f"{len(text)} characters, SHA-256 {digest}…"


def save(db: Session, row: SQLModel, *, unique: str | None = None) -> None:
    """Flush the row now; `unique` names the field to blame when its uniqueness fails.

    In bulk a new row may wait for others of its kind. Raises: Taken.
    """
    bulk = bulk_of(db)
    if bulk is not None and bulk.ahead and row not in db:
        bulk.add(db, row)
        return
    try:
        with db.begin_nested() if bulk is None else nullcontext():
            db.add(row)
            db.flush()  # tells a taken name here, at the field, and fills in the id
    except IntegrityError as error:
        if not is_taken(error):
            raise
        raise Taken(unique or "system_name") from error


def _noun(model: type[SQLModel]) -> str:
    words = "".join(f" {c.lower()}" if c.isupper() else c for c in model.__name__)
    return words.strip()
