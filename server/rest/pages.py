"""Pages of lists by number, as existing clients ask for them. Source: reference-portal 1.0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.narrowing import Narrowed
from server.domain.errors import NotFound
from server.kit.ids import id_or_none
from server.rest.context import RestContext
from server.rest.params import Params

MOST_PER_PAGE = 500
PAGING = ("per_page", "total_entries", "total_pages", "current_page")


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and where they stand; nothing is told of a list that one page holds."""

    rows: Sequence[Any]
    metadata: Mapping[str, int] = field(default_factory=dict)


def read_all(ctx: RestContext, query: SelectOfScalar[Any], key: Any) -> Page:
    """Read a whole list, oldest first. Cost: one statement."""
    return Page(ctx.db.exec(query.order_by(key)).all())


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many objects a page has: unless it is told, and at most."""

    usual: int = MOST_PER_PAGE
    most: int = MOST_PER_PAGE


def read_page(
    ctx: RestContext,
    found: SelectOfScalar[Any] | Narrowed[Any],
    key: Any,
    sizes: Sizes = Sizes(),
) -> Page:
    """Read the page that was asked for, oldest first. Cost: one statement, three when it is far.

    Raises: NotFound for what is no number of a page.
    """
    number, size = page_of(ctx.params, sizes)
    query = every = found if not isinstance(found, Narrowed) else found.counted
    if isinstance(found, Narrowed):
        query = found.query if found.by_id is None else found.by_id
    at = query.order_by(key).limit(size + 1).offset((number - 1) * size)
    if number > 1:  # what lies before is passed by in the index alone
        ids = ctx.db.scalars(at.with_only_columns(key)).all()
        at = query.where(key.in_(ids)).order_by(key)
    rows = ctx.db.exec(at).all()
    if number == 1 and len(rows) <= size:
        return Page(rows)
    counted = every.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = ctx.db.scalar(counted) or 0
    if total <= size:
        return Page(rows[:size])
    numbers = (size, total, -(-total // size), number)
    return Page(rows[:size], dict(zip(PAGING, numbers, strict=True)))


def cut_page(ctx: RestContext, found: Sequence[Any], sizes: Sizes) -> Page:
    """Cut the page that was asked for out of all there is. Raises: NotFound."""
    number, size = page_of(ctx.params, sizes)
    rows, total = found[(number - 1) * size : number * size], len(found)
    if total <= size:
        return Page(rows)
    numbers = (size, total, -(-total // size), number)
    return Page(rows, dict(zip(PAGING, numbers, strict=True)))


def page_of(params: Params, sizes: Sizes = Sizes()) -> tuple[int, int]:
    """Read the number of a page and its size, as usual or at most. Raises: NotFound."""
    number = id_or_none(params.text("page").strip() or "1")
    if not number:
        raise NotFound("There is no such page.", field="page")
    size = id_or_none(params.text("per_page").strip()) or sizes.usual
    return number, min(size, sizes.most)
