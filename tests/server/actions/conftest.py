"""What tests of actions share: a second provider, lesser actors, and how a refusal is checked."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, col, select

from server.actions.provider.providers import NewProvider, create_provider
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.errors import DomainError, Forbidden, NotFound
from server.domain.events import EventKind, EventRecord
from server.domain.permissions import EVERYTHING, Permission
from tests.kit.make import staff
from tests.kit.work import by

Call = tuple[Any, ...]  # an action and what follows its work
FOLLOWS = (EventKind.CONFIG_DEPLOYED,)
NOWHERE = (0, -1, 999_999, 2**31, 2**70)  # ids that no row has, not even by overflow


@pytest.fixture
def globex(deps: Dependencies, db: Session) -> NewProvider:
    """Make a second provider in the same transaction, with the same sample data."""
    return create_provider(db, deps.installation, "Globex", "admin@globex.example")


def without(provider: NewProvider, permission: Permission) -> Actor:
    """Make a member of the staff who may do everything but one thing."""
    return Actor("staff", provider.provider.id, "almost", EVERYTHING - {permission})


def newest(db: Session, *, follows: tuple[EventKind, ...] = ()) -> EventRecord:
    """Read the newest event, but for those that follow others."""
    query = select(EventRecord).where(col(EventRecord.kind).not_in(follows))
    return db.exec(query.order_by(col(EventRecord.id).desc()).limit(1)).one()


def told(db: Session) -> tuple[str, int | None, dict[str, object]]:
    """Tell the newest event: kind, subject, changes."""
    event = newest(db)
    return event.kind, event.subject_id, event.payload


def kinds(db: Session) -> list[str]:
    """List the kinds of all events, oldest first."""
    return list(db.exec(select(EventRecord.kind).order_by(col(EventRecord.id))))


def refused(
    work: Work | Session,
    error: type[DomainError],
    act: Callable[..., object],
    *args: object,
    field: str | None = None,
) -> None:
    """Check that `act(work, *args)` is refused at a field, changes no row and tells nobody."""
    db = work.db if isinstance(work, Work) else work
    db.flush()
    before = len(kinds(db))
    with pytest.raises(error) as raised:
        act(work, *args)
    assert field is None or raised.value.field == field, raised.value.message
    assert raised.value.message
    assert not db.dirty
    assert not db.deleted
    assert len(kinds(db)) == before


def guarded(
    db: Session, providers: tuple[NewProvider, NewProvider], permission: Permission, *calls: Call
) -> None:
    """Check that calls on the first one's rows want the permission and find nothing elsewhere."""
    acme, globex = providers
    for act, *args in calls:
        refused(by(db, without(acme, permission)), Forbidden, act, *args)
        refused(by(db, staff(globex)), NotFound, act, *args)


def event_is(
    db: Session,
    kind: EventKind,
    subject_id: int,
    changes: dict[str, object] | None = None,
    facts: dict[str, object] | None = None,
) -> None:
    """Check the newest event; `changes` and `facts` of None are not compared.

    The deploy to staging that follows each change of a service is passed over.
    """
    event = newest(db, follows=() if kind is EventKind.CONFIG_DEPLOYED else FOLLOWS)
    assert (event.kind, event.subject_id) == (kind.value, subject_id)
    assert changes is None or event.payload == changes
    assert facts is None or event.facts == facts
