"""Long lists narrowed: the few rows that fit are named, many are met on the way.

An index that knows the rows of a filter does not know them in the order of the list. So each is
asked for a few first, and what many rows fit is met with the next. When no more than a few fit all
of it, they are all that the list can hold. When more do, every page is near: the list is walked in
its own order, and each row is looked at.
"""

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ARRAY, Integer, Select, any_, func, literal, union_all
from sqlmodel import Session, and_, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from server.domain.fields import clean_when
from server.domain.search import ALL, GRAM, OWN, field_line, has_text, ids_having
from server.kit.db import walked
from server.kit.paging import Listing
from server.kit.samples import estimate

A_FEW = 1_000
MANY = 50_000
SURELY_MANY = 5_000  # rows that a sample speaks of
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
    is_few: bool = False  # they are found, and sorted then
    is_sampled: bool = False  # they are more, and a sample tells how far to look for them

    def order(self, listing: Listing[Row]) -> Listing[Row]:
        """Make a list of them, in that order."""
        is_found_first = self.is_few or self.is_sampled
        return replace(listing, is_found_first=is_found_first, is_bounded=self.is_sampled)


@dataclass(frozen=True, slots=True)
class Many:
    """A condition that more than a few rows fit: as an index knows it, and as a row tells it."""

    known: Any
    met: Any
    ids: Select[Any]
    size: int | None = None  # of those of a text or of several indexes; of others it is asked
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
        # PostgreSQL knows which values are rare.
        few = self.few(ids) if self._is_sqlite and not self.are_few else None
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
            has = col(self.model.extra_fields)[name].as_string() == value
            self.saying(field_line(name, value), has, OWN)

    def saying(
        self, text: str, says: Any, columns: Sequence[str] = ALL, others: Sequence[int] = ()
    ) -> None:
        """Take the rows that have this in their text; `says` looks whether it is meant.

        `others` are the ids of rows that say it, and have no text of that.
        """
        key, met = self.model.id, has_text(self.model, text, columns)
        ways = [ids_having(self.db, self.model, self.provider_id, text, columns)]
        if others:
            met = or_(met, self._among(others))
            ways.append(select(key).where(self._among(others)))
        every: Any = union_all(*ways) if others else ways[0]
        is_indexed = not self._is_sqlite and len(text) >= GRAM
        size = estimate(self.db, self.model, met) if is_indexed else 0
        few = None if size > SURELY_MANY else self.few(every)
        if few is None and not self._is_sqlite:
            most = max(size, A_FEW) if is_indexed else MANY + 1
            self.many.append(Many(met, met, every, size=most))
        else:
            self.found(few, ways, met)
        self.also(says)

    def named(self, text: str) -> None:
        """Take the rows whose name has this in it, which the index of names knows, too."""
        has = col(self.model.sort_name).contains(text.lower(), autoescape=True)
        if not self._is_sqlite:
            self.saying(text, has, OWN)
            return
        few = self.few(ids_having(self.db, self.model, self.provider_id, text, OWN))
        if few is None:
            known = and_(self._home, has)
            self.many.append(Many(known, has, select(self.model.id).where(known)))
        else:
            self.name(few)
            self.also(has)

    def found(self, few: list[int] | None, ids: Sequence[Select[Any]], met: Any) -> None:
        """Take these few rows, or those of all of `ids`; `met` is for when they are most rows."""
        if few is not None:
            self.name(few)
            return
        every, key, size, among = union_all(*ids), self.model.id, 0, None
        if self._is_sqlite:
            size = self._size(*ids)
            among = walked(key).in_(every) if size <= MANY else None
        distinct = select(every.subquery().columns[0].label("id")).distinct()
        self.many.append(Many(key.in_(every), met, distinct, size, among))

    def also(self, condition: Any) -> None:
        """Look at this in those rows."""
        self.said.append(condition)

    def name(self, ids: Sequence[int]) -> None:
        """Take the rows with these ids, and only look at the rest."""
        self.are_few = True
        self.also(self._among(ids))

    def _among(self, ids: Sequence[int]) -> Any:
        """Make the condition that a row has one of these ids: one value, however many they are."""
        key = self.model.id
        if self._is_sqlite:
            each = func.json_each(json.dumps(list(ids))).table_valued("value")
            return key.in_(select(each.c.value))
        return key == any_(literal(list(ids), ARRAY(Integer)))

    def few(self, ids: Select[Any]) -> list[int] | None:
        """List ids, each once; None when there are too many of them. Cost: one statement."""
        found = self._first(ids)
        return None if len(found) > A_FEW else sorted({each for each in found if each is not None})

    def _first(self, ids: Select[Any]) -> list[Any]:
        return list(self.db.execute(ids.limit(A_FEW + 1)).scalars())

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
        first = self._met() if self.many[1:] and not self.are_few else None
        if first is not None and len(first) <= A_FEW:
            self.name(first)
            self.many.clear()
        walk = (each.met if self.are_few else each.walked for each in self.many)
        narrowed = query.where(*walk, *self.said)
        if self.are_few or not self.many:
            return Narrowed(narrowed, narrowed, is_few=self.are_few)
        counted = query.where(*(each.known for each in self.many), *self.said)
        lone = None if self.many[1:] else self.many[0]
        if lone and lone.size is None:
            return Narrowed(narrowed, counted, by_id=counted if lone.keeps_ids else None)
        near = None
        if lone:
            near = query.where(self.model.id.in_(lone.ids.limit(A_FEW + 1)), *self.said)
        elif first is not None:
            near = query.where(self._among(first), *self.said)
        # PostgreSQL expects the rows of a text anywhere in the order of a list; but those whose
        # names have it stand together. SQLite was told what to do.
        sampled = not self._is_sqlite and any(0 < (each.size or 0) <= MANY for each in self.many)
        return Narrowed(narrowed, counted, is_walked=True, near=near, is_sampled=sampled)

    def _met(self) -> list[int] | None:
        """List rows that fit what many rows fit: all or the first of them; None if it takes long.

        Cost: a statement, on SQLite one more for each condition.
        """
        if not self._is_sqlite:
            if not any(each.size for each in self.many):
                return None  # its statistics know these better
            return self._first(select(self.model.id).where(*(each.known for each in self.many)))
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
