"""Fields that a provider defined, of a row or of a form. What is hidden is never among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

from cms.liquid.drops.drop import Drop
from cms.liquid.drops.render_data import RenderData
from server.domain.provider.field_definitions import FieldDefinition, FieldTarget
from server.domain.provider.field_values import choices_of, stored_value, told_text

TYPES: Mapping[str, str] = {"email": "email", "telephone_number": "tel"}
AUTOCOMPLETE: Mapping[str, str] = {  # what browsers fill in by themselves
    "org_name": "organization",
    "org_legaladdress": "address-line1",
    "org_legaladdress_cont": "address-line2",
    "telephone_number": "tel",
    "state_region": "address-level1",
    "city": "address-level2",
    "country": "country",
    "zip": "postal-code",
    "username": "username",
    "email": "email",
    "title": "honorific-prefix",
    "first_name": "given-name",
    "last_name": "family-name",
    "job_role": "organization-title",
}


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field as a page shows it: of a row as it is, of a form as it was typed."""

    name: str
    label: str
    hint: str
    required: bool
    read_only: bool
    value: str  # as a form holds it
    text: str  # as people read it
    input_name: str
    html_id: str
    choices: tuple[tuple[str, str], ...]
    is_builtin: bool
    errors: tuple[str, ...] = ()


def shown_field(
    definition: FieldDefinition, value: Any, prefix: str = "", errors: Iterable[str] = ()
) -> ShownField:
    """Make what a page shows of a field; `prefix` begins the name of its input."""
    name, target = definition.name, definition.target
    dashed = name.replace("_", "-")
    standing = ", ".join(value) if isinstance(value, list) else str(value)
    choices = list(choices_of(definition))
    if choices and standing and standing not in dict(choices):
        choices.append((standing, standing))
    return ShownField(
        name=name,
        label=definition.label,
        hint=definition.hint,
        required=definition.required,
        read_only=not definition.is_open,
        value=standing,
        text=told_text(definition, value),
        input_name=f"{prefix or target}[{name}]",
        html_id=dashed if definition.is_column else f"{target}-{dashed}",
        choices=tuple(choices),
        is_builtin=definition.is_builtin,
        errors=tuple(errors),
    )


class FieldDrop(Drop[ShownField]):
    """A field: what it is called, its value, and how a form asks for it.

    Example: {% for field in current_account.fields %}{{ field.label }}: {{ field }}{% endfor %}
    """

    shows = (
        "name",
        "label",
        "hint",
        "value",
        "text",
        "required",
        "required?",
        "hidden?",
        "visible?",
        "read_only",
        "read_only?",
        "errors",
        "error",
        "input_name",
        "html_id",
        "choices",
        "type",
        "autocomplete",
    )
    says = {
        "name": "The name that stays.",
        "label": "What it is called.",
        "hint": "A word for who fills it in.",
        "value": "Its value, as a form holds it.",
        "text": "Its value, as people read it.",
        "required": "Whether it has to be filled in.",
        "required?": "Whether it has to be filled in.",
        "read_only": "Whether only the provider changes it.",
        "read_only?": "Whether only the provider changes it.",
        "input_name": "The name of its input in a form.",
        "html_id": "The id of that input.",
    }

    def __str__(self) -> str:
        return self.model.text

    @property
    def hidden(self) -> bool:
        """Return whether developers don't see it: never, since then it is not here."""
        return False

    @property
    def visible(self) -> bool:
        """Return whether developers see it."""
        return True

    @property
    def errors(self) -> list[str]:
        """What is wrong with what was typed."""
        return list(self.model.errors)

    @property
    def error(self) -> str:
        """The same in one text."""
        return " ".join(self.model.errors)

    @property
    def choices(self) -> list[dict[str, str]]:
        """What may be chosen, each with `id` and `label`; nothing where anything may be typed."""
        return [{"id": value, "label": label} for value, label in self.model.choices]

    @property
    def type(self) -> str:
        """The type of its input."""
        return TYPES.get(self.model.name, "text")

    @property
    def autocomplete(self) -> str:
        """What browsers may fill it in with."""
        return AUTOCOMPLETE.get(self.model.name, "") if self.model.is_builtin else ""


FIELDS = dict.fromkeys(("fields", "extra_fields", "builtin_fields"), "[Field]")


class FieldsDrop(Sequence[FieldDrop]):
    """Fields in their order, also by name: `fields.vat_code`, `fields.first`, `fields.empty?`."""

    def __init__(self, fields: Iterable[ShownField], data: RenderData) -> None:
        self._fields = tuple(FieldDrop(field, data) for field in fields)

    @overload
    def __getitem__(self, key: int | str) -> FieldDrop: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[FieldDrop]: ...
    def __getitem__(self, key: int | str | slice) -> Any:
        if not isinstance(key, str):
            return self._fields[key]
        if key == "empty?":
            return not self._fields
        for field in self._fields:
            if field.model.name == key:
                return field
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self._fields)

    def __str__(self) -> str:
        return plain_text_of(self)


def fields_of(
    target: FieldTarget, row: Any, data: RenderData, *, builtin: bool | None = None
) -> FieldsDrop:
    """Make the fields of a row; `builtin` leaves out the others, or them."""
    defined = [
        each
        for each in data.field_definitions[target]
        if builtin is None or each.is_builtin is builtin
    ]
    return FieldsDrop((shown_field(each, stored_value(each, row)) for each in defined), data)


def plain_text_of(fields: Iterable[FieldDrop]) -> str:
    """Write fields that have a value, one a line."""
    return "\n".join(f"{each.model.label}: {each.model.text}" for each in fields if each.model.text)


def column_shown(target: FieldTarget, row: Any, name: str, data: RenderData) -> str:
    """Read a built-in field's column; empty where developers don't see it."""
    value: str = getattr(row, name)
    if not value:
        return ""
    return value if any(each.name == name for each in data.field_definitions[target]) else ""
