"""The portal's content as a tree, and the lists of its layouts, partials and built-in pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from server.actions.portal.files import FILES
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.sections import SECTIONS
from server.actions.resources import Resource
from server.admin.context import AdminContext
from server.admin.portal.overview import (
    Branch,
    TemplateRow,
    Tree,
    list_templates,
    section_choices,
    tree_of,
)
from server.admin.render import render
from server.domain.errors import DomainError, Invalid
from server.domain.permissions import Permission
from server.domain.portal.pages import LEGAL_TERMS, TemplateKind
from server.kit.ids import id_or_none

MOVABLE: Mapping[str, tuple[Resource[Any], str]] = {  # and the attribute that says where it is
    "section": (SECTIONS, "parent_id"),
    "page": (TEMPLATES, "section_id"),
    "file": (FILES, "section_id"),
}


@dataclass(frozen=True, slots=True)
class ContentPage:
    tree: Tree
    search: str
    sections: Sequence[tuple[str, str]]

    @property
    def movable(self) -> Sequence[tuple[str, str]]:
        """Name what is in the tree, for a choice; sections first."""
        return sorted(_movable(self.tree.root), key=lambda each: not each[0].startswith("section"))


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
    page = ContentPage(tree_of(ctx, search), search, section_choices(ctx))
    return render(ctx, "portal/index.html.j2", page)


def move(ctx: AdminContext) -> Response:
    """Put a page, a file or a section into another section."""
    kind, _, number = ctx.text("what").partition("-")
    if kind not in MOVABLE:
        raise Invalid("must be a page, a file or a section.", field="what")
    resource, attribute = MOVABLE[kind]
    try:
        row = resource.update(ctx, id_or_none(number) or 0, {attribute: ctx.text("section_id")})
    except DomainError as error:
        if error.field == attribute:
            error.field = "section_id"
        raise
    return ctx.go_back("/portal", f"{_named(row)} is moved.")


def _movable(branch: Branch) -> list[tuple[str, str]]:
    found = [(f"page-{row.id}", row.name) for row in branch.pages if row.id is not None]
    found += [(f"file-{row.id}", row.path) for row in branch.files]
    for below in branch.branches:
        found += [(f"section-{below.section.id}", f"Section {below.section.title}")]
        found += _movable(below)
    return found


def _named(row: Any) -> str:
    return str(getattr(row, "title", "") or getattr(row, "path", "") or row.name)


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
