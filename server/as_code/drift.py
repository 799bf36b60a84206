"""Where a provider is not as a folder says: for people and for programs. Pure: compares two states.

What is secret is never told, only that it differs.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from server.as_code.entries import Entry, Key, State, title_of
from server.as_code.fields import Field, FieldKind
from server.as_code.topics import OF_WORD

MOST_SHOWN = 60  # characters of a value
DIFFERENT = 2  # the exit code
Kind = Literal["missing", "extra", "changed", "order"]
WORDS: Mapping[Kind, str] = {
    "missing": "only in the folder",
    "extra": "only in the database",
}


@dataclass(frozen=True, slots=True)
class Both:
    """A value as the folder and as the database has it, without secrets; None for none."""

    folder: Any
    database: Any
    is_hidden: bool = False  # they look alike, since what differs is a secret
    line: int = 0  # of long texts: the first one that differs

    def plain(self) -> dict[str, Any]:
        """Say it to programs."""
        told = {"folder": self.folder, "database": self.database}
        if self.is_hidden:
            told["secret_differs"] = True
        return {**told, "line": self.line} if self.line else told


@dataclass(frozen=True, slots=True)
class Difference:
    """One object that is not as the folder says, with each field that differs."""

    kind: Kind
    key: Key
    where: str  # file, line and path, for what the folder names
    fields: Mapping[str, Both] = field(default_factory=dict)
    below: int = 0  # missing, extra: how many objects belong to it

    def lines(self) -> Iterator[str]:
        """Say it to people, a line for each field of what is on both sides."""
        title = title_of(self.key)
        if self.kind in WORDS:
            with_it = f", with {self.below} below it" if self.below else ""
            yield f"{title}: {WORDS[self.kind]}{with_it}"
            return
        for name, both in self.fields.items():
            if both.is_hidden:
                yield f"{title}: {name}: a secret differs"
            elif both.line:
                yield f"{title}: {name}: texts differ from line {both.line} on"
            else:
                told = f"folder {_shown(both.folder)}, database {_shown(both.database)}"
                yield f"{title}: {name}: {told}"

    def plain(self) -> dict[str, Any]:
        """Say it to programs."""
        return {
            "kind": self.kind,
            "object": title_of(self.key),
            "path": [{"kind": word, "name": name} for word, name in self.key],
            "where": self.where or None,
            "fields": {name: both.plain() for name, both in self.fields.items()},
            "below": self.below,
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """All differences, in the folder's order and then in the database's."""

    differences: list[Difference]

    def lines(self) -> Iterator[str]:
        """Say each difference, and count them."""
        for difference in self.differences:
            yield from difference.lines()
        yield self.summary()

    def summary(self) -> str:
        """Count the objects that differ."""
        if not self.differences:
            return "No drift: the database is as the folder says."
        counts = self._counts()
        changed = counts["changed"] + counts["order"]
        return (
            f"Drift: {counts['missing']} only in the folder, "
            f"{counts['extra']} only in the database, {changed} changed."
        )

    def plain(self, provider: str) -> dict[str, Any]:
        """Say all to programs."""
        return {
            "provider": provider,
            "drift": bool(self.differences),
            "counts": self._counts(),
            "differences": [each.plain() for each in self.differences],
        }

    def _counts(self) -> dict[str, int]:
        kinds: tuple[Kind, ...] = ("missing", "extra", "changed", "order")
        return {kind: sum(each.kind == kind for each in self.differences) for kind in kinds}


def drift_of(wanted: State, present: State) -> Drift:
    """Find where `present` is not as `wanted`; of what is on one side alone, only the topmost."""
    listed = {entry.word for entry in wanted.values()}
    found = [_missing(entry, wanted) for key, entry in wanted.items() if _is_top(key, present)]
    for key, entry in wanted.items():
        if key in present and (fields := _fields_of(entry, present[key])):
            found.append(Difference("changed", key, entry.where, fields))
    found += _orders(wanted, present)
    found += [
        Difference("extra", key, "", _of_one(entry, of_folder=False), _below(key, present))
        for key, entry in present.items()
        if _is_top(key, wanted) and not OF_WORD[entry.word].stays(entry, listed)
    ]
    return Drift(found)


def _is_top(key: Key, other: State) -> bool:
    """Return whether the other side lacks this and has what it belongs to."""
    return key not in other and (len(key) == 1 or key[:-1] in other)


def _missing(entry: Entry, wanted: State) -> Difference:
    fields = _of_one(entry, of_folder=True)
    return Difference("missing", entry.key, entry.where, fields, _below(entry.key, wanted))


def _below(key: Key, state: State) -> int:
    return sum(len(each) > len(key) and each[: len(key)] == key for each in state)


def _of_one(entry: Entry, *, of_folder: bool) -> dict[str, Both]:
    """Tell what is not as its default of an object that is on one side alone."""
    topic = OF_WORD[entry.word]
    told = {
        each.name: _told(each, entry.values[each.name])
        for each in topic.fields
        if entry.values[each.name] != each.default
    }
    return {
        name: Both(value, None) if of_folder else Both(None, value) for name, value in told.items()
    }


def _fields_of(wanted: Entry, present: Entry) -> dict[str, Both]:
    found = {}
    for each in OF_WORD[wanted.word].fields:
        value, standing = wanted.values[each.name], present.values[each.name]
        if standing == each.keep(value, standing):
            continue
        folder, database = _told(each, value), _told(each, standing)
        if folder == database:
            found[each.name] = Both(folder, database, is_hidden=True)
        elif isinstance(value, str) and isinstance(standing, str) and each.kind is FieldKind.FILE:
            found[each.name] = Both(folder, database, line=_first_line(value, standing))
        else:
            found[each.name] = Both(folder, database)
    return found


def _told(each: Field, value: Any) -> Any:
    """Make a value that JSON can hold, without what is secret; of a long text, what marks it."""
    if value is None:
        return None
    if each.kind is FieldKind.FILE:
        content = str(value).encode("utf-8", "surrogateescape")
        return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    hidden = each.hide(value)
    return str(hidden) if isinstance(hidden, Decimal) else hidden


def _first_line(one: str, other: str) -> int:
    """Tell the number of the first line where two texts differ."""
    lines, others = one.split("\n"), other.split("\n")
    same = zip(lines, others, strict=False)
    differs = (number for number, (a, b) in enumerate(same, 1) if a != b)
    return next(differs, min(len(lines), len(others)) + 1)


def _orders(wanted: State, present: State) -> Iterator[Difference]:
    """Compare lists whose order means something, by what is on both sides."""
    lists: dict[tuple[Key, str], tuple[Entry, list[Key]]] = {}
    for key, entry in wanted.items():
        if OF_WORD[entry.word].ordered and key in present:
            lists.setdefault((entry.parent, entry.word), (entry, []))[1].append(key)
    standing: dict[tuple[Key, str], list[Key]] = {}
    for key, entry in present.items():
        if key in wanted:
            standing.setdefault((entry.parent, entry.word), []).append(key)
    for (parent, word), (first, keys) in lists.items():
        there = standing[parent, word]
        if keys != there:
            names = Both([key[-1][1] for key in keys], [key[-1][1] for key in there])
            home = parent or (("provider", ""),)
            yield Difference("order", home, first.where, {f"order of {word}s": names})


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict) and set(value) == {"bytes", "sha256"}:
        return f"a text of {value['bytes']} bytes"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
