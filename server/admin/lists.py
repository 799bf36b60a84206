"""Lists in pages: one window of rows, links to the next, and names of what rows point at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Generic, Self, TypeVar
from urllib.parse import urlencode

from sqlalchemy import Select, func, literal
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, select

from server.actions.narrowing import A_FEW, Narrowed
from server.admin.context import AdminContext
from server.domain.accounts.accounts import Account
from server.domain.errors import Invalid, NotFound
from server.domain.fields import clean_when
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.services.services import Service
from server.kit.paging import BadCursor, Listing, Window, list_page
from server.kit.zones import zone_of

PAGE_SIZE = 25
READ_OR_NOT = (("unread", "unread"), ("read", "read"))  # states of what is read
Row = TypeVar("Row")
Shown = TypeVar("Shown")
Pointed = TypeVar("Pointed", Account, AccountPlan, ApplicationPlan, Service, ServicePlan)


@dataclass(frozen=True, slots=True)
class Pager(Generic[Row]):
    """Rows of one page and where the neighbouring pages are; empty when there is none."""

    rows: Sequence[Row]
    previous: str = ""
    next: str = ""
    total: int | None = None  # of the whole list; None where nobody counts
    is_more: bool = False  # there are more than that: nobody counts them for a page

    def showing(self, rows: Sequence[Shown]) -> "Pager[Shown]":
        """Make the same page with what is shown of its rows."""
        return Pager(rows, self.previous, self.next, self.total, self.is_more)


def page_through(
    ctx: AdminContext,
    listing: Listing[Row],
    found: Select[Any] | Narrowed[Row],
    *,
    size: int = PAGE_SIZE,
) -> Pager[Row]:
    """Read the page that the address asks for, and count the list. Cost: two statements, or three.

    Raises: NotFound for a broken link.
    """
    after, before = ctx.query("after"), ctx.query("before")
    window = Window(last=size, before=before) if before else Window(first=size, after=after or None)
    query: Select[Any] = found.query if isinstance(found, Narrowed) else found
    listing = found.order(listing) if isinstance(found, Narrowed) else listing
    try:
        page = list_page(ctx.db, listing, query, window, ctx.installation.cursors)
    except BadCursor as error:
        raise NotFound("This link is broken. Start from the first page of the list.") from error
    newer = _link(ctx, "before", page.first_cursor) if page.rows and page.has_previous else ""
    older = _link(ctx, "after", page.last_cursor) if page.rows and page.has_next else ""
    if not isinstance(found, Narrowed) or not found.is_walked:
        counted = found.counted if isinstance(found, Narrowed) else query
        return Pager(page.rows, newer, older, count(ctx.db, counted))
    total = 0 if found.near is None else count(ctx.db, found.near, A_FEW)
    if total <= A_FEW:
        total = count(ctx.db, query.order_by(listing.id), A_FEW)
    return Pager(page.rows, newer, older, min(total, A_FEW), is_more=total > A_FEW)


def count(db: Session, query: Select[Any], most: int | None = None) -> int:
    """Count the rows of a list, to `most` and one more. Cost: one statement."""
    if most is not None:
        first = query.with_only_columns(literal(1), maintain_column_froms=True).limit(most + 1)
        counted = sql_select(func.count()).select_from(first.subquery())
        return int(db.execute(counted).scalar_one())
    counted = query.order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return int(db.execute(counted).scalar_one())


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice above a list: its name in the address, its label, and what there is to choose."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str

    @classmethod
    def read(
        cls,
        ctx: AdminContext,
        name: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        every: str = "All",
    ) -> Self:
        """Read a choice from the address; a value that is none of it is that of the first.

        `every` is the word for what narrows nothing; where it is empty, one is always chosen.
        """
        every_option = [("", every)] if every else []
        choices, given = [*every_option, *options], ctx.query(name)
        is_known = any(key == given for key, _ in choices)
        return cls(name, label, choices, given if is_known else choices[0][0])

    @property
    def number(self) -> int | None:
        """The id that was chosen."""
        return int(self.value) if self.value else None


@dataclass(frozen=True, slots=True)
class Day:
    """A day typed above a list; what is none narrows nothing."""

    name: str
    label: str
    value: str
    begins: datetime | None  # at the provider
    ends: datetime | None  # when the next day begins
    options: Sequence[tuple[str, str]] = ()  # nothing to choose from

    @classmethod
    def read(cls, ctx: AdminContext, name: str, label: str) -> Self:
        """Read a day from the address."""
        value, zone = ctx.query(name), zone_of(ctx.provider.timezone)
        try:
            day = date.fromisoformat(value)
            days = (day, day + timedelta(days=1))
            begins, ends = (clean_when(datetime.combine(each, time(), zone)) for each in days)
        except (ValueError, OverflowError, Invalid):
            return cls(name, label, value, None, None)
        return cls(name, label, value, begins, ends)


def created_between(ctx: AdminContext) -> tuple[Day, Day]:
    """Read from which day to which the rows of a list were made."""
    since = Day.read(ctx, "created_since", "Created from")
    return since, Day.read(ctx, "created_until", "Created to")


def is_narrowed(search: str, narrowing: Iterable[Filter | Day]) -> bool:
    """Tell whether a list holds less than all; `narrowing` leaves out what only sorts."""
    days = (each.begins is not None if isinstance(each, Day) else each.value for each in narrowing)
    return bool(search or any(days))


def _link(ctx: AdminContext, name: str, cursor: str) -> str:
    kept = {
        key: value
        for key, value in ctx.request.query_params.items()
        if key not in {"after", "before"}
    }
    # The page of a form that was refused has the address of the form.
    path = ctx.path.partition("/many/")[0].removesuffix("/by_key")
    return f"{path}?{urlencode({**kept, name: cursor})}"


def by_id(db: Session, model: type[Pointed], ids: Iterable[int]) -> dict[int, Pointed]:
    """Read the rows that a list points at. Cost: one statement."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {row.id: row for row in db.exec(select(model).where(col(model.id).in_(wanted)))}
