"""Keyset pagination: signed cursors that carry the sort key, and windows over a query."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, defer

from server.kit.base64url import decoded, encoded
from server.kit.crypto import Vault
from server.kit.db import sorted_by
from server.kit.samples import furthest

MAX_PAGE = 100

Row = TypeVar("Row")


class BadCursor(ValueError):
    """A cursor that we did not make, or made for another list."""


@dataclass(frozen=True, slots=True)
class Window:
    """Which rows of a list: `first` after a cursor, or `last` before one."""

    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Rows of one page in list order; their cursors are made when they are asked for."""

    rows: Sequence[Row]
    cursor_of: Callable[[Row], str]
    has_next: bool
    has_previous: bool

    @property
    def first_cursor(self) -> str:
        """The cursor of the first row; empty when there is none."""
        return self.cursor_of(self.rows[0]) if self.rows else ""

    @property
    def last_cursor(self) -> str:
        """The cursor of the last row; empty when there is none."""
        return self.cursor_of(self.rows[-1]) if self.rows else ""


class Cursors:
    """Makes and reads opaque, signed cursors."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def encode(self, list_name: str, values: Sequence[Any]) -> str:
        """Make the cursor of a row from the values of its sort key."""
        text = json.dumps([list_name, *values], default=str, separators=(",", ":"))
        signed = f"{self._vault.sign(text)}{text}"
        return encoded(signed.encode())

    def of_row(self, list_name: str, row: Any) -> str:
        """Make the cursor of a row of a list in the order of ids."""
        return self.encode(list_name, [row.id])

    def decode(self, list_name: str, cursor: str) -> list[Any]:
        """Read a cursor of this list. Raises: BadCursor."""
        try:
            signed = decoded(cursor).decode()
            signature, text = signed[:22], signed[22:]
            if not self._vault.signature_holds(text, signature):
                raise BadCursor("not a cursor of this server")
            name, *values = json.loads(text)
        except ValueError as error:
            raise BadCursor("not a cursor of this server") from error
        if name != list_name:
            raise BadCursor("a cursor of another list")
        return list(values)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """A list that can be paged: its name, rows and order by id (creation), or by a text first."""

    name: str
    model: type[Row]
    newest_first: bool = False
    left_out: tuple[Any, ...] = ()  # columns too large for a list, read when they are asked for
    is_strict: bool = False  # what is left out is not even read when it is asked for
    by: Any = None  # the column of texts that it is sorted by, whatever their case
    is_lower: bool = False  # they are of small letters anyway
    is_found_first: bool = False  # its few rows are found, then sorted: no index is walked
    is_bounded: bool = False  # and a sample tells first how far they may be

    def leaving_out(self) -> list[Any]:
        """Make the options of a select that leave columns out."""
        return [defer(column, raiseload=self.is_strict) for column in self.left_out]

    @property
    def id(self) -> ColumnElement[int]:
        """The column that tells rows apart."""
        found: ColumnElement[int] = self.model.id  # type: ignore[attr-defined]  # every listed row has one
        return found

    @property
    def key(self) -> tuple[ColumnElement[Any], ...]:
        """What it is sorted by."""
        if self.by is None:
            return (self.id,)
        return (self.by if self.is_lower else func.lower(self.by), self.id)

    @property
    def order(self) -> tuple[ColumnElement[Any], ...]:
        """What rows are sorted by, as a database is to take it."""
        first, *others = self.key
        return (sorted_by(first) if self.is_found_first else first, *others)

    def without(self, columns: Sequence[Any]) -> "Listing[Row]":
        """Make the same list without some columns; who reads one of them is told off."""
        return replace(self, left_out=(*self.left_out, *columns), is_strict=True)

    def cursor_of(self, cursors: Cursors, row: Row) -> str:
        """Make the cursor of a row."""
        if self.by is None:
            return cursors.of_row(self.name, row)
        return cursors.encode(self.name, [getattr(row, self.by.key), row.id])  # type: ignore[attr-defined]  # as above

    def place_of(self, cursors: Cursors, cursor: str) -> tuple[Any, ...]:
        """Read what a cursor's row is sorted by. Raises: BadCursor."""
        values = cursors.decode(self.name, cursor)
        if self.by is None:
            return (int(values[0]),)
        text = str(values[0])
        return (text if self.is_lower else func.lower(text), int(values[1]))


def list_page(
    db: Session, listing: Listing[Row], query: Select[Any], window: Window, cursors: Cursors
) -> Slice[Row]:
    """Read one page of `query` (a select of `listing.model`). Cost: one statement, or two.

    Raises: BadCursor.
    """
    size, reverse = _size_of(window)
    query = query.where(*_bounds(listing, window, cursors))
    descending = listing.newest_first is not reverse
    if listing.is_bounded:
        query = query.where(*_within(db, listing, query, size, descending))
    order = [key.desc() if descending else key for key in listing.order]
    query = query.order_by(*order).limit(size + 1)
    query = query.options(*listing.leaving_out())
    rows = list(db.execute(query).scalars())
    return _slice_of(listing, rows, window, cursors)


def _within(
    db: Session, listing: Listing[Any], query: Select[Any], size: int, descending: bool
) -> list[ColumnElement[bool]]:
    """Make the condition that rows are not beyond those that a sample says a page may hold."""
    key = listing.key[0]
    last = furthest(db, key, query.whereclause, size + 1, descending)
    if last is None:
        return []
    return [key >= last if descending else key <= last]


def pages_by_parent(  # noqa: PLR0913 - the batch has one more dimension than a page
    db: Session,
    listing: Listing[Row],
    query: Select[Any],
    parent: ColumnElement[int] | Mapped[int],
    window: Window,
    cursors: Cursors,
) -> dict[int, Slice[Row]]:
    """Read the same page of every parent's rows. Cost: one statement for all parents.

    Raises: BadCursor.
    """
    key = listing.id
    size, reverse = _size_of(window)
    order = key.desc() if listing.newest_first is not reverse else key
    rank = func.row_number().over(partition_by=parent, order_by=order).label("page_rank")
    ranked = (
        query.where(*_bounds(listing, window, cursors))
        .with_only_columns(key.label("page_row"), parent.label("page_parent"), rank)
        .subquery()
    )
    statement = (
        select(listing.model, ranked.c.page_parent)
        .join(ranked, ranked.c.page_row == key)
        .where(ranked.c.page_rank <= size + 1)
        .order_by(ranked.c.page_parent, ranked.c.page_rank)
        .options(*listing.leaving_out())
    )
    grouped: dict[int, list[Row]] = {}
    for row, parent_id in db.execute(statement):
        grouped.setdefault(parent_id, []).append(row)
    return {
        parent_id: _slice_of(listing, rows, window, cursors) for parent_id, rows in grouped.items()
    }


def _size_of(window: Window) -> tuple[int, bool]:
    """Return the page size and whether it is counted from the end."""
    if window.first is not None:
        return min(window.first, MAX_PAGE), False
    return min(window.last or 0, MAX_PAGE), True


def _bounds(listing: Listing[Row], window: Window, cursors: Cursors) -> list[ColumnElement[bool]]:
    bounds: list[ColumnElement[bool]] = []
    key = listing.key if listing.is_bounded else listing.order
    for cursor, is_after in ((window.after, True), (window.before, False)):
        if cursor is not None:
            place = listing.place_of(cursors, cursor)
            bounds.extend(_beyond(key, place, is_after is not listing.newest_first))
    return bounds


def _beyond(key: Sequence[Any], place: Sequence[Any], is_greater: bool) -> list[Any]:
    """Make the conditions of what comes after a place; SQLite finds no pair in an index."""
    first, at = key[0], place[0]
    if len(key) == 1:
        return [first > at if is_greater else first < at]
    same = and_(first == at, *_beyond(key[1:], place[1:], is_greater))
    if is_greater:
        return [first >= at, or_(first > at, same)]
    return [first <= at, or_(first < at, same)]


def _slice_of(
    listing: Listing[Row], rows: list[Row], window: Window, cursors: Cursors
) -> Slice[Row]:
    size, reverse = _size_of(window)
    more, rows = len(rows) > size, rows[:size]
    if reverse:
        rows.reverse()
    return Slice(
        rows=rows,
        cursor_of=partial(listing.cursor_of, cursors),
        has_next=window.before is not None if reverse else more,
        has_previous=more if reverse else window.after is not None,
    )
