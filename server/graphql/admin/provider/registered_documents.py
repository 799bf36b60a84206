"""Registered documents: what clients were built with, which strict tokens alone may send."""

from datetime import datetime
from typing import Any, cast

import strawberry
from strawberry.scalars import JSON

from server.actions.provider.registered_documents import (
    LISTING,
    clean_documents,
    delete_document,
    documents_query,
    register_documents,
)
from server.domain.errors import Invalid
from server.domain.permissions import Permission
from server.domain.provider.registered_documents import GraphQLSide, RegisteredDocument
from server.graphql.admin.references import connection
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.registered import check_registered
from server.graphql.topics import Shown, Topic


@strawberry.type(
    name="RegisteredDocument", description="A document that may be sent by its hash alone."
)
class RegisteredDocumentType(OfRow[RegisteredDocument], Node):
    text: str
    created_at: datetime

    @described("Which schema it is for.")
    def side(self) -> GraphQLSide:
        return GraphQLSide(self.row.side)

    @described("The SHA-256 of its text: `documentId` of a request.")
    def document_id(self) -> str:
        return self.row.digest


@strawberry.type
class RegisteredDocumentQueries:
    @connection(RegisteredDocument, Permission.SETTINGS_READ, "All registered documents.")
    def registered_documents(self, info: Info) -> Rows:
        return Rows(LISTING, info.context.rows(RegisteredDocument))


@strawberry.type
class RegisteredDocumentsPayload(Payload):
    registered_documents: list[RegisteredDocumentType] | None = None


@strawberry.input
class RegisteredDocumentsAddInput(Input):
    documents: JSON = strawberry.field(
        description="An object of texts by the SHA-256 of each, as relay-compiler and "
        "graphql-codegen write it."
    )
    side: GraphQLSide = GraphQLSide.ADMIN


@strawberry.type
class RegisteredDocumentMutations:
    @mutation(RegisteredDocumentsPayload, Permission.SETTINGS_EDIT)
    def registered_documents_add(
        self, info: Info, input: RegisteredDocumentsAddInput
    ) -> RegisteredDocumentsPayload:
        """Register documents; each must be one that its schema can carry out."""
        given: Any = cast(Any, input.documents)
        if not isinstance(given, dict):
            raise Invalid("must be an object of texts by their hashes.", field="documents")
        cleaned = clean_documents(given)
        check_registered(input.side, cleaned)
        with info.context.write() as work:
            rows = register_documents(work, input.side, cleaned)
        shown = [RegisteredDocumentType.of(row) for row in rows]
        return RegisteredDocumentsPayload(registered_documents=shown)

    @mutation(DeletedPayload, Permission.SETTINGS_EDIT)
    def registered_document_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a document away: strict tokens can't send it any more."""
        with info.context.write() as work:
            delete_document(work, parse_id(input.id, "RegisteredDocument"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(RegisteredDocument, RegisteredDocumentType, documents_query),),
    queries=RegisteredDocumentQueries,
    mutations=RegisteredDocumentMutations,
)
