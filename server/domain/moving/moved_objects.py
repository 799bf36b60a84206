"""What was taken over from elsewhere: which object there is which one here."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.fields import updated_at


class MovedObject(SQLModel, table=True):
    """One object of a source, and what became of it here."""

    __tablename__ = "moved_objects"
    __table_args__ = (UniqueConstraint("provider_id", "origin", "kind", "foreign_id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    origin: str  # which source: its host, as a rule
    kind: str  # of the object, as the source calls it: "service", "mapping_rule"
    foreign_id: str
    local_id: int | None = None  # no foreign key: what it names may be deleted here
    digest: str = ""  # of what was taken: what is the same there is left alone here
    kept: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # what a kind needs besides
    updated_at: datetime = updated_at()
