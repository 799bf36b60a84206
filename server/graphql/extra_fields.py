"""The fields that providers define, in both schemas: values of objects, and values that come in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import strawberry

from server.actions.provider.field_definitions import list_definitions
from server.actions.provider.fields import EXTRA
from server.domain.errors import Invalid
from server.domain.provider.field_definitions import FieldDefinition, FieldTarget
from server.domain.provider.field_values import stored_value, told_text, told_value
from server.graphql.context import Context, Info
from server.graphql.mutations import Input, changes_of
from server.graphql.paging import described

DESCRIPTION = "The fields beside those above, as the provider defined them, in their order."


@strawberry.type(name="FieldValue", description="The value of a field that a provider defined.")
class FieldValueType:
    name: str
    label: str
    value: str = strawberry.field(description="As people read it; empty for none.")
    values: list[str] = strawberry.field(description="Its values, where it has several.")


@strawberry.input(description="A value for a field that the provider defined.")
class FieldValueInput:
    name: str
    value: str | None = strawberry.field(default=None, description="Null takes it away.")
    values: list[str] | None = strawberry.field(
        default=None, description="In place of one value, several."
    )


async def definitions_for(ctx: Context, target: FieldTarget) -> list[FieldDefinition]:
    """Read the definitions of a target that the caller may see. Cost: one query a snapshot."""

    def read(provider_ids: Sequence[int]) -> Mapping[int, Any]:
        return {each: list_definitions(ctx.db, each) for each in provider_ids}

    found = await ctx.loaders.batch(FieldDefinition, read, ()).load(ctx.provider.id)
    is_developer = ctx.actor.is_developer
    return [each for each in found if each.target == target and not (is_developer and each.hidden)]


def extra_fields_of(target: FieldTarget) -> Any:
    """Make the field `extraFields` of the type of a target."""

    async def extra_fields(self: Any, info: Info) -> list[FieldValueType]:
        row = self.row
        if target is FieldTarget.USER and row.account_id is None:
            return []
        definitions = await definitions_for(info.context, target)
        return [_shown(each, row) for each in definitions if not each.is_column]

    return described(DESCRIPTION)(extra_fields)


def _shown(definition: FieldDefinition, row: Any) -> FieldValueType:
    value = stored_value(definition, row)
    told = told_value(definition, value)
    several = told if isinstance(told, list) else [told] if told else []
    text = told_text(definition, value)
    return FieldValueType(name=definition.name, label=definition.label, value=text, values=several)


def column_of(target: FieldTarget, name: str) -> Any:
    """Make the field of a built-in field's column, empty where developers don't see it."""

    async def read(self: Any, info: Info) -> str:
        row = self.row
        value: str = getattr(row, name)
        if not value or (target is FieldTarget.USER and row.account_id is None):
            return value
        names = {each.name for each in await definitions_for(info.context, target)}
        return value if name in names else ""

    make: Callable[[Any], Any] = strawberry.field
    return make(read)


def values_of(given: Sequence[FieldValueInput]) -> dict[str, Any]:
    """Read values by name. Raises: Invalid for one that is named twice."""
    values: dict[str, Any] = {}
    for each in given:
        if each.name in values:
            error = Invalid("is given twice.", field=each.name)
            error.within = EXTRA
            raise error
        values[each.name] = each.value if each.values is None else list(each.values)
    return values


def field_changes_of(given: Input) -> dict[str, Any]:
    """Collect what an update names, its extra fields by name. Raises: Invalid."""
    changes = changes_of(given)
    if EXTRA in changes:
        changes[EXTRA] = values_of(changes[EXTRA] or [])
    return changes
