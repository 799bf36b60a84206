"""News of other sites, fetched for portlets; the last ones are shown until there are newer."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at, moment


class Feed(SQLModel, table=True):
    """One RSS or Atom feed of a provider's portlets."""

    __tablename__ = "feeds"
    __table_args__ = (UniqueConstraint("provider_id", "url"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    url: str
    items: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    error: str = ""  # why the last try failed
    tried_at: datetime | None = moment()
    fetched_at: datetime | None = moment()
    created_at: datetime = created_at()
