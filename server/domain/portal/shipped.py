"""What the product ships for portals, as actions ask for it; templates are parsed floors above."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a text can't be a template; line and column begin with 1, 0 is unknown."""

    message: str
    line: int = 0
    column: int = 0
    excerpt: str = ""  # the line with a caret below the place


class Shipped(Protocol):
    """The templates and addresses that every portal has, and what can be parsed."""

    def find_text(self, kind: str, name: str) -> str | None:
        """Find the text of a template that is shipped."""

    def find_title(self, kind: str, name: str) -> str | None:
        """Find the title of a template that is shipped."""

    def find_values(self, kind: str, name: str) -> Mapping[str, str] | None:
        """Find what is said of a template that is shipped: its title, layout and handler."""

    def names(self, kind: str) -> Sequence[str]:
        """List what is shipped of a kind, in order."""

    def find_owner(self, path: str) -> str | None:
        """Find what of the portal itself answers at a path: it never asks for content there."""

    def find_flaw(self, kind: str, name: str, text: str) -> Flaw | None:
        """Find what keeps a text from being a template. Cost: grows with the text."""


class NothingShipped:
    """Of a process without portals."""

    def find_text(self, kind: str, name: str) -> str | None:
        return None

    def find_title(self, kind: str, name: str) -> str | None:
        return None

    def find_values(self, kind: str, name: str) -> Mapping[str, str] | None:
        return None

    def names(self, kind: str) -> Sequence[str]:
        return ()

    def find_owner(self, path: str) -> str | None:
        return None

    def find_flaw(self, kind: str, name: str, text: str) -> Flaw | None:
        return None
