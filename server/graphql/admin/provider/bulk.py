"""Bulk operations: a list exported, a mutation carried out many times, as JSON lines."""

from datetime import datetime
from functools import partial
from typing import Any, cast

import strawberry
from strawberry.scalars import JSON

from server.actions.provider.bulk import (
    LISTING,
    cancel_operation,
    operations_query,
    start_export,
    start_import,
)
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.provider.bulk import KEPT, OPEN, BulkKind, BulkOperation, BulkState
from server.graphql.admin.references import connection
from server.graphql.bulk.documents import check_export, check_import
from server.graphql.bulk.downloads import errors_path_of, path_of
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, check, described
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(
    name="BulkOperation", description="A list that is exported, or a mutation for many lines."
)
class BulkOperationType(OfRow[BulkOperation], Node):
    subject: str = strawberry.field(description="The list, or the mutation, that it is of.")
    object_count: int = strawberry.field(description="Lines of the result so far.")
    error_count: int = strawberry.field(
        description="Of an import the lines that were refused; of an export those in which a list "
        "goes on behind what was read of it."
    )
    problem: str = strawberry.field(description="Why it failed.")
    created_at: datetime
    finished_at: datetime | None

    @strawberry.field
    def kind(self) -> BulkKind:
        return BulkKind(self.row.kind)

    @strawberry.field
    def state(self) -> BulkState:
        return BulkState(self.row.state)

    @described("Where the result is read from, with the same credentials; null until the end.")
    def url(self) -> str | None:
        return None if self.row.state in OPEN else path_of(self.row.id)

    @described("Where those of its lines are read from that are errors; null where none are.")
    def errors_url(self) -> str | None:
        is_there = self.row.state not in OPEN and self.row.error_count
        return errors_path_of(self.row.id) if is_there else None

    @described("When it is deleted, with its result.")
    def expires_at(self) -> datetime:
        return self.row.created_at + KEPT


@strawberry.type
class BulkQueries:
    @connection(BulkOperation, Permission.ACCOUNTS_READ, "One's own, newest first.")
    def bulk_operations(self, info: Info) -> Rows:
        return Rows(LISTING, info.context.rows(BulkOperation))


@strawberry.type
class BulkOperationPayload(Payload):
    bulk_operation: BulkOperationType | None = None


@strawberry.input
class BulkExportInput(Input):
    query: str = strawberry.field(
        description="Of one list, by `$first` and `$after`, with `pageInfo { hasNextPage "
        "endCursor }`; each of its `nodes` becomes a line."
    )
    variables: JSON | None = strawberry.field(default=None, description="Others, as an object.")


@strawberry.input
class BulkImportInput(Input):
    mutation: str = strawberry.field(description="A document with one mutation.")
    lines: str = strawberry.field(
        description="JSON lines: each is an object, the variables of the mutation."
    )


@strawberry.type
class BulkMutations:
    @mutation(BulkOperationPayload, Permission.ACCOUNTS_EDIT)
    def bulk_export(self, info: Info, input: BulkExportInput) -> BulkOperationPayload:
        """Begin to export a list. One export of a provider runs at a time."""
        given: Any = cast(Any, input.variables) or {}
        if not isinstance(given, dict):
            raise Invalid("must be an object.", field="variables")
        subject = check_export(info.schema, partial(check, info.context), input.query)
        with info.context.write() as work:
            row = start_export(work, input.query, given, subject)
        return BulkOperationPayload(bulk_operation=BulkOperationType.of(row))

    @mutation(BulkOperationPayload, Permission.ACCOUNTS_EDIT)
    def bulk_import(self, info: Info, input: BulkImportInput) -> BulkOperationPayload:
        """Begin to carry a mutation out for each line. One import of a provider at a time."""
        subject = check_import(info.schema, partial(check, info.context), input.mutation)
        with info.context.write() as work:
            row = start_import(work, input.mutation, input.lines, subject)
        return BulkOperationPayload(bulk_operation=BulkOperationType.of(row))

    @mutation(BulkOperationPayload, Permission.ACCOUNTS_EDIT)
    def bulk_cancel(self, info: Info, input: IdInput) -> BulkOperationPayload:
        """End an operation; what it has done so far stays done, and in its result."""
        with info.context.write() as work:
            row = cancel_operation(work, parse_id(input.id, "BulkOperation"))
        return BulkOperationPayload(bulk_operation=BulkOperationType.of(row))


TOPIC = Topic(
    shows=(Shown(BulkOperation, BulkOperationType, operations_query),),
    queries=BulkQueries,
    mutations=BulkMutations,
)
