"""What a caller may give for an object: pydantic models that read text and JSON alike.

A topic's draft lists its attributes once, each with its type, its rule and what is special about
it. Faces hand over what they got, texts of a form or values of JSON, and parse nothing themselves.
"""

from collections.abc import Mapping
from copy import copy
from enum import Enum
from functools import cache, lru_cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, create_model, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from server.domain.attributes import FIXED, REQUIRED, Attribute
from server.domain.errors import Blank, DomainError, Invalid

SHORT, MOST_REPEATED = 255, 10_000  # characters, and texts whose check is remembered: some 3 MB

D = TypeVar("D", bound="Draft")

WRONG: Mapping[str, str] = {  # by the first word of the library's error type
    "bool": "must be true or false.",
    "int": "must be a whole number.",
    "decimal": "must be an amount such as 12.50.",
    "datetime": "must be a time such as 2030-01-31T12:00:00Z.",
    "string": "must be text.",
    "list": "must be a list.",
    "tuple": "must be a list.",
    "dict": "must be an object.",
}


class Draft(BaseModel):
    """What may be given for an object. Unknown names are refused."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        coerce_numbers_to_str=True,
        use_enum_values=True,  # columns hold the words
    )

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, values: Any) -> Any:
        """Take an empty field of a form for one that was not given, unless it is a text."""
        if not isinstance(values, Mapping):
            return values
        kept = {}
        for name, value in values.items():
            field = cls.model_fields.get(name)
            if value != "" or field is None or _is_text(field):
                kept[name] = value
            elif not field.is_required():
                kept[name] = field.get_default(call_default_factory=True)
        return kept

    def given(self) -> dict[str, Any]:
        """Return the attributes that were given, checked."""
        fields = type(self).model_fields
        return {name: getattr(self, name) for name in fields if name in self.model_fields_set}

    def complete(self) -> dict[str, Any]:
        """Tell all attributes, given or by default, as columns hold them."""
        return {name: word_of(getattr(self, name)) for name in type(self).model_fields}


def word_of(value: Any) -> Any:
    """Turn a member of an enumeration into the word that columns hold."""
    return value.value if isinstance(value, Enum) else value


def attributes_of(draft: type[Draft]) -> tuple[Attribute, ...]:
    """List a draft's attributes in their order."""
    return tuple(_attribute(name, field) for name, field in draft.model_fields.items())


def _attribute(name: str, field: FieldInfo) -> Attribute:
    types = _types_of(field.annotation)
    kind = next(each for each in types if each is not type(None))
    marks = [*field.metadata]
    if get_origin(kind) is Annotated:
        kind, *inner = get_args(kind)
        marks += inner
    default = REQUIRED if field.is_required() else field.get_default(call_default_factory=True)
    default = word_of(default)
    return Attribute(
        name, kind, default, type(None) in types, tuple(marks), field.description or ""
    )


def _types_of(annotation: Any) -> tuple[Any, ...]:
    """List the types of an annotation such as `int | None`."""
    is_union = get_origin(annotation) in {Union, UnionType}
    return get_args(annotation) if is_union else (annotation,)


def _is_text(field: FieldInfo) -> bool:
    return str in _types_of(field.annotation)


def changes_model(draft: type[Draft]) -> type[Draft]:
    """Make the model of a change: what is not fixed, each given or not."""
    fields: dict[str, Any] = {}
    for name, field in draft.model_fields.items():
        if FIXED not in field.metadata:
            optional = copy(field)
            if field.is_required():
                optional.default = None
            fields[name] = (field.annotation, optional)
    return create_model(f"{draft.__name__}Changes", __base__=Draft, **fields)


@cache
def _alone(draft: type[Draft], name: str) -> type[Draft]:
    field = draft.model_fields[name]
    only: dict[str, Any] = {name: (field.annotation, field)}
    return create_model(f"{draft.__name__}_{name}", __base__=Draft, **only)


def clean_attribute(draft: type[Draft], name: str, value: Any) -> Any:
    """Check one attribute by itself. Raises: Invalid and its kinds."""
    if isinstance(value, str) and len(value) <= SHORT:
        return _clean_short(draft, name, value)
    return _clean(draft, name, value)


def _clean(draft: type[Draft], name: str, value: Any) -> Any:
    return getattr(parse(_alone(draft, name), {name: value}), name)


@lru_cache(MOST_REPEATED)
def _clean_short(draft: type[Draft], name: str, value: str) -> Any:
    """Check a text once, though a folder may name a metric or a period a thousand times."""
    return _clean(draft, name, value)


def parse(model: type[D], values: Mapping[str, Any]) -> D:
    """Read and check what was given.

    Raises: Invalid and its kinds, for the first field that is wrong; the others are its `others`.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        refusal, *others = _refusals_of(error)
        refusal.others = tuple(others)
        raise refusal from error


def _refusals_of(error: ValidationError) -> list[DomainError]:
    """Tell what is wrong, once a field."""
    by_field: dict[str | None, DomainError] = {}
    for wrong in error.errors(include_url=False):
        refusal = _refusal_of(wrong)
        by_field.setdefault(refusal.field, refusal)
    return list(by_field.values())


def _refusal_of(wrong: ErrorDetails) -> DomainError:
    name = str(wrong["loc"][0]) if wrong["loc"] else None
    match wrong["type"]:
        case "refused":
            refused: DomainError = wrong["ctx"]["error"]
            refused.field = refused.field or name
            return refused
        case "missing":
            return Blank(name or "")
        case "extra_forbidden":
            return Invalid("can't be changed.", field=name)
        case "enum":
            choices = wrong["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            return Invalid(f"must be one of {choices}.", field=name)
        case kind:
            return Invalid(WRONG.get(kind.split("_")[0], "is of the wrong type."), field=name)
