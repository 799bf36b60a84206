"""A transaction of thousands of changes that stands or falls as a whole.

What one change has read or locked the next ones need not ask again, no change needs a savepoint of
its own, since none is undone alone, and what is recorded of them is written together at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlmodel import Session

BULK = "bulk"
LOADED = ("loaded_as_persistent", "pending_to_persistent")


class Bulk:
    """What is remembered while a transaction runs."""

    def __init__(self) -> None:
        self.rows: list[object] = []  # the session itself holds on to none
        self.locked: set[object] = set()  # rows by identity, each with how

    def keep(self, _db: object, row: object) -> None:
        self.rows.append(row)


@contextmanager
def in_bulk(db: Session) -> Iterator[None]:
    """Remember until the end of the block; whatever it raises has to undo all of it."""
    bulk = db.info[BULK] = Bulk()
    for name in LOADED:
        event.listen(db, name, bulk.keep)
    try:
        yield
        db.add_all(db.info.get("events", []))
        db.flush()
    finally:
        for name in LOADED:
            event.remove(db, name, bulk.keep)
        del db.info[BULK]


def bulk_of(db: Session) -> Bulk | None:
    """Return what is remembered, None in a transaction of single changes."""
    found: Any = db.info.get(BULK)
    return found if isinstance(found, Bulk) else None
