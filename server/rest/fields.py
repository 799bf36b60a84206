"""Fields that providers define, as documents tell them and as calls bring them.

Source: reference-portal 5, "XML out", "JSON out", "API writes".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from server.actions.provider.field_definitions import list_definitions
from server.actions.provider.fields import EXTRA, Fields
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.provider.field_definitions import OPTIONAL, FieldDefinition, FieldTarget
from server.domain.provider.field_values import stored_value, told_value
from server.kit.xml import Element
from server.rest.context import RestContext
from server.rest.formats import Format
from server.rest.schemas import Schema
from server.rest.shapes import Part


@dataclass(frozen=True, slots=True)
class DefinedFields(Part):
    """All fields but those that each document has anyway.

    Built-in ones are elements of their own in XML, the others stand within `extra_fields`; in JSON
    all are properties like any others.
    """

    target: FieldTarget
    only: Format | None = None
    yields: ClassVar[bool] = True

    def xml(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Iterable[Element]]:
        definitions = self._definitions(work)

        def write(row: Any) -> Iterable[Element]:
            told = [(each, stored_value(each, row)) for each in definitions]
            filled = [(each, told_value(each, value)) for each, value in told if value]
            yield from (
                element
                for each, value in filled
                if each.is_builtin
                for element in _elements(each.name, value)
            )
            extra = [
                element
                for each, value in filled
                if not each.is_builtin
                for element in _elements(each.name, value)
            ]
            yield Element(EXTRA, extra)

        return write

    def json(self, work: Work, rows: Sequence[Any]) -> Callable[[Any], Mapping[str, Any]]:
        definitions = self._definitions(work)

        def write(row: Any) -> Mapping[str, Any]:
            told = {each.name: told_value(each, stored_value(each, row)) for each in definitions}
            return {name: value for name, value in told.items() if value}

        return write

    def schema(self, model: Any, language: Format) -> Mapping[str, Schema]:
        builtin: dict[str, Schema] = {name: {"type": "string"} for name in OPTIONAL[self.target]}
        if language is Format.JSON:
            return builtin
        return {**builtin, EXTRA: {"type": "object", "additionalProperties": True}}

    def _definitions(self, work: Work) -> list[FieldDefinition]:
        defined = list_definitions(work.db, work.actor.provider_id, self.target)
        return [each for each in defined if not each.is_needed]


def _elements(name: str, value: str | list[str]) -> Iterable[Element]:
    for item in value if isinstance(value, list) else [value]:
        yield Element(name, item)


def picked_fields(ctx: RestContext, target: FieldTarget) -> dict[str, Any]:
    """Take what is given of the fields without a column: flat, and below `extra_fields`.

    Raises: Invalid.
    """
    below = ctx.params.pick([EXTRA]).get(EXTRA) or {}
    if not isinstance(below, dict):
        raise Invalid("must be an object of names and values.", field=EXTRA)
    return {**flat_fields(ctx, target), **below}


def flat_fields(ctx: RestContext, target: FieldTarget) -> dict[str, Any]:
    """Take what is given of the fields without a column among the other parameters."""
    definitions = Fields(ctx, target).definitions.values()
    return ctx.params.pick(each.name for each in definitions if not each.is_column)


def with_fields(ctx: RestContext, target: FieldTarget, values: Mapping[str, Any]) -> dict[str, Any]:
    """Put the fields that the call brings among the values of an action. Raises: Invalid."""
    fields = picked_fields(ctx, target)
    kept = {name: value for name, value in values.items() if name != EXTRA}
    return {**kept, EXTRA: fields} if fields else kept
