"""Files of the portal, as files: what is said of them stands in `files.yaml`.

Bytes that are no UTF-8 travel within texts as halves of characters, as Python does it with names
of files; nothing looks at them on the way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from server.actions.portal.files import FILES, add_file, change_file, read_file
from server.as_code.entries import Entry, Key, State
from server.as_code.fields import Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Row, Workspace
from server.domain.attributes import REQUIRED
from server.domain.portal.sections import ROOT

CONTENT = "content"


class Files(ResourceTopic):
    word, section, file = "file", "files", "portal/files.yaml"
    named_by = ("path",)
    extra = (
        Field(
            name=CONTENT,
            kind=FieldKind.FILE,
            default=REQUIRED,
            path=lambda values: "files" + str(values["path"]),
        ),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        for row in workspace.db.exec(FILES.query(workspace.actor)):
            content = read_file(workspace, row.id).decode("utf-8", "surrogateescape")
            yield (), row.id, {CONTENT: content, **self.values(workspace, row)}

    def entry(self, state: State, parent: Key, values: Mapping[str, Any], where: str = "") -> Entry:
        """Make an entry that stays when its section goes: what is in one moves up."""
        section = "" if values["section"] == ROOT else values["section"]
        found = super().entry(state, parent, {**values, "section": section}, where)
        return replace(found, needs=frozenset())

    def create(self, workspace: Workspace, entry: Entry) -> int:
        values = self.stored(workspace, entry.key, entry.values)
        return int(add_file(workspace, values, _bytes_of(values.pop(CONTENT))).id)

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        values = self.stored(workspace, entry.key, changes)
        text = values.pop(CONTENT, None)
        content = None if text is None else _bytes_of(text)
        change_file(workspace, workspace.ids[entry.key], values, content)


def _bytes_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


FILE_TOPIC = Files(FILES)
