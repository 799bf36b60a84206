"""Groups of accounts by what they see; which accounts are in them is no configuration."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.portal.groups import GROUPS, sections_of_groups, set_group_section
from server.as_code.entries import Entry
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace

SECTIONS = "sections"


class Groups(ResourceTopic):
    file = "portal/groups.yaml"
    named_by = ("name",)
    extra = (Field(name=SECTIONS, kind=FieldKind.NAMES, default=[], refers=("section",)),)

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        rows = list(workspace.db.exec(GROUPS.query(workspace.actor)))
        seen = sections_of_groups(workspace, [row.id for row in rows])
        for row in rows:
            names = [workspace.name_of(("section",), number) for number in seen.get(row.id, [])]
            yield (), row.id, {SECTIONS: sorted(names), "name": row.name}

    def create(self, workspace: Workspace, entry: Entry) -> int:
        group_id = GROUPS.create(workspace, {"name": entry.values["name"]}).id
        self._let_in(workspace, group_id, entry.values[SECTIONS])
        return int(group_id)

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        if SECTIONS in changes:
            self._let_in(workspace, workspace.ids[entry.key], changes[SECTIONS])

    def _let_in(self, workspace: Workspace, group_id: int, names: Iterable[str]) -> None:
        """Let a group see these sections and no others."""
        wanted = {workspace.id_of((), ("section",), name) for name in names} - {None}
        there = set(sections_of_groups(workspace, [group_id]).get(group_id, []))
        for number in sorted(each for each in wanted ^ there if each is not None):
            set_group_section(workspace, group_id, number, included=number in wanted)


GROUP_TOPIC = Groups(GROUPS)
