"""The portal's content as a tree, and the lists of its layouts, partials and built-in pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.admin.context import AdminContext
from server.admin.portal.overview import TemplateRow, Tree, list_templates, tree_of
from server.admin.render import render
from server.domain.permissions import Permission
from server.domain.portal.pages import LEGAL_TERMS, TemplateKind


@dataclass(frozen=True, slots=True)
class ContentPage:
    tree: Tree
    search: str


@dataclass(frozen=True, slots=True)
class TemplatesPage:
    """All templates of one kind."""

    title: str
    lead: str
    here: str
    kind: str
    groups: Sequence[tuple[str, Sequence[TemplateRow]]]
    search: str

    @property
    def is_empty(self) -> bool:
        """Return whether there is none to show."""
        return not any(rows for _, rows in self.groups)


def index(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PORTAL_READ)
    search = ctx.query("search")
    return render(ctx, "portal/index.html.j2", ContentPage(tree_of(ctx, search), search))


def layouts(ctx: AdminContext) -> Response:
    lead = "The frame of pages. What is in it stands where {% content %} is."
    return _list(ctx, "Layouts", lead, TemplateKind.LAYOUT)


def partials(ctx: AdminContext) -> Response:
    lead = "Pieces that pages and layouts include, and portlets, which bring something along."
    return _list(ctx, "Partials", lead, TemplateKind.PARTIAL)


def builtins(ctx: AdminContext) -> Response:
    """List what the portal asks for by name: its own pages, legal texts and mails."""
    ctx.actor.require(Permission.PORTAL_READ)
    search = ctx.query("search")
    pages = [row for row in list_templates(ctx, TemplateKind.PAGE) if not row.is_content]
    legal = [row for row in list_templates(ctx, TemplateKind.PARTIAL) if row.name in LEGAL_TERMS]
    page = TemplatesPage(
        "Built-in",
        "What the portal itself shows: each as it is shipped until you change it.",
        "Built-in",
        "",
        (("Pages", _found(pages, search)), ("Legal texts", _found(legal, search))),
        search,
    )
    return render(ctx, "portal/templates.html.j2", page)


def _list(ctx: AdminContext, title: str, lead: str, kind: TemplateKind) -> Response:
    ctx.actor.require(Permission.PORTAL_READ)
    search = ctx.query("search")
    rows = _found(list_templates(ctx, kind), search)
    page = TemplatesPage(title, lead, title, kind, ((title, rows),), search)
    return render(ctx, "portal/templates.html.j2", page)


def _found(rows: Sequence[TemplateRow], search: str) -> Sequence[TemplateRow]:
    wanted = search.lower()
    return [row for row in rows if wanted in f"{row.name} {row.title}".lower()]
