"""Portal templates that the provider changed: their texts are files beside `templates.yaml`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from cms.content.theme import FOLDERS
from cms.liquid.context import OF_PAGE
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.template_rules import made_system_name
from server.as_code.entries import Entry, Key, State
from server.as_code.fields import BadText, Field, FieldKind
from server.as_code.resources import ResourceTopic
from server.as_code.topic import Workspace
from server.domain.attributes import Attribute
from server.domain.errors import Invalid
from server.domain.portal.pages import Template, TemplateKind
from server.domain.portal.sections import ROOT

SUFFIXES = {"published": ".liquid", "draft": ".draft.liquid"}
KINDS = tuple(TemplateKind)


def _path(values: Mapping[str, Any]) -> str:
    return f"{FOLDERS[values['kind']]}/{values['name']}"


def _parsed(clean: Callable[[str | None], str | None], text: str | None) -> str | None:
    """Check a text, and that it can be parsed. Raises: Invalid, BadText."""
    # Here and not above: all commands load this file, and `serve` renders nothing itself.
    from cms.liquid.checks import find_fault

    found = clean(text)
    fault = find_fault("", "", found) if found is not None else None
    if fault is None:
        return found
    place = fault.place
    if place is None or not place.line:
        raise Invalid(fault.message)
    raise BadText(fault.message, place.line, place.column, place.caret())


def _named_once(name: str, standing: str) -> str:
    """Keep a system name that was made once, where a file says none."""
    return name or standing


class Templates(ResourceTopic):
    file = "portal/templates.yaml"
    named_by = ("kind", "name")
    left_out = ("publish_at",)  # a folder is published when it is applied

    def field_of(self, attribute: Attribute) -> Field:
        field, suffix = super().field_of(attribute), SUFFIXES.get(attribute.name)
        if field.name == "system_name":
            return replace(field, keep=_named_once)
        if suffix is None:
            return field
        loose = ("liquid_enabled", field.check)
        return replace(
            field,
            kind=FieldKind.FILE,
            path=_path,
            suffix=suffix,
            check=partial(_parsed, field.check),
            loose=loose,
        )

    def values(self, workspace: Workspace, row: Template) -> dict[str, Any]:
        """Tell a row's values; a system name only when it is another than would be made."""
        values = super().values(workspace, row)
        made = made_system_name(row)
        name = row.system_name or ""
        is_made = re.fullmatch(rf"{re.escape(made or '')}(_\d+)?", name) is not None
        values["system_name"] = "" if is_made else name
        return values

    def entry(self, state: State, parent: Key, values: Mapping[str, Any], where: str = "") -> Entry:
        """Make an entry that stays when its section goes: what is in one moves up."""
        section = "" if values["section"] == ROOT else values["section"]
        found = super().entry(state, parent, {**values, "section": section}, where)
        return replace(found, needs=frozenset())

    def create(self, workspace: Workspace, entry: Entry) -> int:
        name = entry.values["name"]
        if entry.values["kind"] == TemplateKind.PAGE and not name.startswith("/"):
            _refuse_unknown_page(name)
        return super().create(workspace, entry)

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        return KINDS.index(values["kind"]), values["name"]


def _refuse_unknown_page(name: str) -> None:
    """Refuse a page in the place of one of the portal's own that there is not. Raises: Invalid."""
    if "/" in name and name not in OF_PAGE:
        known = ", ".join(OF_PAGE)
        raise Invalid(
            f"is no page of the portal: a path begins with '/', and its own pages are {known}.",
            field="name",
        )


TEMPLATE_TOPIC = Templates(TEMPLATES)
