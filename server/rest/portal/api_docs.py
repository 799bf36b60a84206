"""ActiveDocs, with their documents as text. Source: reference-portal 1.6."""

from dataclasses import replace
from typing import Any

from pydantic import create_model

from server.actions.portal.api_docs import API_DOCS
from server.domain.drafts import Draft, changes_model
from server.domain.portal.api_docs import ADDRESS, ApiDocs, ApiDocsDraft
from server.rest.formats import Format
from server.rest.operations import create_row, delete_row, list_row, read_row, update_rows
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
SUMMARIES = {
    "GET": "Show a specification.",
    "POST": "Make a specification: `body` is its document, JSON or YAML, as text.",
    "PUT": "Change a specification: what is left out stays. Another document is a new version.",
    "PATCH": "Change a specification: what is left out stays. Another document is a new version.",
    "DELETE": "Delete a specification, with its versions.",
}
OPERATIONS = (
    replace(list_row(API_DOCS, API_DOC, PATH), summary="List specifications."),
    *(
        replace(row, summary=SUMMARIES[row.method], wrappers=("api_doc",) if row.takes else ())
        for row in (
            create_row(API_DOCS, API_DOC, PATH, takes=ApiDocBody),
            read_row(API_DOCS, API_DOC, PATH),
            *update_rows(API_DOCS, API_DOC, PATH, takes=ApiDocChanges),
            delete_row(API_DOCS, PATH),
        )
    ),
)
