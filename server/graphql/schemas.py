"""How both schemas are built: limits, caches, cost, no suggestions, no logging of its own."""

from collections.abc import Iterable
from typing import Any

import strawberry
from graphql import GraphQLError
from strawberry.extensions import (
    AddValidationRules,
    MaxTokensLimiter,
    ParserCache,
    SchemaExtension,
    ValidationCache,
)
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from server.graphql import errors
from server.graphql.columns import ColumnExecutor, mark_columns
from server.graphql.cost import CostLimit
from server.graphql.limits import MOST_TOKENS, HardLimits, WindowNeeded
from server.graphql.scalars import SCALARS


class QuietSchema(strawberry.Schema):
    """A schema that leaves errors to the endpoint, which logs what was not expected."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Log nothing here."""


def _tokens() -> SchemaExtension:
    return MaxTokensLimiter(max_token_count=MOST_TOKENS)


def _rules() -> SchemaExtension:
    return AddValidationRules([HardLimits, WindowNeeded])


def build_schema(query: type, mutation: type, types: Iterable[Any]) -> QuietSchema:
    """Build a schema; `types` are those that no field names, such as members of interfaces."""
    schema = QuietSchema(
        query,
        mutation,
        types=[*types, *errors.MEMBERS],
        execution_context_class=ColumnExecutor,
        extensions=[_tokens, _rules, ParserCache, ValidationCache, CostLimit],
        config=StrawberryConfig(disable_field_suggestions=True, scalar_map=SCALARS),
    )
    mark_columns(schema._schema)
    return schema
