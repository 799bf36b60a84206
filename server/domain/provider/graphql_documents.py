"""What knows the GraphQL schemas: a face, which the composition root brings to the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from server.domain.actors import Actor
from server.domain.errors import Unavailable
from server.domain.provider.registered_documents import GraphQLSide


@dataclass(frozen=True, slots=True)
class InputField:
    """One attribute that a line of an import may have; `kind` is its type in GraphQL."""

    name: str
    kind: str
    is_needed: bool
    description: str


@dataclass(frozen=True, slots=True)
class WrittenImport:
    """A document that carries one mutation out, and what its lines hold."""

    document: str
    fields: Sequence[InputField]
    example: str  # a line


class DocumentReader(Protocol):
    """Writes and checks documents of the admin schema."""

    def lists(self, actor: Actor) -> Sequence[str]:
        """Name the lists that the actor may export."""

    def mutations(self, actor: Actor) -> Sequence[str]:
        """Name the mutations that the actor may import lines of."""

    def write_export(self, actor: Actor, name: str) -> str:
        """Write a document that exports a list, with all that is no secret. Raises: NotFound."""

    def write_import(self, actor: Actor, name: str) -> WrittenImport:
        """Write a document that carries a mutation out. Raises: NotFound."""

    def check_export(self, actor: Actor, document: str) -> str:
        """Check what is to be exported; give the list's name. Raises: Invalid, Forbidden."""

    def check_import(self, actor: Actor, document: str) -> str:
        """Check what is to be carried out; give its name. Raises: Invalid, Forbidden."""

    def check_registered(self, side: GraphQLSide, documents: Mapping[str, str]) -> None:
        """Check documents, by their digests, against their schema. Raises: Invalid."""


ReadDocuments = Callable[[], DocumentReader]


def read_no_documents() -> DocumentReader:
    """Refuse, in a process that has no GraphQL. Raises: Unavailable."""
    raise Unavailable("GraphQL is not read by this process.")
