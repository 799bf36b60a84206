"""Files of the portal, sent as multipart. Source: reference-portal 1.7."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.portal.content import root_of
from server.actions.portal.files import CONTENT, FILES, add_file, change_file
from server.actions.rows import get_owned
from server.domain.errors import Blank, Invalid
from server.domain.permissions import Permission
from server.domain.portal.files import PortalFile
from server.domain.portal.sections import Section
from server.domain.provider.providers import Provider
from server.rest.answers import Gone
from server.rest.context import RestContext
from server.rest.formats import json_value
from server.rest.operations import Operation
from server.rest.portal.bare import BareListed, BareOne, Written, refuse_unknown
from server.rest.schemas import Schema

PATH = "/cms/files"
FIELDS = ("path", "section_id", "downloadable", "content_type")
SCHEMA: Schema = {
    "type": "object",
    "properties": {
        "id": {"type": "integer"},
        "section_id": {"type": "integer"},
        "downloadable": {"type": "boolean"},
        **{name: {"type": "string"} for name in ("created_at", "updated_at", "path", "url")},
        **{name: {"type": "string"} for name in ("title", "content_type")},
    },
    "required": ["id", "section_id", "path", "downloadable", "url", "title", "content_type"],
}


def write_files(ctx: RestContext, rows: Sequence[PortalFile]) -> list[dict[str, Any]]:
    """Write files; those of no section are in the root."""
    root_id = root_of(ctx).id
    base = ctx.installation.addresses.portal(ctx.db.get_one(Provider, ctx.actor.provider_id))
    return [
        {
            "id": row.id,
            "created_at": json_value(row.created_at),
            "updated_at": json_value(row.updated_at),
            "section_id": row.section_id or root_id,
            "path": row.path,
            "downloadable": row.downloadable,
            "url": f"{base}{row.path}",
            "title": row.name,
            "content_type": row.media_type,
        }
        for row in rows
    ]


def _list(ctx: RestContext) -> SelectOfScalar[PortalFile]:
    refuse_unknown(ctx, "section_id")
    query = FILES.query(ctx.actor)
    if not ctx.params.text("section_id"):
        return query
    section = get_owned(ctx, Section, ctx.params.row_id("section_id"))
    column = col(PortalFile.section_id)
    return query.where(column.is_(None) if section.is_builtin else column == section.id)


def _content(ctx: RestContext) -> bytes | None:
    """Take the bytes that were sent. Raises: Invalid for a text in their place."""
    if CONTENT in ctx.params.names() and CONTENT not in ctx.params.files:
        raise Invalid("must be a file, sent as multipart/form-data.", field=CONTENT)
    return ctx.params.files.get(CONTENT)


def _create(ctx: RestContext) -> PortalFile:
    refuse_unknown(ctx, *FIELDS, CONTENT)
    content = _content(ctx)
    if content is None:
        raise Blank(CONTENT)
    return add_file(ctx, ctx.params.pick(FIELDS), content)


def _update(ctx: RestContext) -> PortalFile:
    refuse_unknown(ctx, *FIELDS, CONTENT)
    row = FILES.get(ctx, ctx.path_id())
    return change_file(ctx, row.id, ctx.params.pick(FIELDS), _content(ctx))


def _show(ctx: RestContext) -> PortalFile:
    return FILES.get(ctx, ctx.path_id())


def _delete(ctx: RestContext) -> PortalFile:
    return FILES.delete(ctx, _show(ctx).id)


FILE = Written(write_files, SCHEMA)
_operation = partial(Operation, only_json=True)
READ, EDIT = Permission.PORTAL_READ, Permission.PORTAL_EDIT
OPERATIONS = (
    _operation("GET", PATH, "List files.", READ, _list, BareListed(FILE, key=col(PortalFile.id))),
    _operation(
        "POST",
        PATH,
        "Make a file: its bytes are the part `attachment` of a multipart body.",
        EDIT,
        _create,
        BareOne(FILE, at=f"{PATH}/{{id}}"),
        takes=FILES.draft,
        wrappers=("file",),
        takes_file=True,
    ),
    _operation(
        "GET", f"{PATH}/{{id}}", "Show a file, without its bytes.", READ, _show, BareOne(FILE)
    ),
    _operation(
        "PUT",
        f"{PATH}/{{id}}",
        "Change a file: what is left out stays.",
        EDIT,
        _update,
        BareOne(FILE),
        takes=FILES.changes,
        wrappers=("file",),
        takes_file=True,
    ),
    _operation("DELETE", f"{PATH}/{{id}}", "Delete a file.", EDIT, _delete, Gone()),
)
