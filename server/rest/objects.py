"""Accounts, users and applications as webhooks tell of them: as the operations write them."""

from collections.abc import Mapping
from typing import Any

from server.actions.work import Work
from server.kit.xml import Element
from server.rest.accounts.accounts import ACCOUNT
from server.rest.accounts.users import USER
from server.rest.applications.applications import APPLICATION
from server.rest.formats import Format
from server.rest.openapi import FIXED
from server.rest.shapes import Shape

SHAPES: Mapping[str, Shape[Any]] = {"account": ACCOUNT, "user": USER, "application": APPLICATION}


class RestObjects:
    """Writes them with the shapes of this API."""

    def xml(self, work: Work, kind: str, row: Any) -> Element:
        return SHAPES[kind].elements(work, [row])[0]

    def json(self, work: Work, kind: str, row: Any) -> Mapping[str, Any]:
        return SHAPES[kind].objects(work, [row])[0]

    def schema(self, kind: str) -> Mapping[str, Any]:
        """Describe one; what it names elsewhere is written out."""
        found: dict[str, Any] = _written_out(SHAPES[kind].schema(Format.JSON))
        return {**found, "additionalProperties": True}


def _written_out(value: Any) -> Any:
    match value:
        case {"$ref": str(name)} if name.endswith("/Link"):
            return FIXED["Link"]
        case dict():
            return {key: _written_out(inner) for key, inner in value.items() if key != "xml"}
        case list():
            return [_written_out(inner) for inner in value]
    return value
