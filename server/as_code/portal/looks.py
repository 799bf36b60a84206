"""How the developer portal looks."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.portal.looks import get_look, update_look
from server.as_code.entries import Entry
from server.as_code.fields import field_of
from server.as_code.topic import Row, Topic, Workspace
from server.domain.drafts import attributes_of
from server.domain.portal.looks import LookDraft


class Look(Topic):
    word, section = "look", "look"
    named_by = ()
    fields = tuple(field_of(LookDraft, each) for each in attributes_of(LookDraft))

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        yield (), workspace.actor.provider_id, get_look(workspace)

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_look(workspace, changes)
