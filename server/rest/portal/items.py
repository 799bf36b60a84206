"""Templates as the CMS API lists them: the provider's own, and what is shipped in their place.

What is shipped has an id made of its name, so that it can be changed before anybody has changed it;
it keeps that id for ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from sqlalchemy.orm import defer
from sqlmodel import col, select

from server.actions.portal.content import root_of
from server.actions.portal.pages import TEMPLATES
from server.actions.work import Work
from server.domain.errors import NotFound
from server.domain.portal.pages import (
    HTML,
    LEGAL_TERMS,
    NO_LAYOUT,
    Template,
    TemplateKind,
)
from server.rest.formats import json_value

SHIPPED_FROM = 1_000_000_000  # ids below are those of rows
KINDS = (TemplateKind.PAGE, TemplateKind.LAYOUT, TemplateKind.PARTIAL)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # of what nobody has changed


@dataclass(frozen=True, slots=True)
class Item:
    """One template."""

    kind: str
    name: str
    is_shipped: bool
    row: Template | None  # None: nobody has changed it

    @property
    def type(self) -> str:
        """What the reference calls it."""
        is_builtin = self.is_shipped and not self.name.startswith("/")
        if self.kind == TemplateKind.LAYOUT or not is_builtin:
            return self.kind
        return f"builtin_{self.kind}"

    @property
    def id(self) -> int:
        """Its id for ever."""
        if self.is_shipped or self.row is None:
            return shipped_id(self.kind, self.name)
        return self.row.id


def shipped_id(kind: str, name: str) -> int:
    """Make the id of what is shipped."""
    return SHIPPED_FROM + crc32(f"{kind} {name}".encode()) % SHIPPED_FROM


def list_items(work: Work) -> list[Item]:
    """List all there is, the provider's own rows without their texts. Cost: 1 query."""
    query = TEMPLATES.query(work.actor).where(
        col(Template.kind).in_(KINDS), col(Template.name).not_in(LEGAL_TERMS)
    )
    rows = work.db.exec(query.options(*map(defer, TEMPLATES.listing.left_out)))
    own = {(row.kind, row.name): row for row in rows}
    shipped = {(kind.value, name) for kind in KINDS for name in shown_names(work, kind)}
    made = [
        Item(kind, name, (kind, name) in shipped, own.get((kind, name)))
        for kind, name in {**dict.fromkeys(sorted(shipped)), **own}
    ]
    return sorted(made, key=lambda item: (item.row is None, item.id))


def shown_names(work: Work, kind: TemplateKind) -> Sequence[str]:
    """List what is shipped of a kind: of pages with a path not the template behind it."""
    names = work.installation.shipped.names(kind)
    if kind is not TemplateKind.PAGE:
        return names
    return [name for name in names if "/" in name]


def get_item(work: Work, number: int | None) -> Item:
    """Find a template by its id. Raises: Forbidden, NotFound."""
    for item in list_items(work):
        if number is not None and number in {item.id, item.row.id if item.row else None}:
            return item
    raise NotFound("There is no template with this id.", field="id")


def get_layout_name(work: Work, number: int | None) -> str:
    """Find the name of a layout by its id. Raises: NotFound."""
    found = (item for item in list_items(work) if item.kind == TemplateKind.LAYOUT)
    for item in found:
        if number is not None and number in {item.id, item.row.id if item.row else None}:
            return item.name
    raise NotFound("There is no layout with this id.", field="layout_id")


def write_items(work: Work, items: Sequence[Item], *, with_texts: bool) -> list[dict[str, Any]]:
    """Write templates. Cost: at most 3 queries, whatever their number."""
    layouts = {item.name: item.id for item in list_items(work) if item.kind == "layout"}
    texts = _texts(work, items) if with_texts else {}
    root_id = root_of(work).id
    return [
        {**_said_of(work, item, layouts, root_id), **texts.get((item.kind, item.name), {})}
        for item in items
    ]


def _said_of(work: Work, item: Item, layouts: Mapping[str, int], root_id: int) -> dict[str, Any]:
    row = item.row or _as_shipped(work, item)
    told: dict[str, Any] = {
        "id": item.id,
        "type": item.type,
        "created_at": json_value(row.created_at),
        "updated_at": json_value(row.updated_at),
    }
    if item.kind != TemplateKind.PARTIAL:
        told["title"] = row.title
    told["system_name"] = row.system_name or (item.name if not row.is_content else "")
    if item.kind == TemplateKind.LAYOUT:
        return {**told, "liquid_enabled": row.liquid_enabled}
    if item.kind == TemplateKind.PAGE:
        told["layout_id"] = None if row.layout == NO_LAYOUT else layouts.get(row.layout)
    if item.type == "page":
        told |= {
            "section_id": row.section_id or root_id,
            "path": item.name,
            "content_type": row.content_type,
            "liquid_enabled": row.liquid_enabled,
            "handler": row.handler or None,
            "hidden": row.hidden or (row.published is None and not item.is_shipped)
            if item.row
            else False,
        }
    return told


def _as_shipped(work: Work, item: Item) -> Template:
    """Make what a template would be if the provider had it as it is shipped."""
    values: Mapping[str, Any] = work.installation.shipped.find_values(item.kind, item.name) or {}
    return Template(
        provider_id=work.actor.provider_id,
        kind=item.kind,
        name=item.name,
        content_type=HTML,
        created_at=EPOCH,
        updated_at=EPOCH,
        **values,
    )


def _texts(work: Work, items: Sequence[Item]) -> dict[tuple[str, str], dict[str, str | None]]:
    """Read drafts and published texts; what nobody has published is as it is shipped."""
    ids = [item.row.id for item in items if item.row]
    query = select(Template.kind, Template.name, Template.draft, Template.published)
    own = {
        (kind, name): (draft, published)
        for kind, name, draft, published in work.db.exec(query.where(col(Template.id).in_(ids)))
    }
    found = {}
    for item in items:
        draft, published = own.get((item.kind, item.name), (None, None))
        if published is None and not (item.row and item.row.hidden):
            published = work.installation.shipped.find_text(item.kind, item.name)
        found[item.kind, item.name] = {"draft": draft, "published": published}
    return found
