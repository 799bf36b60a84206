"""A transaction of thousands of changes that stands or falls as a whole.

What one change has read or locked the next ones need not ask again, no change needs a savepoint of
its own, since none is undone alone, and what is recorded of them is written together at the end.
Rows may be numbered ahead of the database, so that it is given many of a table at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count, groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import event, func, insert, select, text
from sqlmodel import Session, SQLModel

BULK = "bulk"
LOADED = ("loaded_as_persistent", "pending_to_persistent")
AT_ONCE = 100  # numbers that PostgreSQL is asked for: those that nobody takes are never used
RESERVE = "SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)"


class Bulk:
    """What is remembered while a transaction runs."""

    def __init__(self, *, ahead: bool) -> None:
        self.ahead = ahead
        self.rows: list[object] = []  # the session itself holds on to none
        self.locked: set[object] = set()  # rows by identity, each with how
        self.recorded: list[tuple[type[SQLModel], Mapping[str, Any]]] = []
        self._numbers: dict[type, Iterator[int]] = {}
        self._waiting: type | None = None  # the kind of the rows that wait to be written

    def add(self, db: Session, row: SQLModel) -> None:
        """Give a row its id and have it wait for others of its kind, or for whoever asks for it."""
        self._number(db, row)
        db.add(row)

    def make_way(self, db: Session, row: object) -> None:
        """Write what waits before a row of another kind comes, which may refer to it."""
        if self.ahead and self._waiting is not type(row):
            db.flush()
            self._waiting = type(row)

    def number_all(self, db: Session, *_: object) -> None:
        """Number what is added without an id, too: the database's own number may be taken."""
        if self.ahead:
            for row in db.new:
                self._number(db, row)

    def _number(self, db: Session, row: Any) -> None:
        if getattr(row, "id", 0) is None:  # some tables have other keys
            numbers = self._numbers.get(type(row))
            if numbers is None:
                numbers = self._numbers[type(row)] = _numbers_of(db, type(row))
            row.id = next(numbers)

    def keep(self, _db: object, row: object) -> None:
        self.rows.append(row)


def _numbers_of(db: Session, model: type[SQLModel]) -> Iterator[int]:
    """Count on from the ids of a table, on SQLite alone with it; else take what is reserved."""
    table = model.metadata.tables[str(model.__tablename__)]
    connection = db.connection()
    if connection.dialect.name == "sqlite":
        last = connection.execute(select(func.max(table.c.id))).scalar() or 0
        yield from count(last + 1)
    while True:
        values = {"table": table.name, "count": AT_ONCE}
        yield from connection.execute(text(RESERVE), values).scalars().all()


@contextmanager
def in_bulk(db: Session, *, ahead: bool = False) -> Iterator[None]:
    """Remember until the end of the block; whatever it raises has to undo all of it.

    `ahead` writes rows later than they are saved, many together: that a name is taken is then an
    IntegrityError of whatever comes next.
    """
    bulk = db.info[BULK] = Bulk(ahead=ahead)
    for name in LOADED:
        event.listen(db, name, bulk.keep)
    event.listen(db, "before_attach", bulk.make_way)
    event.listen(db, "before_flush", bulk.number_all)
    try:
        yield
        db.flush()
        _write(db, bulk.recorded)
    finally:
        for name in LOADED:
            event.remove(db, name, bulk.keep)
        event.remove(db, "before_attach", bulk.make_way)
        event.remove(db, "before_flush", bulk.number_all)
        del db.info[BULK]


def _write(db: Session, recorded: Sequence[tuple[type[SQLModel], Mapping[str, Any]]]) -> None:
    """Write what was recorded, in its order, and tell it as what happened."""
    for model, records in groupby(recorded, key=itemgetter(0)):
        statement = insert(model).returning(model, sort_by_parameter_order=True)
        rows = db.scalars(statement, [values for _, values in records]).all()
        db.info.setdefault("events", []).extend(rows)


def bulk_of(db: Session) -> Bulk | None:
    """Return what is remembered, None in a transaction of single changes."""
    found: Any = db.info.get(BULK)
    return found if isinstance(found, Bulk) else None
