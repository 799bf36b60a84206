"""Content pages for visitors who are not logged in: made once, kept while nothing changes."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

from sqlalchemy import func
from sqlmodel import col, select

from server.domain.events import EventRecord
from server.kit.lru import LRU
from server.web.shared import mark_own, mark_shared

if TYPE_CHECKING:
    from cms.portal.context import PortalContext

SAME_FOR_ALL = ("/", "api_docs/", "legal/")  # how the names of pages begin that are
# And of those that say the same to the same session until something is committed: what they show
# is in the database or the clock's, and looking at them changes nothing.
SAME_FOR_ONE = (
    "/",
    "account/show",
    "api_docs/",
    "applications/index",
    "applications/show",
    "dashboards/show",
    "legal/",
    "messages/inbox/index",
    "services/index",
)
MOST_PAGES, MOST_BYTES = 300, 8_000_000
LIFETIME_S = 10  # pages may tell the time, and on PostgreSQL events are committed in any order


class KeptPages:
    """The pages of one process. Thread-safe.

    Whatever changes what such a page shows is an event of its provider, so the newest event is
    part of what a page is kept under. A page with a form of its own has the visitor's token, and
    is not kept.
    """

    def __init__(self) -> None:
        self._pages: LRU[str] = LRU(most_entries=MOST_PAGES, most_bytes=MOST_BYTES)

    def key_of(
        self, ctx: "PortalContext", name: str, *, as_markdown: bool = False
    ) -> Hashable | None:
        """Tell what a page is kept under; None for one that is made anew. Cost: one query."""
        request = ctx.request
        is_known = ctx.visitor is not None or ctx.actor.account_id is not None
        is_same_for_all = name.startswith(SAME_FOR_ALL)
        if is_known or request.method != "GET" or not is_same_for_all:
            return None
        if request.url.query or ctx.preview.drafts or ctx.find_notice() is not None:
            return None
        newest = select(func.max(col(EventRecord.id))).where(
            EventRecord.provider_id == ctx.provider.id
        )
        event_id = ctx.db.exec(newest).one()
        turn = int(ctx.now.timestamp()) // LIFETIME_S
        seen = (name, ctx.path, ctx.data.locale, request.url.netloc, as_markdown)
        return (ctx.provider.id, event_id, turn, *seen, ctx.library.version)

    def find(self, key: Hashable | None) -> str | None:
        """Find a page."""
        return None if key is None else self._pages.find(key)

    def keep(self, ctx: "PortalContext", key: Hashable | None, html: str) -> None:
        """Keep a page that would be the same for every visitor."""
        if key is not None and ctx.csrf_token not in html:
            self._pages.keep(key, html, len(html) * 2)
            mark_shared(ctx.request, ctx.provider.id)


def mark_kept_for_one(ctx: "PortalContext", name: str) -> None:
    """Say that a page of who is logged in may be given to the same session again."""
    is_asked = ctx.request.method == "GET" and not ctx.request.url.query
    if ctx.visitor is not None and is_asked and name.startswith(SAME_FOR_ONE):
        mark_own(ctx.request, ctx.provider.id)
