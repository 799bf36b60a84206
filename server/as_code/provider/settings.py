"""The provider's switches."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.provider.settings import RULES, get_settings, update_settings
from server.as_code.entries import Entry
from server.as_code.fields import columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.provider.settings import Setting


class Settings(Topic):
    word, section = "settings", "settings"
    named_by = ()
    fields = columns(Setting, RULES)

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        row = get_settings(workspace)
        yield (), row.provider_id, {name: getattr(row, name) for name in RULES}

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_settings(workspace, changes)
