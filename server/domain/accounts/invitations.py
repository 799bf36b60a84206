"""Invitations of further people into a developer account. Source: reference-portal 8.4."""

from datetime import datetime, timedelta
from typing import Annotated

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.accounts.users import PASSWORD_MOST, clean_email, clean_username
from server.domain.attributes import FIXED, SECRET, ShortText, Text
from server.domain.drafts import Draft
from server.domain.fields import created_at, moment

INVITATION_LIFETIME = timedelta(days=7)
MOST_INVITATIONS = 50  # of one account that nobody has accepted yet


class Invitation(SQLModel, table=True):
    """A mail address that may join an account; its link is a one-time token."""

    __tablename__ = "invitations"
    __table_args__ = (UniqueConstraint("account_id", "email"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int = Field(foreign_key="accounts.id")
    email: str  # lower-cased
    sent_at: datetime = created_at()
    expires_at: datetime = moment()
    accepted_at: datetime | None = moment()
    created_at: datetime = created_at()

    def state_at(self, now: datetime) -> str:
        """Tell what became of it by then: accepted, expired, or open."""
        if self.accepted_at is not None:
            return "accepted"
        return "open" if self.expires_at > now else "expired"


class InvitationDraft(Draft):
    """Whom to invite."""

    email: Annotated[str, Text(lambda text, _: clean_email(text), least=1), FIXED]


class KnownInvitee(Draft):
    """What somebody says of himself who joins by a provider of identity: he needs no password."""

    username: Annotated[str, Text(lambda text, _: clean_username(text), least=3)]
    first_name: ShortText = ""
    last_name: ShortText = ""


class Invitee(KnownInvitee):
    """What somebody says of himself who accepts an invitation; his mail address is known."""

    password: Annotated[str, Text(lambda text, _: text, most=PASSWORD_MOST), SECRET]
