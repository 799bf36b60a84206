"""Registered documents: what clients were built with, which strict tokens alone may send."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from starlette.responses import Response

from server.actions.provider.registered_documents import (
    LISTING,
    clean_documents,
    delete_document,
    documents_query,
    register_documents,
)
from server.actions.rows import get_owned
from server.admin.context import AdminContext
from server.admin.lists import Filter, Pager, is_narrowed, page_through
from server.admin.page_face import AdminRequest
from server.admin.render import render
from server.domain.errors import Blank, Invalid
from server.domain.permissions import Permission
from server.domain.provider.registered_documents import (
    MOST_AT_ONCE,
    GraphQLSide,
    RegisteredDocument,
)

HOME = "/registered_documents"
WITH_TEXTS = replace(LISTING, left_out=())  # which have their names
SIDES = ((GraphQLSide.ADMIN.value, "Admin"), (GraphQLSide.DEVELOPER.value, "Developers"))
OPERATION = re.compile(r"^\s*(query|mutation|subscription)\s+(\w+)", re.MULTILINE)
MANIFEST = (
    "must be a JSON object of texts by the SHA-256 of each, as relay-compiler and "
    "graphql-codegen write it."
)


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    documents: Pager[RegisteredDocument]
    names: Mapping[int, str]
    sides: Mapping[str, str]
    filters: Sequence[Filter]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class NewDocumentsPage:
    sides: Sequence[tuple[str, str]] = SIDES
    most: int = MOST_AT_ONCE


@dataclass(frozen=True, slots=True)
class DocumentPage:
    document: RegisteredDocument
    name: str
    side: str


def index(ctx: AdminContext) -> Response:
    side = Filter.read(ctx, "side", "Schema", SIDES)
    query = documents_query(ctx.actor)
    if side.value:
        query = query.where(RegisteredDocument.side == side.value)
    documents = page_through(ctx, WITH_TEXTS, query)
    page = DocumentsPage(
        documents,
        {row.id: name_of(row.text) for row in documents.rows},
        dict(SIDES),
        (side,),
        is_narrowed("", (side,)),
    )
    return render(ctx, "registered_documents/index.html.j2", page)


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_EDIT)
    return render(ctx, "registered_documents/new.html.j2", NewDocumentsPage())


def create(page_request: AdminRequest) -> Response:
    """Register documents, which are checked before the transaction."""
    with page_request.open(write=False) as ctx:
        ctx.actor.require(Permission.SETTINGS_EDIT)
        side = _side(ctx)
        is_typed = not ctx.values.get("documents", "").strip()
        try:
            documents = clean_documents(_documents(ctx))
            ctx.deps.documents().check_registered(side, documents)
        except Invalid as error:
            raise Invalid(error.message, field="text" if is_typed else error.field) from error
    with page_request.open() as ctx:
        count = len(register_documents(ctx, side, documents))
        told = "1 document is" if count == 1 else f"{count} documents are"
        return ctx.go(HOME, f"{told} registered.")


def show(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SETTINGS_READ)
    row = get_owned(ctx, RegisteredDocument, ctx.path_id("document_id"))
    page = DocumentPage(row, name_of(row.text), dict(SIDES)[row.side])
    return render(ctx, "registered_documents/show.html.j2", page)


def delete(ctx: AdminContext) -> Response:
    row = delete_document(ctx, ctx.path_id("document_id"))
    return ctx.go(HOME, f"{row.digest[:12]}… is deleted: tokens that send nothing else lose it.")


def name_of(text: str) -> str:
    """Name a document by its operations."""
    return ", ".join(f"{kind} {name}" for kind, name in OPERATION.findall(text)) or "no name"


def _side(ctx: AdminContext) -> GraphQLSide:
    """Read the schema that documents are for. Raises: Invalid."""
    try:
        return GraphQLSide(ctx.text("side"))
    except ValueError as error:
        raise Invalid("must be one of those to choose from.", field="side") from error


def _documents(ctx: AdminContext) -> Mapping[str, object]:
    """Read a manifest, or one document that was typed. Raises: Invalid, Blank."""
    manifest = ctx.values.get("documents", "")
    text = ctx.values.get("text", "").replace("\r\n", "\n")
    if manifest.strip():
        return _parsed(manifest)
    if not text.strip():
        raise Blank("documents")
    return {sha256(text.encode(errors="replace")).hexdigest(): text}


def _parsed(manifest: str) -> Mapping[str, object]:
    try:
        found: Any = json.loads(manifest)
    except (ValueError, RecursionError) as error:
        raise Invalid(MANIFEST, field="documents") from error
    if not isinstance(found, dict):
        raise Invalid(MANIFEST, field="documents")
    return found
