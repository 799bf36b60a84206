"""ActiveDocs, with their documents as text. Source: reference-portal 1.6."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import create_model
from starlette.responses import Response

from server.actions.portal.api_docs import API_DOCS
from server.actions.portal.api_docs_versions import ACCEPTING, find_newest
from server.domain.drafts import Draft, changes_model
from server.domain.portal.api_docs import ADDRESS, ApiDocs, ApiDocsDraft
from server.rest.answers import One
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.operations import (
    create_row,
    delete_row,
    list_row,
    read_row,
    update_rows,
    wrappers_of,
)
from server.rest.shapes import Links, Shape, columns

PATH = "/active_docs"
API_DOC = Shape(
    name="api_doc",
    model=ApiDocs,
    parts=(
        *columns("id", "system_name", "name", "description", "published"),
        *columns("skip_swagger_validations", "body"),
        *columns("service_id", hides=True),
        *columns("created_at", "updated_at"),
        Links({"self": f"{PATH}/{{id}}"}, only=Format.JSON),
    ),
)
# Nothing is fetched while a transaction is open, so an address is for the other faces.
_FIELDS: dict[str, Any] = {
    name: (field.annotation, field)
    for name, field in ApiDocsDraft.model_fields.items()
    if name != ADDRESS
}
ApiDocBody: type[Draft] = create_model("ApiDocBody", __base__=Draft, **_FIELDS)
ApiDocChanges = changes_model(ApiDocBody)
BREAKS = "Breaking-Changes"
_CHANGE = (
    "Change a specification: what is left out stays. Another document is a new version. "
    f"What breaks callers of a published one is taken, noted, and counted in the header {BREAKS}."
)
SUMMARIES = {
    "GET": "Show a specification.",
    "POST": "Make a specification: `body` is its document, JSON or YAML, as text.",
    "PUT": _CHANGE,
    "PATCH": _CHANGE,
    "DELETE": "Delete a specification, with its versions.",
}
_BODY: dict[str, Any] = {"wrappers": wrappers_of("api_doc"), "takes_document": "body"}


@dataclass(frozen=True, slots=True)
class Changed:
    """A specification after its change, and how many places of its document break callers."""

    row: ApiDocs
    breaking: int


@dataclass(frozen=True, slots=True)
class Counted(One):
    """Shows the specification, and says in a header what breaks callers."""

    def write(self, ctx: RestContext, outcome: Changed) -> Response:
        response = One.write(self, ctx, outcome.row)
        if outcome.breaking:
            response.headers[BREAKS] = str(outcome.breaking)
        return response

    def described(self) -> Mapping[str, Any]:
        told = One.described(self)["200"]
        header = {"schema": {"type": "integer"}, "description": "Only where callers break."}
        return {"200": {**told, "headers": {BREAKS: header}}}


def _update(ctx: RestContext, row_id: int, values: Mapping[str, Any]) -> Changed:
    """Change a specification: clients of the reference know of no consent, so none is asked for."""
    was = API_DOCS.get(ctx, row_id)
    is_seen, before = was.published, find_newest(ctx, was)
    row = API_DOCS.update(replace(ctx, accepted=ACCEPTING), row_id, values)
    newest = find_newest(ctx, row)
    is_new = newest is not None and (before is None or before.id != newest.id)
    if newest is None or not (is_new and is_seen and row.published):
        return Changed(row, 0)
    return Changed(row, newest.breaking)


OPERATIONS = (
    replace(list_row(API_DOCS, API_DOC, PATH), summary="List specifications."),
    *(
        replace(row, summary=SUMMARIES[row.method], **_BODY if row.takes else {})
        for row in (
            create_row(API_DOCS, API_DOC, PATH, takes=ApiDocBody),
            read_row(API_DOCS, API_DOC, PATH),
            *(
                replace(row, answer=Counted(API_DOC))
                for row in update_rows(API_DOCS, API_DOC, PATH, _update, ApiDocChanges)
            ),
            delete_row(API_DOCS, PATH),
        )
    ),
)
