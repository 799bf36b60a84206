"""What was answered to a mutation that came with a key, so that it is carried out once."""

from datetime import datetime, timedelta

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.errors import Invalid
from server.domain.fields import sealed
from server.domain.permissions import Permission
from server.kit.clock import utc_now
from server.kit.db import UTCDateTime

LIFETIME = timedelta(hours=24)
AT_WORK = timedelta(minutes=1)  # then a mutation without an answer was ended with its process
KEY_MOST = 255


class IdempotencyKey(SQLModel, table=True):
    """A key of one caller, what it came with, and the answer, which may hold secrets: sealed."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("provider_id", "caller", "key_digest"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    caller: str  # a token, a user, or the provider key
    key_digest: bytes = Field(sa_type=LargeBinary)
    request_digest: bytes = Field(sa_type=LargeBinary)
    # No field shows it. None: still at work.
    answer_sealed: bytes | None = sealed(Permission.SETTINGS_SECRETS, optional=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UTCDateTime, index=True)


def clean_key(text: str) -> str:
    """Check a key. Raises: Invalid."""
    if not 1 <= len(text) <= KEY_MOST or not text.isprintable():
        raise Invalid(f"must be 1 to {KEY_MOST} printable characters.", field="idempotency_key")
    return text
