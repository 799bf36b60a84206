"""The provider's switches."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.provider.settings import (
    APPROVAL,
    CURRENCY,
    currency_of,
    get_settings,
    update_settings,
)
from server.as_code.entries import Entry
from server.as_code.fields import field_of
from server.as_code.topic import Row, Topic, Workspace
from server.domain.drafts import attributes_of
from server.domain.provider.settings import WITHDRAWN, SettingDraft


class Settings(Topic):
    word, section = "settings", "settings"
    named_by = ()
    withdrawn = WITHDRAWN
    fields = tuple(
        field_of(SettingDraft, each)
        for each in attributes_of(SettingDraft)
        if each.name != APPROVAL  # its account plan says it
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        row = get_settings(workspace)
        switches = {each.name: getattr(row, each.name) for each in self.fields[:-1]}
        yield (), row.provider_id, {**switches, CURRENCY: currency_of(workspace)}

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_settings(workspace, changes)
