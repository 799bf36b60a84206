"""Access tokens: stored as digests, shown once."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, Checked, Flag, Moment, Name
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import created_at, moment
from server.domain.permissions import Scope


class TokenPermission(StrEnum):
    """What a token may do with what it reaches."""

    READ_ONLY = "ro"
    READ_WRITE = "rw"


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
    permission: str = "ro"  # see TokenPermission
    registered_only: bool = False  # of GraphQL it sends registered documents, and nothing else
    expires_at: datetime | None = moment()
    last_used_at: datetime | None = moment()
    created_at: datetime = created_at()


def _clean_scopes(scopes: list[str]) -> list[str]:
    if not scopes:
        raise Invalid(f"must be some of {', '.join(Scope)}.")
    return sorted(set(scopes))


class TokenDraft(Draft):
    """What a token is made of. It can't be changed, and its value is no attribute."""

    name: Annotated[Name, FIXED]
    scopes: Annotated[list[Scope], Checked(_clean_scopes), FIXED]
    permission: Annotated[TokenPermission, FIXED] = TokenPermission.READ_ONLY
    registered_only: Annotated[Flag, FIXED] = False
    expires_at: Annotated[Moment | None, FIXED] = None
