"""The provider's switches."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.provider.settings import RULES, settings_of, update_settings
from server.as_code.entries import Entry
from server.as_code.fields import columns
from server.as_code.topic import Desk, Row, Topic
from server.domain.provider.settings import Setting


class Settings(Topic):
    word, section = "settings", "settings"
    named_by = ()
    fields = columns(Setting, RULES)

    def rows(self, desk: Desk) -> Iterable[Row]:
        row = settings_of(desk.db, desk.actor)
        yield (), row.provider_id, {name: getattr(row, name) for name in RULES}

    def change(self, desk: Desk, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_settings(desk.db, desk.actor, changes)
