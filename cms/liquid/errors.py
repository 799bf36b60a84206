"""What goes wrong in a template, and where, without what it was rendered with."""

from dataclasses import dataclass
from typing import Self

MOST_SHOWN = 120  # characters of a line


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a template: line and column begin with 1. `text` is the line itself."""

    kind: str  # empty: nobody knows
    name: str
    line: int = 0  # 0: nobody knows
    column: int = 0
    text: str = ""

    @classmethod
    def unknown(cls) -> Self:
        """Make the place of what was stopped, and could not tell where."""
        return cls("", "")

    @classmethod
    def of(cls, kind: str, name: str, source: str, index: int) -> Self:
        """Find the place of a character. Cost: linear."""
        start = source.rfind("\n", 0, index) + 1
        end = source.find("\n", index)
        text = source[start : end if end >= 0 else len(source)].rstrip("\r")
        return cls(kind, name, source.count("\n", 0, index) + 1, index - start + 1, text)

    def caret(self) -> str:
        """Show the line with a caret below the place; the part around it of a long one."""
        if not self.line:
            return ""
        first = max(0, self.column - 1 - MOST_SHOWN // 2)
        shown = self.text[first : first + MOST_SHOWN].replace("\t", " ")
        number = str(self.line)
        return f"{number} | {shown}\n{' ' * len(number)} | {' ' * (self.column - 1 - first)}^"


class TemplateError(Exception):
    """A template that can't be parsed or rendered; the message may be shown to its author."""

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        """Tell the template, the line and what is wrong."""
        if self.place is None or not self.place.kind:
            return self.message
        line = f", line {self.place.line}" if self.place.line else ""
        return f"{self.place.kind} {self.place.name}{line}: {self.message}"
