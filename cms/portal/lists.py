"""Lists in pages: one window of rows, and links to its neighbours."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import quote

from sqlalchemy import Select

from cms.liquid.drops.pages import Pages, PaginationDrop
from cms.portal.context import PortalContext
from server.domain.errors import NotFound
from server.kit.paging import BadCursor, Listing, Window, list_page

PAGE_SIZE = 20
NOTHING: Mapping[str, str] = {}
Row = TypeVar("Row")


def page_of(
    ctx: PortalContext,
    listing: Listing[Row],
    query: Select[Any],
    path: str,
    kept: Mapping[str, str] = NOTHING,
) -> tuple[Sequence[Row], PaginationDrop]:
    """Read the page that the address asks for; `kept` are parameters that links of it repeat.

    Raises: NotFound for a broken link.
    """
    after, before = ctx.param("after") or None, ctx.param("before") or None
    window = Window(last=PAGE_SIZE, before=before) if before else Window(PAGE_SIZE, after)
    try:
        page = list_page(ctx.db, listing, query, window, ctx.installation.cursors)
    except BadCursor as error:
        raise NotFound("There is no such page.") from error
    first, last = quote(page.first_cursor), quote(page.last_cursor)
    begin = f"{path}?" + "".join(f"{name}={quote(text)}&" for name, text in kept.items())
    pages = Pages(
        next=f"{begin}after={last}" if last and page.has_next else "",
        previous=f"{begin}before={first}" if first and page.has_previous else "",
    )
    return page.rows, PaginationDrop(pages, ctx.data)
