"""What an attribute of a draft may be: its types with their rules, and what is special about it.

The types are annotations, `Annotated[str, Text(…)]`: a type checker sees `str`, pydantic the rule,
and a face what it needs to draw or describe a field.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BeforeValidator,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from server.domain.errors import DomainError, Invalid
from server.domain.fields import (
    MOST_DESCRIPTION,
    MOST_TEXT,
    clean_line,
    clean_name,
    clean_optional_text,
    clean_system_name,
    clean_when,
)
from server.kit.ids import MOST_ID
from server.kit.money import FINEST, MOST_AMOUNT, MOST_DECIMALS, tidy
from server.kit.strict_json import parse_json

MOST_DIGITS = 18  # of a whole number as text; more fit no column
MOST_FIGURES = 40  # of an amount as text
Rule = Callable[[Any, str], Any]  # value and attribute -> what is stored; raises DomainError


@dataclass(frozen=True, slots=True)
class Fixed:
    """Marks what is given at creation and never changed."""


@dataclass(frozen=True, slots=True)
class Secret:
    """Marks what no event, export or reader is told, only that it changed.

    A resource keeps it encrypted, in the column `{name}_sealed`.
    """


@dataclass(frozen=True, slots=True)
class Long:
    """Marks a text of which events tell only the length and a digest."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Marks values by name, of which events tell each as an attribute of its own."""


@dataclass(frozen=True, slots=True)
class OthersOnly:
    """Marks what nobody may change of himself: that takes the permission to edit others."""


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """Marks what is made of another attribute when it is not given.

    `make` takes what was given and the other attribute's value. Raises: Invalid.
    """

    source: str
    make: Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks the id of a row of `model`, which must be within the actor's reach."""

    model: type


FIXED: Final = Fixed()
SECRET: Final = Secret()
LONG: Final = Long()
SPREAD: Final = Spread()
OTHERS_ONLY: Final = OthersOnly()


class _Required:
    """The default of what must be given."""


REQUIRED: Final = _Required()


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a draft, as faces and actions ask for it."""

    name: str
    type: Any  # str, int, bool, Decimal, datetime, an enum or a list
    default: Any
    is_optional: bool  # None is a value of it
    marks: tuple[Any, ...] = ()
    description: str = ""

    @property
    def is_required(self) -> bool:
        """Return whether it must be given."""
        return self.default is REQUIRED

    @property
    def is_fixed(self) -> bool:
        """Return whether it can't be changed once the object is made."""
        return FIXED in self.marks

    @property
    def is_secret(self) -> bool:
        """Return whether its values must not be told."""
        return SECRET in self.marks

    @property
    def column(self) -> str:
        """Name the column that keeps it: a secret's is sealed."""
        return f"{self.name}_sealed" if self.is_secret else self.name

    def mark(self, kind: type[Any]) -> Any:
        """Find the mark of a kind; None when it has none."""
        return next((mark for mark in self.marks if isinstance(mark, kind)), None)


def _refused(error: DomainError) -> PydanticCustomError:
    """Carry a refusal through the library, which adds the attribute's name."""
    return PydanticCustomError("refused", "refused", {"error": error})


@dataclass(frozen=True, slots=True)
class Text:
    """A text with a rule; null is the empty text."""

    rule: Rule
    least: int = 0
    most: int = MOST_TEXT

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        before = core_schema.no_info_before_validator_function(_no_text, handler(source))
        return core_schema.with_info_after_validator_function(self._check, before)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        bounds = {"minLength": self.least} if self.least else {}
        return {"type": "string", **bounds, "maxLength": self.most}

    def _check(self, value: str, info: ValidationInfo) -> Any:
        try:
            return self.rule(value, info.field_name or "")
        except DomainError as error:
            raise _refused(error) from error


def _no_text(value: Any) -> Any:
    return "" if value is None else value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, also as digits."""

    least: int
    most: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        before = core_schema.no_info_before_validator_function(_digits, handler(source))
        return core_schema.no_info_after_validator_function(self._check, before)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def _check(self, value: int) -> int:
        if not self.least <= value <= self.most:
            wrong = Invalid(f"must be a whole number from {self.least} to {self.most}.")
            raise _refused(wrong)
        return value


def _digits(value: Any) -> Any:
    """Refuse what int() takes and nobody means: flags, spaces, underscores, endless digits."""
    digits = value.strip().removeprefix("-") if isinstance(value, str) else "0"
    is_short = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    if isinstance(value, bool) or not is_short:
        raise PydanticCustomError("int_parsing", "no whole number")
    return value


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money from zero on, also as text. How fine it may be, its currency knows."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        text = {"type": "string", "pattern": rf"^\d{{1,10}}(\.\d{{1,{MOST_DECIMALS}}})?$"}
        return {"anyOf": [{"type": "number", "minimum": 0}, text]}

    def _check(self, value: Any) -> Decimal:
        amount = _decimal(value)
        is_possible = amount.is_finite() and 0 <= amount <= MOST_AMOUNT
        if not is_possible or amount != amount.quantize(FINEST):
            wrong = Invalid(f"must be an amount from 0 with at most {MOST_DECIMALS} decimals.")
            raise _refused(wrong)
        return tidy(amount)


def _decimal(value: Any) -> Decimal:
    """Read a number; refuse what Decimal() takes and nobody means."""
    is_number = isinstance(value, Decimal | int | float) and not isinstance(value, bool)
    is_text = isinstance(value, str) and value.isascii() and "_" not in value
    if not is_number and not (is_text and len(value) <= MOST_FIGURES):
        raise PydanticCustomError("decimal_parsing", "no amount")
    try:
        return Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation as error:
        raise PydanticCustomError("decimal_parsing", "no amount") from error


def _possible_id(value: int) -> int:
    """Turn an id that no column holds into one that no row has."""
    return value if 0 < value <= MOST_ID else 0


def _flag(value: Any) -> Any:
    if not isinstance(value, bool | str):
        raise PydanticCustomError("bool_parsing", "no flag")
    return value


def _moment(value: Any) -> Any:
    """Refuse seconds since 1970 as text or number, which a year would be taken for."""
    if not isinstance(value, datetime) and not (isinstance(value, str) and "-" in value):
        raise PydanticCustomError("datetime_parsing", "no time")
    return value


def _when(value: datetime) -> datetime:
    try:
        return clean_when(value)
    except Invalid as error:
        raise _refused(error) from error


@dataclass(frozen=True, slots=True)
class Items:
    """A list of objects, also as JSON text, of bounded size."""

    most_bytes: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def _read(self, value: Any) -> Any:
        try:
            given = parse_json(value.strip() or "[]") if isinstance(value, str) else value
            text = json.dumps(given, ensure_ascii=False)
            size_bytes = len(text.encode())
        except (TypeError, ValueError, RecursionError) as error:
            raise _refused(Invalid("must be a list in JSON, in valid Unicode.")) from error
        if size_bytes > self.most_bytes:
            raise _refused(Invalid(f"must be at most {self.most_bytes} bytes of JSON."))
        if "\\u0000" in text:
            raise _refused(Invalid("must not contain NUL characters."))
        return given


@dataclass(frozen=True, slots=True)
class Checked:
    """A value with a rule, whatever its type."""

    rule: Callable[[Any], Any]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def _check(self, value: Any) -> Any:
        try:
            return self.rule(value)
        except DomainError as error:
            raise _refused(error) from error


def given_system_name(value: str, name: str) -> str:
    """Check a system name; without one it is made from another attribute. Raises: Invalid."""
    return clean_system_name(value, "") if value.strip() else ""


def _description(value: str, name: str) -> str:
    return clean_optional_text(value, name, most=MOST_DESCRIPTION)


Name = Annotated[str, Text(clean_name, least=1)]
ShortText = Annotated[str, Text(clean_line)]
Description = Annotated[str, Text(_description, most=MOST_DESCRIPTION)]
SystemName = Annotated[str, Text(given_system_name), FIXED, MadeFrom("name", clean_system_name)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Moment = Annotated[datetime, BeforeValidator(_moment)]
When = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_when)]  # UTC unless it says
Id = Annotated[int, BeforeValidator(_digits), AfterValidator(_possible_id)]  # with Refers
Position = Annotated[int, Whole(1, 100_000)]
ExtraFields = Annotated[dict[str, Any], SPREAD]
Price = Annotated[Decimal, Amount()]
