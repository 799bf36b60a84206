"""The fields of accounts, users and applications in forms, on pages and above lists."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from server.actions.provider.field_definitions import list_definitions
from server.actions.provider.fields import EXTRA
from server.admin.context import AdminContext
from server.admin.lists import Filter
from server.domain.provider.field_definitions import FieldDefinition, FieldTarget
from server.domain.provider.field_values import choices_of, stored_value, told_text

MOST_FILTERS_SHOWN = 4
FILTER = "field."  # begins the names of filters in addresses


@dataclass(frozen=True, slots=True)
class FieldInput:
    """One field of a form."""

    definition: FieldDefinition
    name: str  # of the input
    value: str

    @property
    def options(self) -> Sequence[tuple[str, str]]:
        """What may be chosen: nothing, each choice, and what stands and is none any more."""
        choices = list(choices_of(self.definition))
        if choices and self.value and self.value not in dict(choices):
            choices.append((self.value, f"{self.value} (no choice any more)"))
        return [("", "–"), *choices] if choices else []

    @property
    def hint(self) -> str:
        """What is said below it: the provider's own words, and whether developers see it."""
        return " ".join(filter(None, (self.definition.hint, mark_of(self.definition))))

    @property
    def type(self) -> str:
        """The type of its input."""
        return "email" if self.name == "email" else "text"


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field of a page."""

    name: str
    label: str
    text: str
    mark: str


def mark_of(definition: FieldDefinition) -> str:
    """Say what developers may do with a field, where that is not all."""
    if definition.hidden:
        return "Developers don't see it."
    return "" if definition.is_open else "Developers see it and can't change it."


def _defined(ctx: AdminContext, target: FieldTarget) -> Sequence[FieldDefinition]:
    return list_definitions(ctx.db, ctx.provider.id, target)


def inputs_of(
    ctx: AdminContext, target: FieldTarget, row: Any = None, taken: Collection[str] = ()
) -> list[FieldInput]:
    """Make the inputs of a target's fields, in their order; `taken` names are of other inputs."""
    return [
        FieldInput(each, input_name(target, each.name, taken), _typed(each, row))
        for each in _defined(ctx, target)
    ]


def input_name(target: FieldTarget, name: str, taken: Collection[str]) -> str:
    """Name an input as its field, unless the form has one of that name."""
    return f"{target.value}.{name}" if name in taken else name


def _typed(definition: FieldDefinition, row: Any) -> str:
    value = stored_value(definition, row) if row is not None else ""
    return ", ".join(value) if isinstance(value, list) else str(value)


def sent_fields(
    ctx: AdminContext, target: FieldTarget, row: Any = None, taken: Collection[str] = ()
) -> dict[str, Any]:
    """Read the fields that were sent, as actions take them; several values stay if unchanged."""
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for each in _defined(ctx, target):
        name = input_name(target, each.name, taken)
        if name in ctx.values:
            text = ctx.text(name)
            if each.is_column:
                values[each.name] = text
            elif row is None or text != _typed(each, row):
                extra[each.name] = text
    return {**values, EXTRA: extra}


def shown_of(ctx: AdminContext, target: FieldTarget, row: Any) -> list[FieldShown]:
    """Tell the fields of a row that have a value, but for those that its page shows anyway."""
    return shown_of_many(ctx, target, [row])[row.id]


def shown_of_many(
    ctx: AdminContext, target: FieldTarget, rows: Sequence[Any]
) -> dict[int, list[FieldShown]]:
    """Tell the same of several rows, by id. Cost: one statement."""
    defined = [each for each in _defined(ctx, target) if not each.is_needed]
    return {row.id: [each for each in _told(defined, row) if each.text] for row in rows}


def _told(defined: Sequence[FieldDefinition], row: Any) -> Iterator[FieldShown]:
    for each in defined:
        yield FieldShown(
            each.name, each.label, told_text(each, stored_value(each, row)), mark_of(each)
        )


def field_filters(ctx: AdminContext, target: FieldTarget) -> list[Filter]:
    """Read the choices above a list: of the first fields that have some."""
    chosen = [each for each in _defined(ctx, target) if each.choices and not each.is_column]
    return [
        Filter.read(ctx, f"{FILTER}{each.name}", each.label, choices_of(each))
        for each in chosen[:MOST_FILTERS_SHOWN]
    ]


def wanted_values(filters: Sequence[Filter]) -> Mapping[str, str]:
    """Tell which values a list is narrowed to, by field."""
    return {each.name.removeprefix(FILTER): each.value for each in filters if each.value}
