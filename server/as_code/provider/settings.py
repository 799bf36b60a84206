"""The provider's switches."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.actions.provider.settings import (
    CURRENCY,
    RULES,
    currency_of,
    get_settings,
    update_settings,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, columns
from server.as_code.topic import Row, Topic, Workspace
from server.domain.provider.providers import clean_currency
from server.domain.provider.settings import Setting
from server.kit.money import DEFAULT_CURRENCY


class Settings(Topic):
    word, section = "settings", "settings"
    named_by = ()
    fields = (
        *columns(Setting, RULES),
        Field(name=CURRENCY, check=clean_currency, default=DEFAULT_CURRENCY),
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        row = get_settings(workspace)
        values = {name: getattr(row, name) for name in RULES}
        yield (), row.provider_id, {**values, CURRENCY: currency_of(workspace)}

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        update_settings(workspace, changes)
