"""What of a source was taken over: read and noted by whoever takes it over."""

from collections.abc import Collection
from typing import Any

from sqlmodel import col, select

from server.actions.work import Work
from server.domain.moving.moved_objects import MovedObject
from server.domain.permissions import Permission

RUN = "run"  # the kind of the one row of a source that tells how far the last run came


def list_moved(
    work: Work, origin: str, kinds: Collection[str]
) -> dict[tuple[str, str], MovedObject]:
    """Read what was noted of some kinds of objects of a source, by kind and id there.

    Cost: one query.
    """
    work.actor.require(Permission.SETTINGS_EDIT)
    query = select(MovedObject).where(
        MovedObject.provider_id == work.actor.provider_id,
        MovedObject.origin == origin,
        col(MovedObject.kind).in_(kinds),
    )
    return {(row.kind, row.foreign_id): row for row in work.db.exec(query)}


def find_moved(work: Work, origin: str, kind: str, foreign_id: str) -> MovedObject | None:
    """Find what was noted of one object."""
    work.actor.require(Permission.SETTINGS_EDIT)
    query = select(MovedObject).where(
        MovedObject.provider_id == work.actor.provider_id,
        MovedObject.origin == origin,
        MovedObject.kind == kind,
        MovedObject.foreign_id == foreign_id,
    )
    return work.db.exec(query).first()


def keep_moved(
    work: Work, origin: str, name: tuple[str, str], local_id: int | None, **noted: Any
) -> MovedObject:
    """Note what became of an object: `name` is its kind and its id there.

    `noted` may be `digest` and `kept`; what is left out stays.
    """
    kind, foreign_id = name
    row = find_moved(work, origin, kind, foreign_id)
    if row is None:
        row = MovedObject(
            provider_id=work.actor.provider_id, origin=origin, kind=kind, foreign_id=foreign_id
        )
    row.local_id = local_id
    for column, value in noted.items():
        if getattr(row, column) != value:
            setattr(row, column, value)
    work.db.add(row)
    work.db.flush()
    return row


def drop_moved(work: Work, row: MovedObject) -> None:
    """Forget an object that is gone there and here."""
    work.actor.require(Permission.SETTINGS_EDIT)
    work.db.delete(row)
    work.db.flush()
