"""Access tokens: stored as digests, shown once."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at, moment


class AccessToken(SQLModel, table=True):
    """A user's key to the APIs; a developer's one opens only his own account."""

    __tablename__ = "access_tokens"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", index=True)
    user_id: int = Field(foreign_key="users.id", index=True)
    name: str
    digest: str = Field(unique=True)
    hint: str  # the last four characters
    scopes: list[str] = Field(sa_type=JSON)
    permission: str = "ro"  # ro, rw
    expires_at: datetime | None = moment()
    last_used_at: datetime | None = moment()
    created_at: datetime = created_at()
