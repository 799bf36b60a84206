"""What was typed into a form: kept for showing it again, and read into types."""

from collections.abc import Mapping, Sequence
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
    labels: dict[str, str] = field(default_factory=dict)  # of the fields shown so far

    @property
    def was_sent(self) -> bool:
        """Return whether this form was sent and refused."""
        return self.error is not None

    def value(self, name: str, default: object = "") -> str:
        """Return what to show in a field: what was typed, else the default."""
        return self.values.get(name, str(default)) if self.was_sent else str(default)

    def checked(self, name: str, default: bool = False) -> bool:
        return self.values[name] == ON if self.was_sent and name in self.values else default

    def error_of(self, name: str) -> str:
        """Return what is wrong with a field; empty when nothing is."""
        wrong = (each for each in self.errors if each.field == name)
        return next((sentence(each.message) for each in wrong), "")

    def is_first_wrong(self, name: str) -> bool:
        """Return whether a field is the first that is wrong: a browser goes there."""
        return self.errors[0].field == name if self.errors else False

    def label(self, name: str, words: str) -> str:
        """Note what a field is called on the page, for what is said about it; gives nothing."""
        self.labels[name] = words
        return ""

    @property
    def errors(self) -> Sequence[DomainError]:
        """All that is wrong."""
        return (self.error, *self.error.others) if self.error else ()

    @property
    def summary(self) -> Sequence[tuple[str, str]]:
        """Say what is wrong in sentences that stand alone, each with its field; after the fields.

        The field is empty where the page has none of that name.
        """
        return [
            (
                each.field if each.field in self.labels else "",
                summary_of(each, self.labels.get(each.field or "", "")),
            )
            for each in self.errors
        ]


def summary_of(error: DomainError, label: str = "") -> str:
    """Say what is wrong in one sentence that stands alone; `label` is the page's word for it."""
    if not error.field or error.field in NAMELESS or error.message[:1].isupper():
        return sentence(error.message)
    return sentence(f"{label or label_of(error.field)} {error.message}")


def label_of(name: str) -> str:
    """Make words of a field's name."""
    words = name.removesuffix("_id").replace("_", " ").capitalize()
    return f"{words.removesuffix(' url')} URL" if words.endswith(" url") else words


def parse_number(text: str, name: str) -> int:
    """Read a whole number. Raises: Invalid."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS):
        raise Invalid("must be a whole number.", field=name)
    return int(text)
