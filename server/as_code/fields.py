"""The values that an entry may hold: their shapes in a file, their rules, their defaults."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from typing import Any, Final

from sqlmodel import SQLModel

from server.domain.errors import Invalid


class Kind(Enum):
    """How a value is written."""

    TEXT = auto()
    FLAG = auto()
    NUMBER = auto()
    MONEY = auto()
    NAMES = auto()  # a set of names, kept sorted
    FILE = auto()  # a text in a file of its own; None when there is none


class _Required:
    """The default of what must be given."""


REQUIRED: Final = _Required()
KINDS = {str: Kind.TEXT, bool: Kind.FLAG, int: Kind.NUMBER, Decimal: Kind.MONEY}


def _as_it_is(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A value of an entry. `check` is the rule of the action that will store it."""

    name: str
    kind: Kind = Kind.TEXT
    check: Callable[[Any], Any] = _as_it_is
    default: Any = REQUIRED
    is_always_written: bool = False  # even when it equals its default
    refers: tuple[str, ...] = ()  # it names an entry of the same service, of one of these topics
    path: Callable[[Mapping[str, Any]], str] = lambda _: ""  # FILE: where its text is written
    suffix: str = ""  # FILE: how that file's name ends

    def of(self, plain: Any) -> Any:
        """Take a value out of a file's. Raises: DomainError."""
        return self.check(_shaped(self.kind, plain))


def columns(model: type[SQLModel], rules: Mapping[str, Callable[[Any], Any]]) -> tuple[Field, ...]:
    """Make fields of columns: kind and default from the table, the rule from the action."""
    fields = []
    for name, rule in rules.items():
        default = model.model_fields[name].default
        fields.append(Field(name=name, kind=KINDS[type(default)], check=rule, default=default))
    return tuple(fields)


def _shaped(kind: Kind, plain: Any) -> Any:
    is_number = isinstance(plain, int) and not isinstance(plain, bool)
    match kind:
        case Kind.TEXT if isinstance(plain, str) or is_number:
            return str(plain)
        case Kind.FLAG if isinstance(plain, bool):
            return plain
        case Kind.NUMBER if is_number:
            return plain
        case Kind.MONEY if isinstance(plain, str) or is_number:
            return _amount_of(str(plain))
        case Kind.NAMES if isinstance(plain, list) and all(isinstance(n, str) for n in plain):
            return sorted(set(plain))
    raise Invalid(SHAPES[kind])


SHAPES = {
    Kind.TEXT: "must be text. Put it in quotes.",
    Kind.FLAG: "must be true or false.",
    Kind.NUMBER: "must be a whole number.",
    Kind.MONEY: "must be an amount such as 9.90.",
    Kind.NAMES: "must be a list of system names.",
    Kind.FILE: "must be the path of a file beside this one.",
}


def _amount_of(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise Invalid(SHAPES[Kind.MONEY]) from error
