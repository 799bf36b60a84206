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
from server.as_code.fields import Field, Kind, columns
from server.as_code.topic import Desk, Row, Topic
from server.domain.portal.api_docs import ApiDocs, api_docs_name_of, body_of

COLUMNS = ("description", "published", "skip_swagger_validations")


class Specifications(Topic):
    word, section, file = "specification", "specifications", "specs/*.yaml"
    fields = (
        Field(name="system_name", check=lambda v: api_docs_name_of(v, "")),
        Field(name="name", check=RULES["name"]),
        Field(name="service", default="", refers=("service",)),
        *columns(ApiDocs, {name: RULES[name] for name in COLUMNS}),
        Field(
            name="body",
            kind=Kind.FILE,
            check=lambda v: body_of(v, skip_validations=True),  # the action knows what is skipped
            path=lambda values: str(values["system_name"]),
            suffix=".json",
        ),
    )

    def rows(self, desk: Desk) -> Iterable[Row]:
        for row in desk.db.exec(api_docs_query(desk.actor)):
            values = {name: getattr(row, name) for name in ("system_name", "name", *COLUMNS)}
            home = desk.keys.get(("service", row.service_id or 0))
            yield (), row.id, {**values, "service": home[-1][1] if home else "", "body": row.body}

    def create(self, desk: Desk, entry: Entry) -> int:
        draft = NewApiDocs(**_stored(desk, entry.values))
        return create_api_docs(desk.db, desk.actor, draft).id

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_api_docs(desk.db, desk.actor, desk.ids[entry.key], _stored(desk, changes))

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_api_docs(desk.db, desk.actor, desk.ids[entry.key])


def _stored(desk: Desk, values: Mapping[str, Any]) -> dict[str, Any]:
    """Take the service by its id, where one is named."""
    stored = dict(values)
    if "service" in stored:
        name = stored.pop("service")
        stored["service_id"] = desk.ids[("service", name),] if name else None
    return stored
