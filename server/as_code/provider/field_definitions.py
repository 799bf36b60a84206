"""Definitions of fields, a list for each target in the order of the forms."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sqlmodel.sql.expression import SelectOfScalar

from server.actions.provider.field_definitions import FIELD_DEFINITIONS
from server.as_code.entries import Entry
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace
from server.domain.provider.field_definitions import (
    REQUIRED,
    FieldDefinition,
    FieldTarget,
)


class FieldDefinitions(ResourceTopic):
    """The fields of one target; their order in the file is their position.

    Folders from before there were fields take none away: that does only who lists some. What a
    target can't do without stays in any case.
    """

    named_by = ("name",)
    left_out = ("target", "position")  # the section and the list say it
    ordered = True

    def __init__(self, target: FieldTarget) -> None:
        self.target = target
        self.word, self.section = f"{target.value} field", f"{target.value}_fields"
        super().__init__(FIELD_DEFINITIONS)

    def stays(self, entry: Entry, listed: AbstractSet[str]) -> bool:
        return self.word not in listed or entry.values["name"] in REQUIRED[self.target]

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        return self.rows_of(workspace, self.in_order(workspace))

    def in_order(self, workspace: Workspace) -> SelectOfScalar[Any]:
        return super().in_order(workspace).where(FieldDefinition.target == self.target.value)

    def create(self, workspace: Workspace, entry: Entry) -> int:
        values = {**self.stored(workspace, entry.key, entry.values), "target": self.target.value}
        return FIELD_DEFINITIONS.create(workspace, values).id

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        FIELD_DEFINITIONS.update(workspace, workspace.ids[entry.key], changes)


FIELD_TOPICS = tuple(FieldDefinitions(target) for target in FieldTarget)
