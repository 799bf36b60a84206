"""Inserting a row unless one like it is there: the database decides, so two may try at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(db: Session, model: type[SQLModel], values: Mapping[str, Any]) -> int | None:
    """Insert a row and tell its id; None where what has to be unique is there already."""
    is_sqlite = db.get_bind().dialect.name == "sqlite"
    made: Any = (sqlite if is_sqlite else postgresql).insert(model).values(**values)
    table: Any = model
    found: int | None = db.execute(made.on_conflict_do_nothing().returning(table.id)).scalar()
    return found
