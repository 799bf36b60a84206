"""Samples of a table: PostgreSQL reads a hundredth of its pages, wherever rows stand.

They tell about how many rows fit a condition, and how far the first of a list may be: as many rows
of the sample as a page has are a page, and none of the whole list's first page is beyond it.
"""

from typing import Any

from sqlalchemy import ColumnElement, Table, func, select, tablesample
from sqlalchemy.orm import Session
from sqlalchemy.sql.util import ClauseAdapter

PER_CENT = 1


def estimate(db: Session, model: type[Any], fits: ColumnElement[bool]) -> int:
    """Tell about how many rows of a table fit. Cost: one statement."""
    some, fits = _sample(model, fits)
    found = db.scalar(select(func.count()).select_from(some).where(fits)) or 0
    return int(found * 100 / PER_CENT)


def furthest(db: Session, key: Any, fits: Any, size: int, is_last: bool) -> Any:
    """Tell a value of a column that none of the first rows is beyond; None when it is not known.

    `fits` is what rows have to fit, `size` how many there are, `is_last` that they are the last.
    Cost: one statement.
    """
    some, fits = _sample(key.class_, fits)
    column = some.c[key.key]
    order = column.desc() if is_last else column
    return db.scalar(select(column).where(fits).order_by(order).offset(size - 1).limit(1))


def _sample(model: type[Any], fits: Any) -> tuple[Any, ColumnElement[bool]]:
    table: Table = model.__table__
    some = tablesample(table, func.system(PER_CENT))
    return some, ClauseAdapter(some).traverse(fits)
