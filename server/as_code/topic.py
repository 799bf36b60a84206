"""What a topic of the configuration is, and the workspace where its rows are read and changed."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from server.actions.work import Work
from server.as_code.entries import Entry, Key, State
from server.as_code.fields import Field, FieldKind

Row = tuple[Key, int, Mapping[str, Any]]  # what it belongs to, its id, its values
HOME = 1  # how many names of a key tell its service
BACKEND = "backend api"


def keys_of(home: Key, words: tuple[str, ...], name: str) -> Iterator[Key]:
    """Tell which entries a name may mean: beside it, the provider's own, or a backend API's.

    What a backend API has is named with its name before it: `inventory/hits`.
    """
    for place in (home, ()):
        yield from ((*place, (word, name)) for word in words)
    backend, slash, inner = name.partition("/")
    if slash:
        yield from (((BACKEND, backend), (f"backend {word}", inner)) for word in words)


@dataclass(frozen=True, slots=True)
class Workspace(Work):
    """The running transaction, who acts in it, and which row each entry is."""

    ids: dict[Key, int] = field(default_factory=dict)
    keys: dict[tuple[str, int], Key] = field(default_factory=dict)  # word and id -> key
    last: dict[Key, int] = field(default_factory=dict)  # the highest position of a list in it
    given_ids: dict[Key, int] = field(default_factory=dict)  # of what comes from elsewhere

    def keep(self, key: Key, row_id: int) -> None:
        """Remember which row an entry is."""
        self.ids[key] = row_id
        self.keys[key[-1][0], row_id] = key

    def drop(self, key: Key) -> None:
        """Forget an entry that is deleted."""
        self.keys.pop((key[-1][0], self.ids.pop(key)), None)

    def service_id(self, key: Key) -> int:
        """Return the id of the service that an entry belongs to."""
        return self.ids[key[:HOME]]

    def id_of(self, key: Key, words: tuple[str, ...], name: str) -> int | None:
        """Find the row that an entry refers to by a name."""
        places = keys_of(key[:HOME], words, name)
        return next((self.ids[place] for place in places if place in self.ids), None)

    def name_of(self, words: tuple[str, ...], row_id: int | None) -> str:
        """Return the name of a row that an entry refers to; empty for none."""
        for word in words:
            if key := self.keys.get((word, row_id or 0)):
                return key[-1][1]
            if key := self.keys.get((f"backend {word}", row_id or 0)):
                return f"{key[0][1]}/{key[-1][1]}"
        return ""

    def metric_id(self, key: Key, name: str) -> int:
        """Find a metric or method of the entry's service or backend API."""
        home = key[:HOME]
        kind = "backend " if home[0][0] == BACKEND else ""
        found = self.ids.get((*home, (f"{kind}metric", name)))
        return self.ids[(*home, (f"{kind}method", name))] if found is None else found


class Topic(ABC):
    """One kind of entry: how it is written, and which actions read and change it.

    A topic without `named_by` is a single: it exists with its parent, and is only ever changed.
    """

    word: str  # in messages: "application plan"
    section: str  # in files: "application_plans"
    parent: str = ""  # the word of the topic that lists it; empty: it is the provider's
    file: str = "provider.yaml"  # of what is the provider's; with a star, one file an entry
    fields: tuple[Field, ...]
    withdrawn: tuple[str, ...] = ()  # what older exports may name and nothing reads any more
    named_by: tuple[str, ...] = ("system_name",)
    ordered: bool = False  # the order in the list means something
    repeats: bool = False  # the same name may come twice
    one_line: bool = False

    @abstractmethod
    def rows(self, workspace: Workspace) -> Iterable[Row]:
        """Read all of the provider, in order. What they belong to is in the workspace already."""

    @abstractmethod
    def change(self, workspace: Workspace, entry: Entry, changes: Mapping[str, Any]) -> None:
        """Change the given fields. Raises: DomainError."""

    def create(self, workspace: Workspace, entry: Entry) -> int:
        """Make a row and tell its id. Raises: DomainError."""
        raise NotImplementedError

    def delete(self, workspace: Workspace, entry: Entry) -> None:
        """Delete the row. Raises: DomainError."""
        raise NotImplementedError

    def stays(self, entry: Entry, listed: AbstractSet[str]) -> bool:
        """Return whether an entry stays that the folder lacks, even when all else is pruned.

        `listed` are the words of all entries that the folder has.
        """
        return False

    def notes(self, entry: Entry, changes: Mapping[str, tuple[Any, Any]]) -> Iterable[str]:
        """Say what else a change means, a line each; `changes` is field -> (before, after)."""
        return ()

    def places(self, workspace: Workspace, parent: Key) -> dict[int, int]:
        """Return each row's position, by id, in order; only for what is ordered."""
        raise NotImplementedError

    def place(self, workspace: Workspace, row_id: int, position: int) -> None:
        """Move a row to a position; only for what is ordered."""
        raise NotImplementedError

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return where an entry of these values stands in a list without an order of its own."""
        return tuple(values[part] for part in self.named_by)

    @property
    def is_single(self) -> bool:
        """Return whether there is exactly one with each parent."""
        return not self.named_by

    def entry(self, state: State, parent: Key, values: Mapping[str, Any], where: str = "") -> Entry:
        """Make the entry of these values; `state` tells which names that may repeat are taken."""
        name = first = " ".join(str(values[part]) for part in self.named_by)
        number = 1
        while self.repeats and (*parent, (self.word, name)) in state:
            number += 1
            name = f"{first} ({number})"
        needs = frozenset(
            needed
            for field in self.fields
            if field.kind is FieldKind.TEXT and field.refers
            for needed in keys_of(parent[:HOME], field.refers, values[field.name])
        )
        return Entry((*parent, (self.word, name)), values, needs, where)
