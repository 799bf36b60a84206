"""How both schemas are built: limits, caches, cost, no suggestions, no logging of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from server.domain.provider.registered_documents import GraphQLSide
from server.graphql import errors
from server.graphql.answers import Answers
from server.graphql.columns import ColumnExecutor, mark_columns
from server.graphql.context import Kinds, Scope
from server.graphql.cost import CostLimit
from server.graphql.documents import Documents, Preparation
from server.graphql.persisted import Persisted
from server.graphql.references import References
from server.graphql.scalars import SCALARS
from server.graphql.topics import Topic, kinds_of, scopes_of


class QuietSchema(strawberry.Schema):
    """A schema that leaves errors to the endpoint, which logs what was not expected.

    It keeps documents that were asked before, and what it told about itself.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.documents = Documents()
        self.answers = Answers()
        self.persisted = Persisted()

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side's schema: what an id may name there, and which rows an actor may see."""

    schema: QuietSchema
    kinds: Kinds
    scopes: Mapping[type, Scope]
    name: str  # see GraphQLSide


def build(references: References, topics: Sequence[Topic], name: GraphQLSide) -> Side:
    """Build a side's schema of its topics: one Query and one Mutation with the fields of all."""
    references.fill(topics)
    kinds = kinds_of(topics)
    schema = QuietSchema(
        _joined("Query", [topic.queries for topic in topics]),
        _joined("Mutation", [topic.mutations for topic in topics]),
        _joined_or_none("Subscription", [topic.subscriptions for topic in topics]),
        types=[*(kind for _, kind in kinds.values()), *errors.MEMBERS],
        execution_context_class=ColumnExecutor,
        extensions=[Preparation, CostLimit],
        config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
    )
    mark_columns(schema._schema)
    return Side(schema, kinds, scopes_of(topics), name.value)


def _joined(name: str, parts: Sequence[type[Any] | None]) -> type[Any]:
    bases = tuple(part for part in parts if part is not None)
    return strawberry.type(type(name, bases, {}))


def _joined_or_none(name: str, parts: Sequence[type[Any] | None]) -> type[Any] | None:
    return _joined(name, parts) if any(parts) else None
