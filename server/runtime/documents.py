"""What reads GraphQL for the admin portal: the schemas are loaded by the first question."""

from functools import cache

from server.domain.provider.graphql_documents import DocumentReader
from server.runtime.memory import loading


@cache
def document_reader() -> DocumentReader:
    """Give the reader. Cost: seconds in a process that has answered no GraphQL yet."""
    with loading():
        from server.graphql.bulk.reader import Reader

        return Reader()
