"""The configuration that is to be: what is here, and what the records of a source make of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from server.as_code.entries import Entry, Key, State, title_of
from server.as_code.fields import Field, FieldKind
from server.as_code.moving.report import Report
from server.as_code.moving.tenant import Record
from server.as_code.topic import Topic, Workspace
from server.as_code.topics import OF_WORD
from server.domain.attributes import REQUIRED
from server.domain.errors import DomainError
from server.domain.moving.moved_objects import MovedObject

RENAMED = frozenset({"mapping rule", "backend mapping rule"})  # what may get another name here
Name = tuple[str, str]  # the kind of a record and its id there


def digest_of(values: Any) -> str:
    """Tell two sets of values apart."""
    text = json.dumps(values, sort_keys=True, default=str, ensure_ascii=False)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class Wanted:
    """A state in the making. What was taken before and is the same there stays as it is here."""

    workspace: Workspace
    present: State
    moved: Mapping[Name, MovedObject]
    report: Report
    state: State = field(init=False)
    keys: dict[Name, Key] = field(default_factory=dict)  # of all records of this run
    words: dict[Name, str] = field(default_factory=dict)
    digests: dict[Name, str] = field(default_factory=dict)
    removed: dict[Name, Key] = field(default_factory=dict)  # what is wanted no more

    def __post_init__(self) -> None:
        self.state = {key: _bare(entry) for key, entry in self.present.items()}

    def put(self, name: Name, word: str, values: Mapping[str, Any], parent: Key = ()) -> Key | None:
        """Have an entry of a record; what its rules refuse is told and left out.

        None when there can be no such entry.
        """
        topic = OF_WORD[word]
        title = _title(parent, topic, values)
        clean = self._cleaned(topic, title, values)
        if any(part not in clean for part in topic.named_by):
            return None
        before = self._before(name, word)
        digest = digest_of([word, parent, clean])
        moved = self.moved.get(name)
        if before is not None and moved is not None and moved.digest == digest:
            self._note(name, word, before, digest)
            return before
        if before is None and moved is not None and moved.digest == digest:
            return None  # it was deleted here, and is the same there: it stays so
        plain = {each.name: each.default for each in topic.fields}
        there = self._there(topic, parent, clean, before)
        full = {**plain, **(_bare(there).values if there else {}), **clean}
        lacking = [each for each, value in full.items() if value is REQUIRED]
        if lacking:
            self.report.miss(title, f"{', '.join(lacking)} is not told there.", "Make it by hand.")
            return None
        if before is not None and before in self.state:
            entry = self._entry(topic, parent, full, before)
            if entry.key == before:
                self.state[before] = entry
            else:
                self.state = _swapped(self.state, list(self.state).index(before), before, entry)
        else:
            entry = topic.entry(self._others(topic, there), parent, full)
            self.state[entry.key] = entry
        self._note(name, word, entry.key, digest)
        return entry.key

    def _entry(self, topic: Topic, parent: Key, full: Mapping[str, Any], before: Key) -> Entry:
        others = {key: value for key, value in self.state.items() if key != before}
        return topic.entry(others, parent, full)

    def _others(self, topic: Topic, there: Entry | None) -> State:
        """Leave out what is going to be taken over by the new one."""
        if there is None or not topic.repeats:
            return self.state
        return {key: value for key, value in self.state.items() if key != there.key}

    def _there(
        self, topic: Topic, parent: Key, clean: Mapping[str, Any], before: Key | None
    ) -> Entry | None:
        """Find the entry here that a record is: as noted, else by its name if it is nobody's."""
        if before is not None:
            return self.present.get(before)
        name = " ".join(str(clean[part]) for part in topic.named_by)
        key: Key = (*parent, (topic.word, name))
        return self.present.get(key) if key not in self.keys.values() else None

    def _before(self, name: Name, word: str) -> Key | None:
        """Find what a record became the last time, if it is still here."""
        moved = self.moved.get(name)
        if moved is None or moved.local_id is None:
            return None
        key = self.workspace.keys.get((word, moved.local_id))
        if key is None or word in RENAMED:
            return key
        is_it = moved.kept.get("key", title_of(key)) == title_of(key)
        return key if is_it else None  # another one has its id by now

    def _note(self, name: Name, word: str, key: Key, digest: str) -> None:
        self.keys[name], self.words[name], self.digests[name] = key, word, digest

    def _cleaned(self, topic: Topic, title: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Take values through the rules of their fields; those refused are told and left out."""
        fields = {each.name: each for each in topic.fields}
        clean: dict[str, Any] = {}
        for name, value in values.items():
            if value is None and fields[name].kind is not FieldKind.FILE:
                continue
            try:
                clean[name] = _clean(fields[name], value)
            except DomainError as error:
                told = f"{name} {error.message}"
                self.report.miss(title, told, "Set what it should be by hand.")
        return clean

    def order(self, name: Name, keys: list[Key]) -> None:
        """Put a list in the order that it has there, if that is another than the last time."""
        digest = digest_of(keys)
        moved = self.moved.get(name)
        self.digests[name] = digest
        if moved is not None and moved.digest == digest:
            return
        for key in keys:
            self.state[key] = self.state.pop(key)

    def name_of(self, kind: str, foreign_id: Any) -> str:
        """Tell what a record that was put is called here; empty for none."""
        key = self.keys.get((kind, str(foreign_id)))
        return key[-1][1] if key else ""

    def remove(self, name: Name, key: Key) -> None:
        """Want an entry no more, with what belongs to it."""
        self.removed[name] = key
        for each in [each for each in self.state if each[: len(key)] == key]:
            del self.state[each]

    def gone(self, kinds: Mapping[str, str], delivered: set[str]) -> Iterator[tuple[Name, Key]]:
        """List what was taken once of kinds that were delivered whole, and is there no more.

        `kinds` is kind -> word, `delivered` the kinds that the source told at all.
        """
        for name in self.moved:
            word = kinds.get(name[0])
            if word is None or name in self.keys or name[0] not in delivered:
                continue
            key = self._before(name, word)
            if key is not None and key not in self.keys.values():
                yield name, key


def _bare(entry: Entry) -> Entry:
    """Leave out what helps to sort entries that are read, and no file tells."""
    known = {each.name for each in OF_WORD[entry.word].fields}
    if known.issuperset(entry.values):
        return entry
    return replace(entry, values={k: v for k, v in entry.values.items() if k in known})


def _clean(field: Field, value: Any) -> Any:
    if field.kind is FieldKind.FILE:
        return field.check(value) if value is not None else None
    if field.kind is FieldKind.MONEY and isinstance(value, float):
        value = repr(value)
    if field.kind is FieldKind.TEXT and isinstance(value, float | bool):
        value = str(value).lower()
    return field.of(value)


def _swapped(state: State, place: int, before: Key, entry: Entry) -> State:
    """Put an entry of another name into the place of one."""
    rows = [(key, value) for key, value in state.items() if key[: len(before)] != before]
    rows.insert(min(place, len(rows)), (entry.key, entry))
    return dict(rows)


def _title(parent: Key, topic: Topic, values: Mapping[str, Any]) -> str:
    name = " ".join(str(values.get(part, "")) for part in topic.named_by)
    return title_of((*parent, (topic.word, name)))


def taken(record: Record, names: tuple[str, ...], **renamed: str) -> dict[str, Any]:
    """Pick what a record tells of some attributes; `renamed` is here -> there."""
    found = {name: record[name] for name in names if name in record}
    return found | {here: record[there] for here, there in renamed.items() if there in record}
