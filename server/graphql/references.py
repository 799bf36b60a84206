"""Fields that lead to rows of other topics: named by their table, so that topics import no other.

Each of the two schemas has its own references; they are filled when the schema is built from its
topics, and asked when the library makes the fields ready.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.types.lazy_type import LazyType

from server.domain.permissions import Permission
from server.graphql.fields import Needs, Paged, Related
from server.graphql.paging import Connection, Decorator
from server.graphql.topics import Topic


@dataclass(frozen=True)
class _TypeOf(LazyType[Any, Any]):
    """The type that shows a table's rows, looked up when it is needed."""

    model: type = object
    types: dict[type, Any] = field(default_factory=dict, compare=False)

    def resolve_type(self) -> type[Any]:
        """Find the type. Raises: KeyError when no topic of the schema shows the table."""
        found: type[Any] = self.types[self.model]
        return found


class References:
    """Makes the fields of one schema that lead from topic to topic."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._types: dict[type, Any] = {}

    def fill(self, topics: Sequence[Topic]) -> None:
        """Learn which types the topics show their tables by."""
        self._types.update({shown.model: shown.type for topic in topics for shown in topic.shows})

    def _type_of(self, model: type) -> Any:
        return _TypeOf(model.__name__, self._name, None, model, self._types)

    def related(self, model: type) -> Decorator:
        """Make a field of a resolver that returns the id of a row: that object, or null."""
        kind = self._type_of(model)
        made: Decorator = strawberry.field(
            graphql_type=kind | None, extensions=[Related(kind, model)]
        )
        return made

    def connection(
        self, model: type, permission: Permission | None = None, description: str = ""
    ) -> Decorator:
        """Make a field of a resolver that returns Rows: a page of the objects of a table."""
        return connection_of(self._type_of(model), permission, description)


def connection_of(kind: Any, permission: Permission | None, description: str) -> Decorator:
    """Make a field that is a page of objects of a type."""
    generic: Any = Connection  # its argument is known at run time only
    guards: list[FieldExtension] = [] if permission is None else [Needs(permission)]
    made: Decorator = strawberry.field(
        graphql_type=generic[kind],
        extensions=[Paged(kind), *guards],
        description=description or None,
    )
    return made
