"""Documents of GraphQL that a provider's clients were built with, known by their SHA-256."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at

MOST_DOCUMENTS = 5_000  # of a provider
MOST_AT_ONCE = 1_000
MOST_TEXT = 100_000  # characters


class GraphQLSide(StrEnum):
    """Which schema a document is for."""

    ADMIN = "admin"
    DEVELOPER = "developer"


class RegisteredDocument(SQLModel, table=True):
    """One document; it never changes, since its digest names it."""

    __tablename__ = "registered_documents"
    __table_args__ = (UniqueConstraint("provider_id", "side", "digest"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", ondelete="CASCADE")
    side: str  # see GraphQLSide
    digest: str  # SHA-256 of the text, hexadecimal
    text: str = Field(sa_type=Text)
    created_at: datetime = created_at()
