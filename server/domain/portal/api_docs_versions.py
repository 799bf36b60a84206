"""What a specification was before each change, and what the change did to callers."""

from datetime import datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at

MOST_VERSIONS = 100  # of one specification; the oldest go
MOST_KEPT = 50_000_000  # characters of all its past documents; older ones are told, not kept


class ApiDocsVersion(SQLModel, table=True):
    """One document that a specification had, or has: the newest is its own, and stands there."""

    __tablename__ = "api_docs_versions"
    __table_args__ = (UniqueConstraint("api_docs_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", index=True)
    api_docs_id: int = Field(foreign_key="api_docs_services.id")
    number: int  # from 1
    body: str = Field(default="", sa_type=Text)  # JSON; empty for the newest and the oldest
    size: int = 0  # characters of it
    title: str = ""  # the version that the document itself tells
    changes: str = Field(default="", sa_type=Text)  # see `specs.differences`; empty for the first
    breaking: int = 0  # how many of them break callers
    is_public: bool = False  # developers saw it
    author: str = ""
    created_at: datetime = created_at()
