"""Templates of the portal. Source: reference-portal 1.7."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlmodel import select

from server.actions.portal.pages import TEMPLATES, take_over
from server.actions.portal.publishing import publish_template
from server.actions.rows import get_owned
from server.domain.attributes import Flag, ShortText
from server.domain.drafts import Draft, parse
from server.domain.errors import Blank, Invalid, NotFound
from server.domain.permissions import Permission
from server.domain.portal.content_paths import clean_path
from server.domain.portal.pages import NO_LAYOUT, BuiltIn, TemplateKind, TemplateText
from server.domain.portal.sections import Section
from server.rest.answers import Gone
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.portal.bare import BareListed, BareOne, Written, refuse_unknown
from server.rest.portal.items import Item, get_item, get_layout_name, list_items, write_items
from server.rest.schemas import Schema

PATH = "/cms/templates"
LAYOUT, SECTION = ("layout_id", "layout_name"), ("section_id", "section_name")
TAKES: Mapping[str, tuple[str, ...]] = {
    "page": (
        "title", "path", "content_type", "system_name", *SECTION, *LAYOUT, "liquid_enabled",
        "draft", "handler",
    ),
    "layout": ("system_name", "title", "liquid_enabled", "draft"),
    "partial": ("system_name", "draft"),
    "builtin_page": ("draft", *LAYOUT),
    "builtin_partial": ("draft",),
}  # fmt: skip
MADE = ("page", "layout", "partial")
NEVER = (
    "builtin_static_page",
)  # of the reference: pages that only choose a layout; ours are Liquid
TEXTS = ("draft", "published")
SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "type": {"type": "string", "enum": list(TAKES)},
        **{name: {"type": "string"} for name in ("created_at", "updated_at", "title", "path")},
        **{name: {"type": "string"} for name in ("system_name", "content_type")},
        **{name: {"type": "boolean"} for name in ("liquid_enabled", "hidden")},
        **{name: {"type": ["string", "null"]} for name in ("handler", *TEXTS)},
        **{name: {"type": ["integer", "null"]} for name in ("layout_id", "section_id")},
    },
    "required": ["id", "type", "created_at", "updated_at", "system_name"],
}


class CMSTemplateChanges(Draft):
    """What of a template may be changed; which of these, its type says."""

    title: ShortText | None = None
    path: str | None = None
    content_type: str | None = None
    system_name: str | None = None
    section_id: int | str | None = None
    section_name: str | None = None
    layout_id: int | str | None = None
    layout_name: str | None = None
    liquid_enabled: Flag | None = None
    draft: TemplateText = None
    handler: str | None = None


class CMSTemplate(CMSTemplateChanges):
    """What a new template is made of; which of these, its type says."""

    type: str


def _values(ctx: RestContext, kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Turn what is given into attributes: names and ids into rows. Raises: Invalid, NotFound."""
    values = {name: value for name, value in given.items() if name not in (*LAYOUT, *SECTION)}
    if "path" in values:
        values["name"] = clean_path(str(values.pop("path") or ""))
    elif kind != TemplateKind.PAGE and "system_name" in values:
        values["name"] = values.pop("system_name")
    if "handler" in values:
        values["handler"] = values["handler"] or ""
    for name in LAYOUT:
        if name in given:
            values["layout"] = _layout(ctx, name, given[name])
    for name in SECTION:
        if name in given:
            values["section_id"] = _section_id(ctx, name, given[name])
    return values


def _layout(ctx: RestContext, name: str, value: Any) -> str:
    """Find a layout; empty for none. Raises: Invalid."""
    text = str(value or "").strip()
    if not text:
        return NO_LAYOUT
    try:
        if name == "layout_id":
            return get_layout_name(ctx, int(text) if text.isdecimal() else None)
        layouts = {item.name for item in list_items(ctx) if item.kind == TemplateKind.LAYOUT}
        if text not in layouts:
            raise NotFound(f"There is no layout {text!r}.")
    except NotFound as error:
        raise Invalid(error.message, field=name) from error
    return text


def _section_id(ctx: RestContext, name: str, value: Any) -> int | None:
    """Find a section; empty for the root. Raises: Invalid."""
    text = str(value or "").strip()
    if not text:
        return None
    column = Section.id if name == "section_id" else Section.system_name
    wanted: Any = text
    if name == "section_id":
        wanted = int(text) if text.isdecimal() and len(text) < 10 else 0
    query = select(Section).where(Section.provider_id == ctx.actor.provider_id, column == wanted)
    found = ctx.db.exec(query).first()
    if found is None:
        raise Invalid("is no section of yours.", field=name)
    return found.id


def _list(ctx: RestContext) -> Sequence[Item]:
    refuse_unknown(ctx, "content", "type", "section_id")
    items = list_items(ctx)
    if wanted := ctx.params.text("type"):
        if wanted not in (*TAKES, *NEVER):
            raise Invalid(f"must be one of {', '.join((*TAKES, *NEVER))}.", field="type")
        items = [item for item in items if item.type == wanted]
    if ctx.params.text("section_id"):
        section = get_owned(ctx, Section, ctx.params.row_id("section_id"))
        home = None if section.is_builtin else section.id
        items = [
            item
            for item in items
            if item.type == "page" and (item.row.section_id if item.row else None) == home
        ]
    return items


def _create(ctx: RestContext) -> Item:
    kind = ctx.params.text("type")
    if not kind:
        raise Blank("type")
    if kind not in MADE:
        raise Invalid(f"must be one of {', '.join(MADE)}.", field="type")
    refuse_unknown(ctx, "type", *TAKES[kind])
    given = parse(CMSTemplateChanges, ctx.params.pick(TAKES[kind])).given()
    values = {"layout": NO_LAYOUT} if kind == "page" else {}
    values |= _values(ctx, kind, given)
    field = "path" if kind == "page" else "system_name"
    if not str(values.get("name") or "").strip():
        raise Blank(field)
    if kind == "page" and not str(values.get("title") or "").strip():
        raise Blank("title")
    if kind == "partial" and ctx.installation.shipped.find_text(kind, values["name"]) is not None:
        raise Invalid("is a name of the portal's own. Change that one.", field="system_name")
    row = TEMPLATES.create(ctx, {"kind": kind, **values})
    return Item(kind, row.name, is_shipped=False, row=row)


def _show(ctx: RestContext) -> Item:
    return get_item(ctx, ctx.path_id())


def _update(ctx: RestContext) -> Item:
    item = _show(ctx)
    refuse_unknown(ctx, *TAKES[item.type])
    given = parse(CMSTemplateChanges, ctx.params.pick(TAKES[item.type])).given()
    values = _values(ctx, item.kind, given)
    if item.type == "builtin_page" and values.get("layout") == NO_LAYOUT:
        values["layout"] = ""  # the main one
    row = item.row or take_over(ctx, item.kind, item.name)
    row = TEMPLATES.update(ctx, row.id, values)
    return Item(item.kind, row.name, item.is_shipped, row)


def _publish(ctx: RestContext) -> Item:
    item = _show(ctx)
    row = item.row or take_over(ctx, item.kind, item.name)
    return Item(item.kind, item.name, item.is_shipped, publish_template(ctx, row.id))


def _delete(ctx: RestContext) -> None:
    item = _show(ctx)
    if item.row is None or item.type.startswith("builtin"):
        raise BuiltIn("comes with the portal and can't be deleted. Hide or change it instead.")
    TEMPLATES.delete(ctx, item.row.id)


ONE = Written(partial(write_items, with_texts=True), SCHEMA)


def _write_list(ctx: RestContext, items: Sequence[Item]) -> list[dict[str, Any]]:
    return write_items(ctx, items, with_texts=ctx.params.text("content") in {"true", "1"})


_operation = partial(Operation, only_json=True)
READ, EDIT = Permission.PORTAL_READ, Permission.PORTAL_EDIT
OPERATIONS = (
    _operation(
        "GET", PATH, "List templates.", READ, _list, BareListed(Written(_write_list, SCHEMA))
    ),
    _operation(
        "POST",
        PATH,
        "Make a page, layout or partial, as a draft.",
        EDIT,
        _create,
        BareOne(ONE, at=f"{PATH}/{{id}}"),
        takes=CMSTemplate,
        wrappers=("template",),
    ),
    _operation("GET", f"{PATH}/{{id}}", "Show a template.", READ, _show, BareOne(ONE)),
    _operation(
        "PUT",
        f"{PATH}/{{id}}",
        "Change a template: what is left out stays.",
        EDIT,
        _update,
        BareOne(ONE),
        takes=CMSTemplateChanges,
        wrappers=("template",),
    ),
    _operation("PUT", f"{PATH}/{{id}}/publish", "Publish the draft.", EDIT, _publish, BareOne(ONE)),
    _operation("DELETE", f"{PATH}/{{id}}", "Delete a template.", EDIT, _delete, Gone()),
)
