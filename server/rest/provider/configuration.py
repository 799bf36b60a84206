"""A provider's own configuration as code, for who has no database: exported and applied."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from server.domain.drafts import Draft
from server.domain.errors import Blank, Forbidden, Invalid
from server.domain.permissions import Permission
from server.domain.provider.folders import (
    BYTES,
    FILES,
    FOLDER,
    Applied,
    Applying,
    folder_document,
    parse_document,
)
from server.domain.provider.providers import Provider
from server.rest.callers import require
from server.rest.context import RestContext
from server.rest.formats import json_answer
from server.rest.operations import Operation
from server.rest.schemas import Schema, array_of
from server.rest.shapes import Shape

PATH = "/configuration"
READS = (
    Permission.SERVICES_READ,
    Permission.PLANS_READ,
    Permission.PORTAL_READ,
    Permission.POLICIES_READ,
    Permission.ACCOUNTS_READ,
    Permission.FORUM_READ,
)
SECRETS = (Permission.SERVICES_SECRETS, Permission.SETTINGS_SECRETS)
EDITS = (
    Permission.SERVICES_EDIT,
    Permission.PLANS_EDIT,
    Permission.PORTAL_EDIT,
    Permission.POLICIES_EDIT,
    Permission.ACCOUNTS_EDIT,
    Permission.FORUM_EDIT,
)
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "object", "additionalProperties": TEXT}
COUNTS = ("created", "changed", "deleted", "kept")


class ExportFilters(Draft):
    """What an export holds."""

    secrets: bool = False


class ApplyDraft(Draft):
    """How a folder is applied: it is the part `folder` of a multipart body."""

    dry_run: bool = False
    prune: bool = False
    accept_breaking: bool = False
    variables: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Told:
    """Says an object of its own, which no row is."""

    description: str
    properties: Mapping[str, Schema]
    shape: Shape[Any] | None = None

    def write(self, ctx: RestContext, outcome: Mapping[str, Any]) -> Response:
        return json_answer({"configuration": outcome}, 200)

    def described(self) -> Mapping[str, Any]:
        inner = {
            "type": "object",
            "properties": dict(self.properties),
            "required": list(self.properties),
        }
        body = {
            "type": "object",
            "properties": {"configuration": inner},
            "required": ["configuration"],
        }
        content = {"application/json": {"schema": body}}
        return {"200": {"description": self.description, "content": content}}


def _export(ctx: RestContext) -> Mapping[str, Any]:
    _require_all(ctx)
    secrets = bool(ctx.given(ExportFilters).get("secrets", False))
    if secrets:
        for permission in SECRETS:
            require(ctx.db, ctx.actor, permission)
    texts, is_hidden = ctx.folders.export(ctx, secrets=secrets)
    name = ctx.db.get_one(Provider, ctx.actor.provider_id).name
    return {"provider": name, "secrets_left_out": is_hidden, **folder_document(texts)}


def _apply(ctx: RestContext) -> Mapping[str, Any]:
    _require_all(ctx)
    given = ctx.given(ApplyDraft)
    raw = ctx.params.files.get(FOLDER)
    if raw is None and FOLDER in ctx.params.names():
        raise Invalid("must be a file, sent as multipart/form-data.", field=FOLDER)
    if raw is None:
        raise Blank(FOLDER)
    how = Applying(**given)
    done: Applied = ctx.folders.apply(ctx, parse_document(raw), how)
    return {
        "lines": list(done.lines),
        "summary": done.summary,
        "counts": {name: done.counts[name] for name in COUNTS},
        "warnings": list(done.warnings),
        "dry_run": how.dry_run,
        "stored": done.is_stored,
    }


def _require_all(ctx: RestContext) -> None:
    """Let nobody pass who reaches some APIs only. Raises: Forbidden."""
    if ctx.actor.service_ids is not None:
        raise Forbidden("You reach some APIs only: a folder tells of all.")


OPERATIONS = (
    Operation(
        "GET",
        PATH,
        "Export the configuration as files: what `gatehouse export` writes.",
        Permission.SETTINGS_READ,
        _export,
        Told(
            "The files by their path; what is no text in base64.",
            {
                "provider": TEXT,
                "secrets_left_out": {"type": "boolean"},
                FILES: TEXTS,
                BYTES: TEXTS,
            },
        ),
        also=READS,
        filters=ExportFilters,
        only_json=True,
    ),
    Operation(
        "PUT",
        PATH,
        "Apply a folder, all of it or nothing: the part `folder` of a multipart body is a file "
        "with what an export answers, and `variables[NAME]` what its `${NAME}` stand for.",
        Permission.SETTINGS_EDIT,
        _apply,
        Told(
            "What was done, or with `dry_run` would be.",
            {
                "lines": array_of(TEXT),
                "summary": TEXT,
                "counts": {
                    "type": "object",
                    "properties": {name: {"type": "integer"} for name in COUNTS},
                    "required": list(COUNTS),
                },
                "warnings": array_of(TEXT),
                "dry_run": {"type": "boolean"},
                "stored": {"type": "boolean"},
            },
        ),
        also=(*EDITS, *SECRETS),
        takes=ApplyDraft,
        takes_file=True,
        only_json=True,
    ),
)
