"""Long lists narrowed: the few rows that fit are named, many are met on the way.

An index that knows the rows of a filter does not know them in the order of the list. So it is
asked for a few first. When there are no more, they are all that the list can hold. When there
are, every page is near: the list is walked in its own order, and each row is looked at.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, func, literal, union_all
from sqlmodel import Session, and_, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.domain.fields import clean_when
from server.domain.search import field_line, has_text, ids_having
from server.kit.db import walked

A_FEW = 1_000
MANY = 50_000
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[Row]):
    """The rows of a list; those of a `walked` one are too many to be counted for each page.

    `counted` has the same rows, as indexes find them at once and in no order.
    """

    query: SelectOfScalar[Row]
    counted: SelectOfScalar[Row]
    is_walked: bool = False


@dataclass(slots=True)
class Narrowing:
    """The conditions of a list of a provider's rows while they are put together.

    Each costs a statement or two, until one of them names the rows.
    """

    db: Session
    model: type[Any]
    provider_id: int
    met: list[Any] = field(default_factory=list)  # looked at in each row
    known: list[Any] = field(default_factory=list)  # the same, as indexes know it
    are_few: bool = False  # their ids stand among the conditions

    def equal(self, **values: Any) -> None:
        """Take the rows whose columns have these values, but for what is empty."""
        for name, value in values.items():
            if value not in (None, ""):
                column = getattr(self.model, name)
                # What is told by a number of ours is of one provider anyway.
                home = () if name.endswith("_id") else (self._home,)
                self.fitting(and_(*home, column == value), walked(column) == value)

    def within(self, name: str, since: datetime | None, until: datetime | None) -> None:
        """Take the rows of a time, whose end is not in it. Raises: Invalid."""
        at = col(getattr(self.model, f"{name}_at"))
        bounds: list[tuple[Callable[[Any, Any], Any], datetime]] = []
        if since is not None:
            bounds.append((operator.ge, clean_when(since, f"{name}_since")))
        if until is not None:
            bounds.append((operator.lt, clean_when(until, f"{name}_until")))
        if bounds:
            known = and_(self._home, *(compare(at, when) for compare, when in bounds))
            self.fitting(known, and_(*(compare(walked(at), when) for compare, when in bounds)))

    def fitting(self, known: Any, met: Any) -> None:
        """Take the rows that an index knows; `met` says the same so that it is not asked."""
        few = None if self.are_few else self.few(select(self.model.id).where(known))
        if few is not None:
            self.name(few)
        self.met.append(met)
        self.known.append(known)

    def with_fields(self, fields: Mapping[str, str]) -> None:
        """Take the rows whose extra fields have these values."""
        for name, value in fields.items():
            self.saying(
                field_line(name, value), col(self.model.extra_fields)[name].as_string() == value
            )

    def saying(self, text: str, says: Any) -> None:
        """Take the rows whose own text has this in it; `says` looks whether it is meant."""
        ids = ids_having(self.db, self.model, self.provider_id, text)
        self.found(self.few(ids), [ids], has_text(self.model, text))
        self.also(says)

    def found(self, few: list[int] | None, ids: Sequence[Select[Any]], met: Any) -> None:
        """Take these few rows, or those of all of `ids`; `met` is for when they are most rows."""
        if few is not None:
            self.name(few)
            return
        every = union_all(*ids)
        first = select(literal(1)).select_from(every.subquery()).limit(MANY + 1).subquery()
        is_most = self.db.scalar(select(func.count()).select_from(first)) or 0
        key, is_sqlite = self.model.id, self.db.get_bind().dialect.name == "sqlite"
        self.met.append(met if is_most > MANY or not is_sqlite else walked(key).in_(every))
        self.known.append(key.in_(every))

    def also(self, condition: Any) -> None:
        """Look at this in those rows."""
        self.met.append(condition)
        self.known.append(condition)

    def name(self, ids: Sequence[int]) -> None:
        """Take the rows with these ids, and only look at the rest."""
        self.are_few = True
        self.also(self.model.id.in_(ids))

    def few(self, ids: Select[Any]) -> list[int] | None:
        """List ids, each once; None when there are too many of them. Cost: one statement."""
        found = list(self.db.execute(ids.limit(A_FEW + 1)).scalars())
        return None if len(found) > A_FEW else sorted({each for each in found if each is not None})

    def having(self, model: type[Any], text: str) -> list[int] | None:
        """List the rows of a table whose text has this in it; None when there are many."""
        return self.few(ids_having(self.db, model, self.provider_id, text))

    def beside(self, key: Any, column: Any, others: list[int] | None) -> list[int] | None:
        """List the keys of rows that name few others; None when they or the others are many."""
        if others is None:
            return None
        return self.few(select(key).where(column.in_(others))) if others else []

    @property
    def _home(self) -> Any:
        return self.model.provider_id == self.provider_id

    def of(self, query: SelectOfScalar[Row]) -> Narrowed[Row]:
        """Narrow a query."""
        narrowed = query.where(*self.met)
        if self.are_few or not self.met:
            return Narrowed(narrowed, narrowed)
        return Narrowed(narrowed, query.where(*self.known), is_walked=len(self.met) > 1)
