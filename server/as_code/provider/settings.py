"""The provider's switches."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from server.actions.portal.legal import list_terms
from server.actions.provider.settings import (
    ACCESS_CODE,
    APPROVAL,
    CURRENCY,
    DETAILS,
    currency_of,
    details_of,
    get_settings,
    update_settings,
)
from server.as_code.entries import Entry
from server.as_code.fields import Field, field_of
from server.as_code.topic import Row, Topic, Workspace
from server.domain.attributes import Attribute
from server.domain.drafts import attributes_of
from server.domain.errors import Invalid
from server.domain.fields import HIDDEN
from server.domain.provider.settings import WITHDRAWN, SettingDraft


def _field_of(attribute: Attribute) -> Field:
    """Make the field of a setting; who the provider is stays where a folder does not say it."""
    field = field_of(SettingDraft, attribute)
    if attribute.name in DETAILS:
        return replace(field, default="", keep=lambda value, standing: value or standing)
    if attribute.name == ACCESS_CODE:
        return replace(field, hide=lambda code: code and HIDDEN, keep=_keep_code)
    return field


def _keep_code(code: str, standing: str) -> str:
    """Read a hidden code as the one that stands; where none does, it stays hidden: see `change`."""
    return standing or HIDDEN if code == HIDDEN else code


class Settings(Topic):
    word, section = "settings", "settings"
    named_by = ()
    withdrawn = WITHDRAWN
    fields = tuple(
        _field_of(each)
        for each in attributes_of(SettingDraft)
        if each.name != APPROVAL  # its account plan says it
    )

    def rows(self, workspace: Workspace) -> Iterable[Row]:
        row = get_settings(workspace)
        legal = list_terms(workspace.db, row.provider_id)
        elsewhere = {**details_of(workspace), **legal, CURRENCY: currency_of(workspace)}
        names = [each.name for each in self.fields]
        switches = {name: getattr(row, name) for name in names if name not in elsewhere}
        yield (), row.provider_id, {**elsewhere, **switches}

    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        if changes.get(ACCESS_CODE) == HIDDEN:  # never opens a portal that shall be closed
            told = f"says {HIDDEN} where nothing stands yet. Write the code, or name a variable."
            raise Invalid(told, field=ACCESS_CODE)
        update_settings(workspace, changes)


SETTINGS_TOPIC = Settings()
