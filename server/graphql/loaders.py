"""Loaders of one snapshot: one statement for all the rows that a level of a query needs."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, func
from sqlmodel import Session
from strawberry.dataloader import DataLoader

from server.kit.paging import Cursors, Listing, Slice, Window, pages_by_parent

EMPTY: Slice[Any] = Slice(rows=(), cursor_of=str, has_next=False, has_previous=False)
Reader = Callable[[Sequence[int]], Mapping[int, Any]]


class Loaders:
    """One loader for each place in the query; a place asks the same of all its parents."""

    def __init__(self, db: Session, cursors: Cursors) -> None:
        self._db = db
        self._cursors = cursors
        self._made: dict[Hashable, DataLoader[int, Any]] = {}

    def batch(self, place: Hashable, read: Reader, missing: Any = None) -> DataLoader[int, Any]:
        """Give the place's loader; `read` answers many keys at once."""
        loader = self._made.get(place)
        if loader is None:

            async def load(keys: list[int]) -> Sequence[Any]:
                found = read(keys)
                return [found.get(key, missing) for key in keys]

            loader = self._made[place] = DataLoader(load)
        return loader

    def by_id(self, model: type, query: Callable[[], Select[Any]]) -> DataLoader[int, Any]:
        """Give the loader of a table's rows by id."""
        key: Any = model

        def read(ids: Sequence[int]) -> dict[int, Any]:
            rows = self._db.execute(query().where(key.id.in_(ids))).scalars()
            return {row.id: row for row in rows}

        return self.batch(model, read)

    def pages(
        self,
        place: Hashable,
        listing: Listing[Any],
        query: Select[Any],
        parent: Any,
        window: Window,
    ) -> DataLoader[int, Any]:
        """Give the loader of one page of rows for each parent."""

        def read(ids: Sequence[int]) -> dict[int, Slice[Any]]:
            of_these = query.where(parent.in_(ids))
            return pages_by_parent(self._db, listing, of_these, parent, window, self._cursors)

        return self.batch(("page", place), read, EMPTY)

    def counts(self, place: Hashable, query: Select[Any], parent: Any) -> DataLoader[int, Any]:
        """Give the loader of how many rows each parent has."""

        def read(ids: Sequence[int]) -> dict[int, int]:
            counted = query.with_only_columns(parent, func.count()).where(parent.in_(ids))
            found = self._db.execute(counted.group_by(parent))
            return {row[0]: row[1] for row in found}

        return self.batch(("count", place), read, 0)
