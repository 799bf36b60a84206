"""Reading JSON objects field by field, with the path of whatever is wrong."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.errors import BadDocument

LONGEST_SHOWN = 80
SECRET = re.compile("token|secret|password", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fields:
    """One JSON object and where it stands in the document. A null is as good as absent.

    All methods raise BadDocument.
    """

    content: Mapping[str, Any]
    path: str

    @classmethod
    def parse(cls, content: object, path: str) -> "Fields":
        """Take an object; anything else is bad."""
        if not isinstance(content, Mapping):
            raise BadDocument(f"{path or 'document'} = {shown(path, content)}: must be an object")
        return cls(content, path)

    def bad(self, name: str, rule: str) -> BadDocument:
        """Make the error that names path, value and rule."""
        value = shown(name, self.content.get(name))
        return BadDocument(f"{self._at(name)} = {value}: {rule}", name)

    def has(self, name: str) -> bool:
        """Return whether the field holds something."""
        return self.content.get(name) is not None

    def text(self, name: str, default: str) -> str:
        value = self.content.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            raise self.bad(name, "must be a string")
        return value

    def matching(self, name: str, pattern: re.Pattern[str], rule: str) -> str:
        """Read a text, empty by default, that must match as a whole."""
        value = self.text(name, "")
        if not pattern.fullmatch(value):
            raise self.bad(name, rule)
        return value

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Read one of a few words; an empty one is the default."""
        value = self.text(name, default) or default
        if value not in choices:
            raise self.bad(name, f"must be one of {', '.join(choices)}")
        return value

    def whole(self, name: str, default: int | None = None) -> int:
        """Read a whole number, also from a string of digits; required without a default."""
        value = self.content.get(name)
        if value is None and default is not None:
            return default
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value[:18])
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.bad(name, "must be a whole number")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.content.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.bad(name, "must be true or false")
        return value

    def mapping(self, name: str) -> Mapping[str, Any]:
        """Read an object as it is; absent is empty."""
        value = self.content.get(name)
        if value is None or value == []:  # some writers make an empty list of an empty object
            return {}
        return Fields.parse(value, self._at(name)).content

    def child(self, name: str) -> "Fields":
        return Fields.parse(self.content.get(name), self._at(name))

    def children(self, name: str) -> list["Fields"]:
        at = self._at(name)
        return [Fields.parse(each, f"{at}[{n}]") for n, each in enumerate(self._list(name))]

    def texts(self, name: str) -> list[str]:
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise self.bad(name, "must be a list of strings")
        return list(values)

    def _list(self, name: str) -> Sequence[Any]:
        value = self.content.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.bad(name, "must be a list")
        return value

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def shown(name: str, value: object) -> str:
    """Write a value for a message; what its field's name tells to be secret stays hidden."""
    if SECRET.search(name):
        return "(hidden)"
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
