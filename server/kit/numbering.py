"""Giving new rows the ids that they have elsewhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlmodel import Session, SQLModel

# What the database numbers next lies behind what was given.
CATCH_UP = """
SELECT setval(pg_get_serial_sequence(:name, 'id'),
  GREATEST((SELECT max(id) FROM {table}), nextval(pg_get_serial_sequence(:name, 'id'))))
"""


@contextmanager
def numbered(db: Session, model: type[SQLModel], row_id: int | None) -> Iterator[None]:
    """Give the one new row of a table this id; without one the database numbers it.

    A row that is refused may be followed by another try.
    """
    if row_id is None:
        yield
        return

    def give(_db: object, row: Any) -> None:
        if isinstance(row, model) and getattr(row, "id", 0) is None:
            setattr(row, "id", row_id)  # noqa: B010 - which tables have it the type does not say

    event.listen(db, "before_attach", give)
    try:
        yield
        if db.get_bind().dialect.name == "postgresql":
            name = str(model.__tablename__)
            db.flush()
            db.execute(text(CATCH_UP.format(table=name)), {"name": name})
    finally:
        event.remove(db, "before_attach", give)
