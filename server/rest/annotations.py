"""What programs say of the objects that they keep. Source: reference-portal 1.0, "Annotations".

Only one name is known, `managed_by`; a resource keeps it in the column of that name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from server.actions.work import Work
from server.domain.attributes import Checked
from server.domain.errors import Invalid
from server.kit.xml import Element
from server.rest.formats import Format
from server.rest.schemas import Schema
from server.rest.shapes import Part

NAME = "managed_by"
GIVEN = "annotations"


@dataclass(frozen=True, slots=True)
class Annotations(Part):
    """The annotations of a row, by name; an empty one is none."""

    only: Format | None = None

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        return lambda row: [Element(GIVEN, [Element(NAME, row.managed_by)] * bool(row.managed_by))]

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        return lambda row: {GIVEN: {NAME: row.managed_by} if row.managed_by else {}}

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        return {GIVEN: {"type": "object", "properties": {NAME: {"type": "string"}}}}


def _known(given: dict[str, str]) -> dict[str, str]:
    unknown = sorted(set(given) - {NAME})
    if unknown:
        raise Invalid(f"may hold {NAME} only, not {', '.join(unknown)[:80]}.", field=GIVEN)
    return given


AnnotationsGiven = Annotated[dict[str, str], Checked(_known)]


def with_annotations(values: Mapping[str, Any]) -> dict[str, Any]:
    """Put what annotations say into the attribute that keeps it. Raises: Invalid."""
    kept = {name: value for name, value in values.items() if name != GIVEN}
    given = values.get(GIVEN) or {}
    if not isinstance(given, Mapping):
        raise Invalid(f"must be an object such as {GIVEN}[{NAME}].", field=GIVEN)
    _known(dict(given))
    return {**kept, **given}
