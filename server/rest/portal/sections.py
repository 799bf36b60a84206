"""Sections of the content. Source: reference-portal 1.7."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.portal.content import root_of
from server.actions.portal.sections import SECTIONS
from server.domain.permissions import Permission
from server.domain.portal.sections import Section
from server.rest.answers import Gone
from server.rest.context import RestContext
from server.rest.formats import json_value
from server.rest.operations import Operation
from server.rest.portal.bare import BareListed, BareOne, Written, refuse_unknown
from server.rest.schemas import Schema

PATH = "/cms/sections"
FIELDS = ("title", "system_name", "public", "parent_id", "partial_path")
SCHEMA: Schema = {
    "type": "object",
    "properties": {
        **{name: {"type": "integer"} for name in ("id",)},
        **{name: {"type": "string"} for name in ("created_at", "updated_at", "title")},
        **{name: {"type": "string"} for name in ("system_name", "partial_path")},
        "public": {"type": "boolean"},
        "parent_id": {"type": ["integer", "null"]},
    },
    "required": ["id", *FIELDS],
}


def write_sections(ctx: RestContext, rows: Sequence[Section]) -> list[dict[str, Any]]:
    """Write sections; what is right below the root names it."""
    root_id = root_of(ctx).id
    return [
        {
            "id": row.id,
            "created_at": json_value(row.created_at),
            "updated_at": json_value(row.updated_at),
            "title": row.title,
            "system_name": row.system_name,
            "public": row.public,
            "parent_id": None if row.is_builtin else row.parent_id or root_id,
            "partial_path": row.partial_path,
        }
        for row in rows
    ]


def section_by(ctx: RestContext, column: str = "id") -> Section:
    """Find the section of the path, by id or system name. Raises: NotFound."""
    number = ctx.path_id(column)
    if number is None:
        name = str(ctx.path[column])
        query = select(Section).where(
            Section.provider_id == ctx.actor.provider_id, Section.system_name == name
        )
        found = ctx.db.exec(query).first()
        return SECTIONS.get(ctx, found.id if found else None)
    return SECTIONS.get(ctx, number)


def _given(ctx: RestContext, *left_out: str) -> Mapping[str, Any]:
    known = tuple(name for name in FIELDS if name not in left_out)
    refuse_unknown(ctx, *known)
    return ctx.params.pick(known)


def _list(ctx: RestContext) -> SelectOfScalar[Section]:
    refuse_unknown(ctx)
    return SECTIONS.query(ctx.actor)


def _create(ctx: RestContext) -> Section:
    return SECTIONS.create(ctx, _given(ctx))


def _update(ctx: RestContext) -> Section:
    row = section_by(ctx)
    values = dict(_given(ctx))
    if values.get("system_name") == row.system_name:
        del values["system_name"]
    return SECTIONS.update(ctx, row.id, values)


def _delete(ctx: RestContext) -> Section:
    return SECTIONS.delete(ctx, section_by(ctx).id)


SECTION = Written(write_sections, SCHEMA)
_operation = partial(Operation, only_json=True)
READ, EDIT = Permission.PORTAL_READ, Permission.PORTAL_EDIT
OPERATIONS = (
    _operation(
        "GET", PATH, "List sections.", READ, _list, BareListed(SECTION, key=col(Section.id))
    ),
    _operation(
        "POST",
        PATH,
        "Make a section.",
        EDIT,
        _create,
        BareOne(SECTION, at=f"{PATH}/{{id}}"),
        takes=SECTIONS.draft,
        wrappers=("section",),
    ),
    _operation("GET", f"{PATH}/{{id}}", "Show a section.", READ, section_by, BareOne(SECTION)),
    _operation(
        "PUT",
        f"{PATH}/{{id}}",
        "Change a section: what is left out stays.",
        EDIT,
        _update,
        BareOne(SECTION),
        takes=SECTIONS.changes,
        wrappers=("section",),
    ),
    _operation(
        "DELETE",
        f"{PATH}/{{id}}",
        "Delete a section; what is in it moves to the one above.",
        EDIT,
        _delete,
        Gone(),
    ),
)
