"""Features of a service; which plans include them is said at the plans."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.plans.features import (
    RULES,
    NewFeature,
    create_feature,
    delete_feature,
    features_query,
    update_feature,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, columns
from server.as_code.topic import Desk, Row, Topic
from server.domain.fields import system_name_of
from server.domain.plans.plans import Feature


class Features(Topic):
    word, section, parent = "feature", "features", "service"
    fields = (
        Field(name="system_name", check=lambda v: system_name_of(v, "")),
        Field(name="name", check=RULES["name"]),
        *columns(Feature, {"description": RULES["description"]}),
    )

    def rows(self, desk: Desk) -> Iterable[Row]:
        for row in desk.db.exec(features_query(desk.actor)):
            if home := desk.keys.get(("service", row.service_id)):
                yield home, row.id, {field.name: getattr(row, field.name) for field in self.fields}

    def create(self, desk: Desk, entry: Entry) -> int:
        draft = NewFeature(**entry.values)
        return create_feature(desk.db, desk.actor, desk.service_id(entry.key), draft).id

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_feature(desk.db, desk.actor, desk.ids[entry.key], changes)

    def delete(self, desk: Desk, entry: Entry) -> None:
        delete_feature(desk.db, desk.actor, desk.ids[entry.key])
