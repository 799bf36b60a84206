"""What is to be done so that the database is as the folder says. Pure: compares two states."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from server.as_code.entries import Entry, Key, State, title_of
from server.as_code.fields import FieldKind
from server.as_code.topic import BACKEND
from server.as_code.topics import OF_WORD

MOST_SHOWN = 60  # characters of a value
Act = Literal["create", "change", "delete", "order"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing to do. `changes` is field -> (before, after)."""

    act: Act
    entry: Entry
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    keys: tuple[Key, ...] = ()  # order: how the entries beside this one shall stand
    is_told: bool = True  # False for the order that new entries need anyway

    def lines(self) -> Iterator[str]:
        """Say what is to be done, a line for each field."""
        title = title_of(self.entry.key)
        if self.act in {"create", "delete"}:
            yield f"{'+' if self.act == 'create' else '-'} {title}"
        for name, (before, after) in self.changes.items():
            shown = [_shown(self.entry, name, value) for value in (before, after)]
            yield f"~ {title}: {name}: {shown[0]} -> {shown[1]}"
        for note in OF_WORD[self.entry.word].notes(self.entry, self.changes):
            yield f"! {title}: {note}"
        if self.act == "order" and self.is_told:
            home, names = self.entry.parent, [key[-1][1] for key in self.keys]
            yield f"~ {title_of(home)}: order of {self.entry.word}s: {', '.join(names)}"


@dataclass(frozen=True, slots=True)
class Changeset:
    """All edits in the order in which they can be made, and what is left as it is."""

    edits: list[Edit]
    kept: list[Entry]

    def lines(self) -> Iterator[str]:
        """Say what is to be done and what is kept."""
        for edit in self.edits:
            yield from edit.lines()
        for entry in self.kept:
            yield f"  {title_of(entry.key)} is only in the database: kept"

    def summary(self) -> str:
        """Count the edits."""
        if not self.edits:
            return "Nothing to change."
        counts = self.counts()
        return (
            f"{counts['created']} to create, {counts['changed']} to change, "
            f"{counts['deleted']} to delete, {counts['kept']} kept."
        )

    def counts(self) -> dict[str, int]:
        """Count the objects that are created, changed, deleted and kept."""
        changed = {
            edit.entry.key
            for edit in self.edits
            if edit.act in {"change", "order"} and edit.is_told
        }
        return {
            "created": sum(edit.act == "create" for edit in self.edits),
            "changed": len(changed),
            "deleted": sum(edit.act == "delete" for edit in self.edits),
            "kept": len(self.kept),
        }


def compare(wanted: State, present: State, *, prune: bool) -> Changeset:
    """Find the way from `present` to `wanted`; with `prune` nothing else remains but what stays.

    Deletes come first, so that names are free again, but services go last, of which one
    must remain, and then the backend APIs that they were made of.
    """
    listed = {entry.word for entry in wanted.values()}
    extra = [
        entry
        for key, entry in present.items()
        if key not in wanted
        and (not entry.parent or entry.parent in wanted)
        and not OF_WORD[entry.word].stays(entry, listed)
    ]
    going = extra if prune else []
    gone = {entry.key for entry in going}
    # What counts for a metric that goes has to go before it, and comes back with another one.
    replaced = [present[key] for key in wanted if key in present and present[key].needs & gone]
    gone |= {entry.key for entry in replaced}
    order = {key: number for number, key in enumerate(present)}
    doomed = sorted([*going, *replaced], key=lambda entry: order[entry.key], reverse=True)
    edits = [Edit("delete", entry) for entry in doomed if not _goes_last(entry)]
    edits += _forward(wanted, {key: e for key, e in present.items() if key not in gone})
    edits += [Edit("delete", entry) for entry in doomed if _goes_last(entry)]
    return Changeset(edits, [] if prune else extra)


def _goes_last(entry: Entry) -> bool:
    return entry.word in {"service", BACKEND}


def _forward(wanted: State, present: State) -> Iterator[Edit]:
    """Create and change in the folder's order; put lists in order after their last entry."""
    lists: dict[tuple[Key, str], list[Key]] = {}
    for key, entry in wanted.items():
        if OF_WORD[entry.word].ordered:
            lists.setdefault((entry.parent, entry.word), []).append(key)
    standing: dict[tuple[Key, str], list[Key]] = {}
    for key, entry in present.items():
        if key in wanted:
            standing.setdefault((entry.parent, entry.word), []).append(key)
    for key, entry in wanted.items():
        if key not in present:
            yield Edit("create", entry)
        elif changes := _changes(entry, present[key]):
            yield Edit("change", entry, changes)
        keys = lists.get((entry.parent, entry.word), [])
        if keys and keys[-1] == key:
            there = standing.get((entry.parent, entry.word), [])
            is_moved = [key for key in keys if key in present] != there
            if is_moved or len(there) < len(keys):
                yield Edit("order", entry, keys=tuple(keys), is_told=is_moved)


def _changes(wanted: Entry, present: Entry) -> dict[str, tuple[Any, Any]]:
    fields = {field.name: field for field in OF_WORD[wanted.word].fields}
    return {
        name: (present.values[name], value)
        for name, value in wanted.values.items()
        if present.values[name] != fields[name].keep(value, present.values[name])
    }


def _shown(entry: Entry, name: str, value: Any) -> str:
    fields = {field.name: field for field in OF_WORD[entry.word].fields}
    kind = fields[name].kind
    if value is None:
        return "nothing"
    if kind is FieldKind.FILE:
        return f"a text of {len(value)} characters"
    if kind is FieldKind.MONEY:
        return str(value)
    text = json.dumps(fields[name].hide(value), ensure_ascii=False)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"
