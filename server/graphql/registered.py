"""Whether documents that are to be registered are such as their schema can carry out."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLError

from server.domain.errors import Invalid
from server.domain.provider.registered_documents import GraphQLSide


def check_registered(side: GraphQLSide, documents: Mapping[str, str]) -> None:
    """Check documents, by their digests, against their schema. Raises: Invalid."""
    schema = _schema_of(side)
    for digest, text in documents.items():
        try:
            prepared = schema.documents.prepare(schema._schema, text, for_visitor=True)
            errors = list(prepared.errors)
        except GraphQLError as error:
            errors = [error]
        if errors:
            words = f"has one that is wrong, {digest[:12]}…: {errors[0].message}"
            raise Invalid(words, field="documents")


def _schema_of(side: GraphQLSide) -> Any:
    """Find a schema, which is made of topics that import this."""
    from server.graphql.admin.schema import ADMIN
    from server.graphql.developer.schema import DEVELOPER

    return (ADMIN if side is GraphQLSide.ADMIN else DEVELOPER).schema
