"""Lists that go on on another page, by cursors in the address."""

from collections.abc import Sequence
from typing import TypeVar
from urllib.parse import quote

from sqlmodel import SQLModel
from sqlmodel.sql.expression import SelectOfScalar

from cms.liquid.drops.pages import Pages, PaginationDrop
from cms.portal.context import PortalContext
from server.domain.errors import NotFound
from server.kit.paging import BadCursor, Listing, Window, list_page

PAGE_SIZE = 20
Row = TypeVar("Row", bound=SQLModel)


def page_through(
    ctx: PortalContext, listing: Listing[Row], query: SelectOfScalar[Row], path: str
) -> tuple[Sequence[Row], PaginationDrop]:
    """Read the page of a list that the address names. Raises: NotFound for a made-up cursor."""
    after, before = ctx.param("after") or None, ctx.param("before") or None
    window = Window(last=PAGE_SIZE, before=before) if before else Window(PAGE_SIZE, after)
    try:
        page = list_page(ctx.db, listing, query, window, ctx.installation.cursors)
    except BadCursor as error:
        raise NotFound("There is no such page.") from error
    first, last = quote(page.first_cursor), quote(page.last_cursor)
    pages = Pages(
        next=f"{path}?after={last}" if last and page.has_next else "",
        previous=f"{path}?before={first}" if first and page.has_previous else "",
    )
    return page.rows, PaginationDrop(pages, ctx.data)
