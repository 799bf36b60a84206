"""Specifications: one YAML file each, with the JSON document beside it."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.portal.api_docs import (
    RULES,
    NewApiDocs,
    api_docs_query,
    create_api_docs,
    delete_api_docs,
    update_api_docs,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, FieldKind, columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.portal.api_docs import ApiDocs, clean_api_docs_name, clean_body

COLUMNS = ("description", "published", "skip_swagger_validations")


class Specifications(Topic):
    word, section, file = "specification", "specifications", "specs/*.yaml"
    fields = (
        Field(name="system_name", check=lambda v: clean_api_docs_name(v, "")),
        Field(name="name", check=RULES["name"]),
        Field(name="service", default="", refers=("service",)),
        *columns(ApiDocs, {name: RULES[name] for name in COLUMNS}),
        Field(
            name="body",
            kind=FieldKind.FILE,
            check=lambda v: clean_body(
                v, skip_validations=True
            ),  # the action knows what is skipped
            path=lambda values: str(values["system_name"]),
            suffix=".json",
        ),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        for row in workspace.db.exec(api_docs_query(workspace.actor)):
            values = {name: getattr(row, name) for name in ("system_name", "name", *COLUMNS)}
            home = workspace.keys.get(("service", row.service_id or 0))
            yield (), row.id, {**values, "service": home[-1][1] if home else "", "body": row.body}

    def create(self, workspace: Workspace, entry: Entry) -> int:
        draft = NewApiDocs(**_stored(workspace, entry.values))
        return create_api_docs(workspace, draft).id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_api_docs(workspace, workspace.ids[entry.key], _stored(workspace, changes))

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_api_docs(workspace, workspace.ids[entry.key])


def _stored(workspace: Workspace, values: Mapping[str, Any]) -> dict[str, Any]:
    """Take the service by its id, where one is named."""
    stored = dict(values)
    if "service" in stored:
        name = stored.pop("service")
        stored["service_id"] = workspace.ids[("service", name),] if name else None
    return stored
