"""Long lists narrowed: the few rows that fit are named, many are met on the way.

An index that knows the rows of a filter does not know them in the order of the list. So each is
asked for a few first, and what many rows fit is met with the next. When no more than a few fit all
of it, they are all that the list can hold. When more do, every page is near: the list is walked in
its own order, and each row is looked at.
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
from server.domain.search import beside_those, field_line, has_text, ids_having
from server.kit.db import walked

A_FEW = 1_000
MANY = 50_000
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Narrowed(Generic[Row]):
    """The rows of a list; those of a `walked` one are too many to be counted for each page.

    `counted` has the same rows, as indexes find them at once and in no order, `by_id` in that of
    ids. `near` has some: more than a few of them say that there are as many.
    """

    query: SelectOfScalar[Row]
    counted: SelectOfScalar[Row]
    is_walked: bool = False
    near: SelectOfScalar[Row] | None = None
    by_id: SelectOfScalar[Row] | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A condition that more than a few rows fit: as an index knows it, and as a row tells it."""

    known: Any
    met: Any
    ids: Select[Any]
    size: int | None = None  # of a set of rows that several indexes know; of others it is asked
    among: Any = None  # that a row's id stands among them, where that is less work than `met`
    keeps_ids: bool = False  # its index knows the rows in the order of ids

    @property
    def walked(self) -> Any:
        """What is looked at in each row of a long walk."""
        return self.met if self.among is None else self.among


@dataclass(slots=True)
class Narrowing:
    """The conditions of a list of a provider's rows while they are put together.

    Each costs a statement or two, until one of them names the rows.
    """

    db: Session
    model: type[Any]
    provider_id: int
    many: list[Many] = field(default_factory=list)
    said: list[Any] = field(default_factory=list)  # looked at in each row that fits the others
    are_few: bool = False  # their ids stand among the conditions

    def equal(self, **values: Any) -> None:
        """Take the rows whose columns have these values, but for what is empty."""
        for name, value in values.items():
            if value not in (None, ""):
                column = getattr(self.model, name)
                # What is told by a number of ours is of one provider anyway.
                home = () if name.endswith("_id") else (self._home,)
                known = and_(*home, column == value)
                self.fitting(known, walked(column) == value, keeps_ids=True)

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

    def fitting(self, known: Any, met: Any, *, keeps_ids: bool = False) -> None:
        """Take the rows that an index knows; `met` says the same so that it is not asked."""
        ids = select(self.model.id).where(known)
        few = None if self.are_few else self.few(ids)
        if few is not None:
            self.name(few)
        self.many.append(Many(known, met, ids, keeps_ids=keeps_ids))

    def waiting(self) -> None:
        """Take the rows that wait for another plan."""
        plan_id = col(self.model.wanted_plan_id)
        self.fitting(plan_id > 0, plan_id.is_not(None))

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

    def named(self, text: str) -> None:
        """Take the rows whose name has this in it, which the index of names knows, too."""
        has = col(self.model.sort_name).contains(text.lower(), autoescape=True)
        few = self.having(self.model, text) if self._is_sqlite else None
        if not self._is_sqlite:
            self.saying(text, has)
        elif few is None:
            known = and_(self._home, has)
            self.many.append(Many(known, has, select(self.model.id).where(known)))
        else:
            self.name(few)
            self.also(has)

    def found(
        self,
        few: list[int] | None,
        ids: Sequence[Select[Any]],
        met: Any,
        parts: Sequence[Select[Any]] = (),
    ) -> None:
        """Take these few rows, or those of all of `ids`; `met` is for when they are most rows.

        Their size is about that of `parts`, which are counted with less work.
        """
        if few is not None:
            self.name(few)
            return
        every, key, size, among = union_all(*ids), self.model.id, 0, None
        if self._is_sqlite:
            size = self._size(*(parts or ids))
            among = walked(key).in_(every) if size <= MANY else None
        distinct = select(every.subquery().columns[0].label("id")).distinct()
        self.many.append(Many(key.in_(every), met, distinct, size, among))

    def found_beside(
        self, own: Select[Any], others: Select[Any], by: tuple[Any, Any], met: Any
    ) -> None:
        """Take the rows of `own`, and those that name one of `others`.

        `by` has the column of this list's ids, and beside it the one that holds the other's.
        """
        key, column = by
        few = self.few(own)
        both = None
        if few is not None:
            theirs = self.beside(key, column, self.few(others))
            both = None if theirs is None else sorted({*few, *theirs})
        naming = beside_those(self.db, key, column, others).where(key.is_not(None))
        self.found(both, [own, naming], met, [own, others])

    def also(self, condition: Any) -> None:
        """Look at this in those rows."""
        self.said.append(condition)

    def name(self, ids: Sequence[int]) -> None:
        """Take the rows with these ids, and only look at the rest."""
        self.are_few = True
        self.also(self.model.id.in_(ids))

    def few(self, ids: Select[Any]) -> list[int] | None:
        """List ids, each once; None when there are too many of them. Cost: one statement."""
        found = self._first(ids)
        return None if len(found) > A_FEW else sorted({each for each in found if each is not None})

    def _first(self, ids: Select[Any]) -> list[Any]:
        return list(self.db.execute(ids.limit(A_FEW + 1)).scalars())

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

    @property
    def _is_sqlite(self) -> bool:
        return self.db.get_bind().dialect.name == "sqlite"

    def _size(self, *parts: Select[Any]) -> int:
        """Tell how many rows a condition finds, or that they are more than many."""
        size = 0
        for part in parts:
            first = select(literal(1)).select_from(part.limit(MANY + 1).subquery())
            size += self.db.scalar(select(func.count()).select_from(first.subquery())) or 0
        return size

    def of(self, query: SelectOfScalar[Row]) -> Narrowed[Row]:
        """Narrow a query. Cost: a statement for each of several conditions, and one."""
        first = None
        if self.many[1:] and not self.are_few and self._is_sqlite:
            first = self._met()
        if first is not None and len(first) <= A_FEW:
            self.name(first)
            self.many.clear()
        walk = (each.met if self.are_few else each.walked for each in self.many)
        narrowed = query.where(*walk, *self.said)
        if self.are_few or not self.many:
            return Narrowed(narrowed, narrowed)
        counted = query.where(*(each.known for each in self.many), *self.said)
        lone = None if self.many[1:] else self.many[0]
        if lone and lone.size is None:
            return Narrowed(narrowed, counted, by_id=counted if lone.keeps_ids else None)
        some: Any = first
        if lone and self._is_sqlite:
            some = lone.ids.limit(A_FEW + 1)
        near = None if some is None else query.where(self.model.id.in_(some), *self.said)
        return Narrowed(narrowed, counted, is_walked=True, near=near)

    def _met(self) -> list[int] | None:
        """List rows that fit what many rows fit: all or the first of them; None if it takes long.

        Cost: a statement for each condition, and one.
        """
        sized = [(self._size(each.ids) if each.size is None else each.size) for each in self.many]
        least = min(sized)
        if least > MANY:
            return None
        others = list(self.many)
        lead = others.pop(sized.index(least))
        asked = [lead.known]
        if lead.size is not None:  # each of its ids is looked for in the index of another one
            asked.append(self._home)
            second = next((each for each in others if each.size is None), None)
            if second is not None:
                others.remove(second)
                asked.append(second.known)
        asked += [each.met if least < (each.size or 0) / 5 else each.walked for each in others]
        return self._first(select(self.model.id).where(*asked))
