"""Bulk operations: one query exported, or one mutation carried out, as JSON lines, by a job."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, Text
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at, moment, sealed
from server.domain.permissions import Permission

MOST_LINES = 20_000  # of what is imported
MOST_INPUT = 20_000_000  # characters
MOST_RESULT = 200_000_000  # characters
KEPT = timedelta(days=7)  # what came of it
LEASE = timedelta(minutes=2)  # a job that does not go on for so long was ended: another one does


class BulkKind(StrEnum):
    """What is done."""

    EXPORT = "export"
    IMPORT = "import"


class BulkState(StrEnum):
    """How far it is."""

    CREATED = "created"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELED = "canceled"


OPEN = (BulkState.CREATED.value, BulkState.RUNNING.value)


class BulkOperation(SQLModel, table=True):
    """One operation: who it is carried out for, how far it is, and what came of it."""

    __tablename__ = "bulk_operations"
    __table_args__ = (
        Index("ix_bulk_operations_state_claimed_until", "state", "claimed_until"),
        Index("ix_bulk_operations_provider_id_id", "provider_id", "id"),
        Index("ix_bulk_operations_created_at", "created_at"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", ondelete="CASCADE")
    kind: str  # see BulkKind
    state: str = BulkState.CREATED  # see BulkState
    user_id: int | None = None  # None: the provider key's
    token_id: int | None = None
    document: str = Field(sa_type=Text)
    subject: str = ""  # the list, or the mutation, that it is of
    variables_sealed: bytes | None = sealed(Permission.SETTINGS_SECRETS, optional=True)
    position: str = ""  # of an export the cursor to go on at, of an import the last line
    pages: int = 0  # parts of the result that are written
    object_count: int = 0  # lines of the result
    error_count: int = 0  # of them, those that were refused; of an export, those that are cut
    result_size: int = 0  # characters
    problem: str = ""  # why it failed
    claimed_until: datetime | None = moment()
    created_at: datetime = created_at()
    finished_at: datetime | None = moment()


class BulkPart(SQLModel, table=True):
    """A part of what is imported, or of what came of it: whole lines, in their order."""

    __tablename__ = "bulk_parts"

    operation_id: int = Field(
        foreign_key="bulk_operations.id", primary_key=True, ondelete="CASCADE"
    )
    is_result: bool = Field(primary_key=True)
    number: int = Field(primary_key=True)
    lines: int
    errors: int = 0  # of the result, lines that are errors
    text_sealed: bytes = sealed(Permission.SETTINGS_SECRETS)  # there may be secrets in it
