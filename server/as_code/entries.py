"""What a folder and a database are compared as: named entries with plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Name = tuple[str, str]  # a topic's word and a name: ("metric", "hits")
Key = tuple[Name, ...]  # the names from the provider down


class BadFolder(Exception):
    """A folder that can't be read or written; the message names the file and the way out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the configuration. Two are equal when their keys and values are."""

    key: Key
    values: Mapping[str, Any]
    needs: frozenset[Key] = frozenset()  # it can't stay when one of these goes
    where: str = field(default="", compare=False)  # file, line and path, for messages
    files: Mapping[str, str] = field(default_factory=dict, compare=False)  # field -> its text's

    @property
    def word(self) -> str:
        """The topic's word."""
        return self.key[-1][0]

    @property
    def parent(self) -> Key:
        """The key of what it belongs to; empty for the provider itself."""
        return self.key[:-1]


State = dict[Key, Entry]  # in order: each entry before what belongs to it


def title_of(key: Key) -> str:
    """Say which entry this is: `service api, application plan basic, limit hits day`."""
    return ", ".join(" ".join(filter(None, name)) for name in key)


def nested(entries: State) -> State:
    """Put each entry behind what it belongs to."""
    below: dict[Key, list[Entry]] = {}
    for entry in entries.values():
        below.setdefault(entry.parent, []).append(entry)
    nested: State = {}
    waiting = list(reversed(below.get((), [])))
    while waiting:
        entry = waiting.pop()
        nested[entry.key] = entry
        waiting.extend(reversed(below.get(entry.key, [])))
    return nested
