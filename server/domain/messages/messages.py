"""Messages between a provider and its developers. Source: reference-portal 6, 8.3."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, Index
from sqlalchemy import Text as TextColumn
from sqlmodel import Field, SQLModel

from server.domain.attributes import ShortText, Text
from server.domain.drafts import Draft
from server.domain.fields import clean_text, created_at, moment

MOST_LETTER = 20_000
SUBJECT_OF_BODY = 60  # characters of a text that has no subject


class Folder(StrEnum):
    """Where somebody keeps his copy of a message."""

    INBOX = "inbox"
    SENT = "sent"
    TRASH = "trash"
    GONE = "gone"  # deleted for good; the other side has its own copy


class Message(SQLModel, table=True):
    """What was written. Each side has a copy of its own; without an account it is the provider."""

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_provider_id_id", "provider_id", "id"),
        Index("ix_messages_state", "state"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int | None = Field(  # who wrote it
        default=None, foreign_key="accounts.id", ondelete="CASCADE", index=True
    )
    author: str = ""  # the username of who wrote it
    subject: str
    body: str = Field(sa_type=TextColumn)
    state: str = "unsent"  # see states.MESSAGE
    label: str = ""  # which mail it is a copy of; empty: somebody wrote it
    event_id: int | None = Field(default=None, foreign_key="events.id", index=True)
    reply_to_id: int | None = None  # the message it answers
    reach: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # whom one to many goes to
    recipients: int = 0
    delivered_to: int = 0  # the last account that one to many has reached
    created_at: datetime = created_at()


class MessageCopy(SQLModel, table=True):
    """One side's copy of a message; without an account it is the provider's."""

    __tablename__ = "message_copies"
    __table_args__ = (
        Index("ix_message_copies_folder", "provider_id", "account_id", "folder", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    message_id: int = Field(foreign_key="messages.id", ondelete="CASCADE", index=True)
    account_id: int | None = Field(
        default=None, foreign_key="accounts.id", ondelete="CASCADE", index=True
    )
    role: str  # sender, recipient
    folder: str  # see Folder
    state: str = "unread"  # unread, read
    read_at: datetime | None = moment()
    created_at: datetime = created_at()


def subject_of(subject: str, body: str) -> str:
    """Give a message a subject: its own, or how its text begins."""
    words = " ".join(body.split())
    return subject or (
        words if len(words) <= SUBJECT_OF_BODY else f"{words[: SUBJECT_OF_BODY - 1]}…"
    )


def reply_subject(subject: str) -> str:
    """Say what an answer is about."""
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def quoted(body: str) -> str:
    """Quote what is answered, line by line."""
    return "\n".join(f"> {line}".rstrip() for line in body.splitlines())


def _body(text: str, field: str) -> str:
    return clean_text(text.replace("\r\n", "\n"), field, most=MOST_LETTER)


class MessageDraft(Draft):
    """What a message is made of; without a subject its first words are it. Text, never HTML."""

    subject: ShortText = ""
    body: Annotated[str, Text(_body, least=1, most=MOST_LETTER)]
