"""Relay connections over keyset pages; totals are counted only when they are asked for."""

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import strawberry
from graphql.pyutils import Path
from sqlalchemy import Select, func
from sqlmodel import Session

from server.actions.narrowing import Narrowed
from server.graphql.context import Info
from server.graphql.errors import BAD_INPUT, refused
from server.kit.paging import MAX_PAGE, Listing, Slice, Window, list_page

N = TypeVar("N")
Decorator = Callable[[Callable[..., Any]], Any]


def described(description: str) -> Decorator:
    field: Decorator = strawberry.field(description=description)
    return field


@dataclass(frozen=True, slots=True)
class Rows:
    """A list that a connection pages through; `parent` is its column and the parent's id."""

    listing: Listing[Any]
    query: Select[Any]
    parent: tuple[Any, int] | None = None
    counted: Select[Any] | None = None  # the same rows, where they are counted with less work

    @classmethod
    def of(cls, listing: Listing[Any], found: Narrowed[Any]) -> "Rows":
        """Take a list that was narrowed."""
        return cls(found.order(listing), found.query, counted=found.counted)


@strawberry.type(description="Where a page ends, and whether there is more.")
class PageInfo:
    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@strawberry.type(description="One object of a page, with its place in the list.")
class Edge(Generic[N]):
    cursor: str
    node: N


@strawberry.type(description="One page of a list.")
class Connection(Generic[N]):
    page: strawberry.Private[Slice[Any]]
    make: strawberry.Private[Callable[[Any], Any]]
    count: strawberry.Private[Callable[[], int | Awaitable[int]]]

    @strawberry.field
    def edges(self) -> list[Edge[N]]:
        page = self.page
        return [Edge(cursor=page.cursor_of(row), node=self.make(row)) for row in page.rows]

    @described("The objects without their cursors.")
    def nodes(self) -> list[N]:
        return [self.make(row) for row in self.page.rows]

    @strawberry.field
    def page_info(self) -> PageInfo:
        page = self.page
        return PageInfo(
            has_next_page=page.has_next,
            has_previous_page=page.has_previous,
            start_cursor=page.first_cursor or None,
            end_cursor=page.last_cursor or None,
        )

    @described("How many objects the whole list holds.")
    async def total_count(self) -> int:
        counted = self.count()
        return counted if isinstance(counted, int) else await counted


def parse_window(
    first: int | None, after: str | None, last: int | None, before: str | None
) -> Window:
    """Check a page's size and place. Raises: GraphQLError BAD_USER_INPUT."""
    sizes = [size for size in (first, last) if size is not None]
    if len(sizes) != 1 or not 1 <= sizes[0] <= MAX_PAGE:
        raise refused(f"Give either first or last, from 1 to {MAX_PAGE}.", BAD_INPUT)
    return Window(first, after, last, before)


def connect(
    info: Info, rows: Rows, window: Window, make: Callable[[Any], Any]
) -> Connection[Any] | Awaitable[Connection[Any]]:
    """Read the page; a nested list is read together with those of all its siblings."""
    ctx = info.context
    if rows.parent is not None:
        return _nested(info, rows, rows.parent, window, make)
    page = list_page(ctx.db, rows.listing, rows.query, window, ctx.installation.cursors)
    return Connection(page=page, make=make, count=lambda: count_of(ctx.db, rows))


async def _nested(
    info: Info,
    rows: Rows,
    parent: tuple[Any, int],
    window: Window,
    make: Callable[[Any], Any],
) -> Connection[Any]:
    column, parent_id = parent
    loaders, place = info.context.loaders, place_of(info)
    pages = loaders.pages(place, rows.listing, rows.query, column, window)
    page = await pages.load(parent_id)
    counts = loaders.counts(place, rows.query, column)
    return Connection(page=page, make=make, count=lambda: counts.load(parent_id))


def count_of(db: Session, rows: Rows) -> int:
    """Count a list, as a whole: clients rely on it, however many there are. Cost: one statement."""
    query = rows.query if rows.counted is None else rows.counted
    counted = query.with_only_columns(func.count(), maintain_column_froms=True)
    return int(db.execute(counted.order_by(None)).scalar_one())


def place_of(info: Info) -> Hashable:
    """Name the place in the query: what stands there has the same arguments for all parents."""
    names: list[str] = []
    step: Path | None = info.path
    while step is not None:
        if isinstance(step.key, str):
            names.append(f"{step.typename}.{step.key}")
        step = step.prev
    return tuple(names)
