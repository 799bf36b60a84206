"""The Liquid reference, as a page: it is told by the code, as docs/reference/liquid.md is."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from cms.liquid.reference import entries
from cms.liquid.reference.entries import DropEntry, Entry, FormEntry
from server.admin.context import AdminContext
from server.admin.render import render
from server.domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class LiquidPage:
    """All that templates may use."""

    everywhere: Sequence[Entry]
    pages: Sequence[tuple[str, Sequence[Entry]]]
    mails: Sequence[tuple[str, Sequence[Entry]]]
    tags: Sequence[Entry]
    filters: Sequence[Entry]
    drops: Sequence[DropEntry]
    forms: Sequence[FormEntry]

    @property
    def drop_names(self) -> frozenset[str]:
        """The names of drops, to link types to."""
        return frozenset(drop.name for drop in self.drops)


def show(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PORTAL_READ)
    everywhere = entries.variables_of("layout", "")
    shared = {each.name for each in everywhere}
    pages = [
        (name, [each for each in entries.variables_of("page", name) if each.name not in shared])
        for name in entries.page_names()
    ]
    mails = [(name, entries.variables_of("email", name)) for name in entries.email_names()]
    page = LiquidPage(
        everywhere,
        [(name, own) for name, own in pages if own],
        mails,
        entries.list_tags(),
        entries.list_filters(),
        entries.list_drops(),
        entries.list_forms(),
    )
    return render(ctx, "portal/liquid.html.j2", page)
