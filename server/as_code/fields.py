"""The values that an entry may hold: their shapes in a file, their rules, their defaults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import partial
from typing import Any, get_origin

from server.domain.attributes import REQUIRED, Attribute
from server.domain.drafts import Draft, clean_attribute
from server.domain.errors import Invalid


class FieldKind(Enum):
    """How a value is written."""

    TEXT = auto()
    FLAG = auto()
    NUMBER = auto()
    MONEY = auto()
    NAMES = auto()  # a set of names, kept sorted
    DATA = auto()  # lists and mappings of any shape, which the action checks
    FILE = auto()  # a text in a file of its own; None when there is none


FIELD_KINDS = {
    str: FieldKind.TEXT,
    bool: FieldKind.FLAG,
    int: FieldKind.NUMBER,
    Decimal: FieldKind.MONEY,
    list: FieldKind.DATA,
}


class BadText(Invalid):
    """A text in a file of its own that can't be parsed: where, and the line with a caret."""

    def __init__(self, message: str, line: int, column: int, excerpt: str) -> None:
        super().__init__(message)
        self.line, self.column, self.excerpt = line, column, excerpt


def _as_it_is(value: Any) -> Any:
    return value


def _first(value: Any, _standing: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of an entry. `check` is the rule of the action that will store it."""

    name: str
    kind: FieldKind = FieldKind.TEXT
    check: Callable[[Any], Any] = _as_it_is
    default: Any = REQUIRED
    is_always_written: bool = False  # even when it equals its default
    refers: tuple[str, ...] = ()  # it names an entry of the same service, of one of these topics
    path: Callable[[Mapping[str, Any]], str] = lambda _: ""  # FILE: where its text is written
    suffix: str = ""  # FILE: how that file's name ends
    also: tuple[str, ...] = ()  # FILE: how it may end in a folder that somebody wrote
    loose: tuple[str, Callable[[Any], Any]] | None = None  # FILE: the rule when a flag is false
    hide: Callable[[Any], Any] = _as_it_is  # what files and lines tell of it
    keep: Callable[[Any, Any], Any] = _first  # a file's value, with what it hides as it stands

    def of(self, plain: Any) -> Any:
        """Take a value out of a file's. Raises: DomainError."""
        return self.check(_shaped(self.kind, plain))


def field_of(draft: type[Draft], attribute: Attribute) -> Field:
    """Make the field of an attribute: its kind and default, and its rule for one value."""
    return Field(
        name=attribute.name,
        kind=FIELD_KINDS.get(get_origin(attribute.type) or attribute.type, FieldKind.TEXT),
        check=partial(clean_attribute, draft, attribute.name),
        default=attribute.default,
    )


def _shaped(kind: FieldKind, plain: Any) -> Any:
    is_number = isinstance(plain, int) and not isinstance(plain, bool)
    match kind:
        case FieldKind.TEXT if isinstance(plain, str) or is_number:
            return str(plain)
        case FieldKind.FLAG if isinstance(plain, bool):
            return plain
        case FieldKind.NUMBER if is_number:
            return plain
        case FieldKind.MONEY if isinstance(plain, str) or is_number:
            return _parse_amount(str(plain))
        case FieldKind.NAMES if isinstance(plain, list) and all(isinstance(n, str) for n in plain):
            return sorted(set(plain))
        case FieldKind.DATA:
            return plain
    raise Invalid(SHAPES[kind])


SHAPES = {
    FieldKind.TEXT: "must be text. Put it in quotes.",
    FieldKind.FLAG: "must be true or false.",
    FieldKind.NUMBER: "must be a whole number.",
    FieldKind.MONEY: "must be an amount such as 9.90.",
    FieldKind.NAMES: "must be a list of system names.",
    FieldKind.FILE: "must be the path of a file beside this one.",
}


def _parse_amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Invalid(SHAPES[FieldKind.MONEY]) from error
