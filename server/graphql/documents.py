"""From a document's text to what can be run: read and checked once, then kept for a while."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
    specified_rules,
    validate,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from server.graphql.errors import BAD_REQUEST, refused
from server.graphql.limits import MOST_TOKENS, WindowNeeded, check_text, list_broken_limits
from server.kit.lru import LRU

MOST_ERRORS = 20  # then validation stops: who made so many mistakes mends these first
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule, WindowNeeded)
# What a parsed document takes of memory, measured with tracemalloc.
TOKEN_BYTES, COMMENT_BYTES, ERROR_BYTES = 900, 200, 2_000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document, and what is wrong with it."""

    document: DocumentNode
    errors: tuple[GraphQLError, ...]
    plans: dict[str, Any] = field(default_factory=dict)  # of its operations, by name

    @property
    def needs_name(self) -> bool:
        """Tell whether one of several operations has to be named."""
        operations = [
            d for d in self.document.definitions if isinstance(d, OperationDefinitionNode)
        ]
        return len(operations) > 1


def _callers_documents() -> LRU[Prepared]:
    return LRU(most_entries=256, most_bytes=16_000_000)


def _visitors_documents() -> LRU[Prepared]:
    return LRU(most_entries=64, most_bytes=8_000_000)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of one schema; strangers can't push out what those who are known use."""

    callers: LRU[Prepared] = field(default_factory=_callers_documents)
    visitors: LRU[Prepared] = field(default_factory=_visitors_documents)

    def prepare(self, schema: GraphQLSchema, text: str, *, for_visitor: bool) -> Prepared:
        """Read and check a document. Raises: GraphQLError for what is no document."""
        kept = self.visitors if for_visitor else self.callers
        prepared = kept.find(text)
        if prepared is None:
            prepared = _prepare(schema, text)
            kept.keep(text, prepared, _size_of(text, prepared))
        return prepared


def _prepare(schema: GraphQLSchema, text: str) -> Prepared:
    check_text(text)
    document = parse(text, max_tokens=MOST_TOKENS)
    errors = list_broken_limits(document)  # before the rules, some of which compare all with all
    if not errors:
        errors = validate(schema, document, RULES, MOST_ERRORS, hide_suggestions=True)
    return Prepared(document, tuple(errors))


def _size_of(text: str, prepared: Prepared) -> int:
    tokens, comments = prepared.document.token_count or 0, text.count("#")
    parts = TOKEN_BYTES * tokens + COMMENT_BYTES * comments + ERROR_BYTES * len(prepared.errors)
    return 4 * len(text) + parts


class Preparation(SchemaExtension):
    """Takes the place of the library's parsing and validation."""

    def on_parse(self) -> Iterator[None]:
        """Find the document, or read and check it."""
        execution = self.execution_context
        documents: Documents = execution.schema.documents  # type: ignore[attr-defined]  # ours has
        self._prepared = documents.prepare(
            execution.schema._schema,
            execution.query or "",
            for_visitor=execution.context.is_anonymous,
        )
        if self._prepared.needs_name and execution._provided_operation_name is None:
            raise refused("Name one of the operations in operationName.", BAD_REQUEST)
        execution.graphql_document = self._prepared.document
        yield

    def on_validate(self) -> Iterator[None]:
        """Say what was found wrong."""
        self.execution_context.pre_execution_errors = list(self._prepared.errors)
        yield
