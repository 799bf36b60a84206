"""What was typed into a form: kept for showing it again, and read into types."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.domain.errors import DomainError, Invalid, sentence

MOST_DIGITS = 18
ON = "yes"  # what a checkbox sends; off is the hidden "no" before it
NAMELESS = frozenset({"state", "id", "lock_version"})  # fields that no input stands for


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page: empty at first, with values and errors when it was refused."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)
    error: DomainError | None = None

    @property
    def was_sent(self) -> bool:
        """Return whether this form was sent and refused."""
        return self.error is not None

    def value(self, name: str, default: object = "") -> str:
        """Return what to show in a field: what was typed, else the default."""
        return self.values.get(name, "") if self.was_sent else str(default)

    def checked(self, name: str, default: bool = False) -> bool:
        return self.values.get(name) == ON if self.was_sent else default

    def error_of(self, name: str) -> str:
        """Return what is wrong with a field; empty when nothing is."""
        return sentence(self.error.message) if self.error and self.error.field == name else ""


def summary_of(error: DomainError) -> str:
    """Say what is wrong in one sentence that stands alone."""
    if not error.field or error.field in NAMELESS or error.message[:1].isupper():
        return sentence(error.message)
    return sentence(f"{label_of(error.field)} {error.message}")


def label_of(name: str) -> str:
    """Make words of a field's name."""
    return name.removesuffix("_id").replace("_", " ").capitalize()


def parse_number(text: str, name: str) -> int:
    """Read a whole number. Raises: Invalid."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS):
        raise Invalid("must be a whole number.", field=name)
    return int(text)
