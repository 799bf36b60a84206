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
from server.as_code.topic import Row, Topic, Workspace
from server.domain.fields import clean_system_name
from server.domain.plans.plans import Feature


class Features(Topic):
    word, section, parent = "feature", "features", "service"
    fields = (
        Field(name="system_name", check=lambda v: clean_system_name(v, "")),
        Field(name="name", check=RULES["name"]),
        *columns(Feature, {"description": RULES["description"]}),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        for row in workspace.db.exec(features_query(workspace.actor)):
            if home := workspace.keys.get(("service", row.service_id)):
                yield home, row.id, {field.name: getattr(row, field.name) for field in self.fields}

    def create(self, workspace: Workspace, entry: Entry) -> int:
        draft = NewFeature(**entry.values)
        return create_feature(workspace, workspace.service_id(entry.key), draft).id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_feature(workspace, workspace.ids[entry.key], changes)

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        delete_feature(workspace, workspace.ids[entry.key])
