"""The queue of applications whose owners want them shown in the gallery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.portal import gallery as actions
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, by_id, page_through
from server.admin.render import render
from server.domain.accounts.accounts import Account
from server.domain.errors import NotFound
from server.domain.portal.gallery import GalleryEntry
from server.domain.provider.settings import Setting
from server.web.headers import picture_answer

STATES = (("pending", "Waiting"), ("approved", "Shown"), ("refused", "Refused"))


@dataclass(frozen=True, slots=True)
class GalleryPage:
    """What was asked for, newest first."""

    entries: Pager[GalleryEntry]
    accounts: Mapping[int, Account]
    filters: Sequence[Filter]
    is_on: bool


def index(ctx: AdminContext) -> Response:
    state = Filter.read(ctx, "state", "State", STATES)
    query = actions.entries_query(ctx.actor)
    if state.value:
        query = query.where(GalleryEntry.state == state.value)
    entries = page_through(ctx, actions.LISTING, query)
    accounts = by_id(ctx.db, Account, (row.account_id for row in entries.rows))
    is_on = ctx.db.get_one(Setting, ctx.provider.id).app_gallery_enabled
    return render(ctx, "gallery/index.html.j2", GalleryPage(entries, accounts, [state], is_on))


def show_picture(ctx: AdminContext) -> Response:
    """Give the picture of an entry, whether it is shown or not. Raises: NotFound."""
    entry = actions.get_entry(ctx, ctx.path_id("entry_id"))
    content = actions.find_picture(ctx, entry)
    if content is None:
        raise NotFound("There is no picture.")
    return picture_answer(content, entry.picture_type)


def approve(ctx: AdminContext) -> Response:
    entry = actions.approve_entry(ctx, ctx.path_id("entry_id"), ctx.number_or_none("version"))
    return ctx.go_back("/gallery", f"{entry.title} is shown in the gallery.")


def refuse(ctx: AdminContext) -> Response:
    entry = actions.refuse_entry(ctx, ctx.path_id("entry_id"), ctx.text("reason"))
    return ctx.go_back("/gallery", f"{entry.title} is not shown in the gallery.")
