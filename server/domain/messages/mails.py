"""Mails: rendered once, then sent or kept."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at, moment, sealed
from server.domain.permissions import Permission


class Mail(SQLModel, table=True):
    """One mail to one address. Without an SMTP server it stays `kept`, for the admin to read."""

    __tablename__ = "mails"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id", index=True)
    event_id: int | None = Field(default=None, foreign_key="events.id", index=True)
    template: str
    sender: str
    recipient: str
    subject: str
    body_sealed: bytes = sealed(Permission.SETTINGS_SECRETS)
    html_sealed: bytes | None = sealed(Permission.SETTINGS_SECRETS, optional=True)
    headers: dict[str, str] = Field(default_factory=dict, sa_type=JSON)  # Cc, Reply-To, …
    account_id: int | None = Field(default=None, index=True)  # of the developer it went to
    link_digest: str | None = Field(default=None, index=True)  # of the one-time link in it
    state: str = "queued"  # queued, sent, kept, failed
    attempts: int = 0
    error: str = ""
    sent_at: datetime | None = moment()
    created_at: datetime = created_at()
