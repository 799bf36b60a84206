"""What a topic brings to a schema: types of tables, who may see their rows, root fields."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from strawberry.types import get_object_definition

from server.graphql.context import Kinds, Scope


@dataclass(frozen=True, slots=True)
class Shown:
    """A table in a schema: the type of its objects, and the rows that an actor may see."""

    model: type
    type: Any
    rows: Scope  # checks the permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic's part of a schema."""

    shows: tuple[Shown, ...] = ()
    queries: type[Any] | None = None
    mutations: type[Any] | None = None
    subscriptions: type[Any] | None = None


def _shown(topics: Sequence[Topic]) -> Iterator[Shown]:
    return (shown for topic in topics for shown in topic.shows)


def kinds_of(topics: Sequence[Topic]) -> Kinds:
    """List what an id may name: GraphQL name -> table and type."""
    return {
        get_object_definition(shown.type, strict=True).name: (shown.model, shown.type)
        for shown in _shown(topics)
    }


def scopes_of(topics: Sequence[Topic]) -> Mapping[type, Scope]:
    """List which rows of each table an actor may see."""
    return {shown.model: shown.rows for shown in _shown(topics)}
