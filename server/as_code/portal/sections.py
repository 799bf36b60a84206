"""Sections of the content: a list in which each stands behind the one that it is in."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.portal.sections import SECTIONS
from server.as_code.entries import Entry
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace
from server.domain.errors import Invalid
from server.domain.portal.sections import Section

PLACE = "place"  # the system names from the root down, which files don't tell


class Sections(ResourceTopic):
    file = "portal/sections.yaml"
    order = ("system_name", "title", "parent", "public", "partial_path")

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        rows = list(workspace.db.exec(SECTIONS.query(workspace.actor)))
        by_id = {row.id: row for row in rows}
        for row in rows:
            if not row.is_builtin:
                way = _way(row, by_id)
                values = self.values(workspace, row)
                values["parent"] = way[-2] if len(way) > 1 else ""
                yield (), row.id, {**values, PLACE: tuple(way)}

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        place: tuple[str, ...] = values[PLACE]
        return place

    def stored(self, workspace: Workspace, key: Any, values: Mapping[str, Any]) -> dict[str, Any]:
        parent = values.get("parent")
        if parent and workspace.id_of(key, (self.word,), parent) is None:
            raise Invalid(f"{parent!r} must stand above this one.", field="parent")
        kept = {name: value for name, value in values.items() if name != PLACE}
        return super().stored(workspace, key, kept)

    def entry(self, state: Any, parent: Any, values: Mapping[str, Any], where: str = "") -> Entry:
        """Make an entry that stays when the one that it is in goes: it moves up."""
        found = super().entry(state, parent, values, where)
        return Entry(found.key, found.values, frozenset(), where)


def _way(section: Section, by_id: Mapping[int, Section]) -> list[str]:
    """List the system names from the root down to a section."""
    way = [section.system_name]
    while section.parent_id is not None and section.parent_id in by_id:
        section = by_id[section.parent_id]
        way.insert(0, section.system_name)
    return way


SECTION_TOPIC = Sections(SECTIONS)
