"""The values of fields: their rules, how they are kept, and how they are told."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from server.domain.errors import Invalid
from server.domain.fields import clean_line
from server.domain.provider.field_definitions import COUNTRY, VAT_RATE, FieldDefinition
from server.kit.countries import country_names, find_country

MOST_VALUES = 20  # of one field
MOST_RATE = 100
Value = str | list[str]
NO_RATE = f"must be a rate from 0 to {MOST_RATE}, such as 21 or 5.5."


def clean_value(definition: FieldDefinition, value: Any, standing: Any = "") -> Value:
    """Check a value: one line of text, or several of them; empty is no value.

    What stands already may stay, also when it is no choice any more. Raises: Invalid, TooLong.
    """
    if isinstance(value, list) and definition.is_builtin:
        raise Invalid("must be one text.", field=definition.name)
    cleaned = _texts(definition.name, value)
    if cleaned == standing or not cleaned:
        return cleaned
    if isinstance(cleaned, list):
        return [_one(definition, each) for each in cleaned]
    return _one(definition, cleaned)


def _texts(name: str, value: Any) -> Value:
    if isinstance(value, list):
        if len(value) > MOST_VALUES:
            raise Invalid(f"may have at most {MOST_VALUES} values.", field=name)
        return [text for text in (_text(name, each) for each in value) if text]
    return _text(name, value)


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str | int | float):
        raise Invalid("must be a text, or a list of texts.", field=name)
    return clean_line(str(value), name)


def _one(definition: FieldDefinition, text: str) -> str:
    name = definition.name
    if definition.is_builtin and name == COUNTRY:
        return _country(text)
    if definition.is_builtin and name == VAT_RATE:
        return _rate(text)
    if definition.choices and text not in definition.choices:
        raise Invalid(f"must be one of {_told(definition.choices)}.", field=name)
    return text


def _told(choices: Sequence[str], most: int = 10) -> str:
    shown = ", ".join(choices[:most])
    return shown if len(choices) <= most else f"{shown} and {len(choices) - most} more"


def _country(text: str) -> str:
    code = find_country(text)
    if code is None:
        raise Invalid("must be a country, by its name or two-letter code.", field=COUNTRY)
    return code


def _rate(text: str) -> str:
    try:
        rate = Decimal(text) if text.isascii() and "_" not in text else None
    except InvalidOperation:
        rate = None
    if rate is None or not rate.is_finite() or not 0 <= rate <= MOST_RATE:
        raise Invalid(NO_RATE, field=VAT_RATE)
    return f"{rate:f}"


def told_value(definition: FieldDefinition, value: Any) -> Value:
    """Tell a value as people read it: a country by its name."""
    if definition.name == COUNTRY and definition.is_builtin and isinstance(value, str):
        return country_names().get(value, value) if value else ""
    if isinstance(value, list):
        return [str(each) for each in value]
    return "" if value is None else str(value)


def told_text(definition: FieldDefinition, value: Any) -> str:
    """Tell a value in one line."""
    told = told_value(definition, value)
    return ", ".join(told) if isinstance(told, list) else told


def stored_value(definition: FieldDefinition, row: Any) -> Any:
    """Read the value of a field of a row as it is stored; empty for none."""
    if definition.is_column:
        return getattr(row, definition.name)
    return row.extra_fields.get(definition.name, "")


def choices_of(definition: FieldDefinition) -> Sequence[tuple[str, str]]:
    """List what may be chosen, as (value, label); nothing where anything may be typed."""
    if definition.name == COUNTRY and definition.is_builtin:
        return list(country_names().items())
    return [(choice, choice) for choice in definition.choices]


def shown_to_developers(definitions: Iterable[FieldDefinition]) -> list[FieldDefinition]:
    """Leave out what is hidden."""
    return [each for each in definitions if each.is_shown]


def by_name(definitions: Iterable[FieldDefinition]) -> Mapping[str, FieldDefinition]:
    """Name definitions of one target."""
    return {each.name: each for each in definitions}
