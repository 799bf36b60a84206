"""People who log in, their sessions, and their one-time links."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from server.domain.attributes import (
    OTHERS_ONLY,
    SECRET,
    Checked,
    ExtraFields,
    ShortText,
    Text,
    Whole,
)
from server.domain.drafts import Draft, word_of
from server.domain.errors import Invalid
from server.domain.fields import clean_text, created_at, is_comparable, moment, updated_at
from server.domain.permissions import Role, Section
from server.domain.search import keep_search_text
from server.kit.ids import MOST_ID
from server.kit.letters import is_all_seen

USERNAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@+-]{2,39}")
EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]+\.?[^\s@<>\"(),:;\\\[\]]+")
PASSWORD_LEAST, PASSWORD_MOST = 15, 256
LOCALE, LOCALE_MOST = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"), 35
NULLABLE_JSON: Any = JSON(none_as_null=True)
OBVIOUS = ("password", "12345678", "qwertyui", "letmein")


class User(SQLModel, table=True):
    """A person: staff of the provider (no account) or of a developer account."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("provider_id", "audience", "username"),
        Index("ix_users_provider_id_id", "provider_id", "id"),
        Index("ix_users_provider_id_account_id", "provider_id", "account_id"),
        Index("ix_users_provider_id_state", "provider_id", "state"),
        Index("ix_users_provider_id_role", "provider_id", "role"),
        Index("ix_users_provider_id_created_at", "provider_id", "created_at"),
        Index("ix_users_provider_id_sort_name", "provider_id", "sort_name", "id"),
        Index(
            "ux_users_email",
            "provider_id",
            "audience",
            "email",
            unique=True,
            sqlite_where=text("email <> ''"),
            postgresql_where=text("email <> ''"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_id: int | None = Field(default=None, foreign_key="accounts.id", index=True)
    audience: str  # provider, developer
    username: str
    email: str  # lower-cased; empty for who was signed up by the API without one
    password_hash: str = ""  # empty: no password set yet
    role: str = "member"  # admin, member
    state: str = "pending"  # see states.USER
    awaits_link: bool = False  # he signed up himself: no approval stands for the mailed link
    email_is_claimed: bool = False  # a developer typed it later: nobody has read a mail there
    first_name: str = ""
    last_name: str = ""
    locale: str = ""  # the language of his mails; empty: that of the portal
    # Of a member of staff: the sections and services that he reaches. Without sections he reads
    # everything and changes nothing; without services he reaches all of them.
    sections: list[str] | None = Field(default=None, sa_type=NULLABLE_JSON, nullable=True)
    service_ids: list[int] | None = Field(default=None, sa_type=NULLABLE_JSON, nullable=True)
    extra_fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    search_text: str = ""  # see search
    sort_name: str = ""
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


keep_search_text(User, "username", "email", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class Proof:
    """That a person has just proved who he is, by his password as a rule; `server.auth` makes it.

    It is complete when he did so in all the ways that he has set up: only then he is let in.
    """

    user_id: int
    password_hash: str = field(repr=False)
    is_complete: bool = False

    def holds_for(self, user: User) -> bool:
        """Return whether that person is meant, and his password is still the one that he typed."""
        return user.id == self.user_id and user.password_hash == self.password_hash


class UserSession(SQLModel, table=True):
    """A logged-in browser; the cookie's value is stored as a digest only."""

    __tablename__ = "user_sessions"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    user_id: int = Field(foreign_key="users.id", index=True)
    digest: str = Field(unique=True)
    expires_at: datetime = moment()
    last_seen_at: datetime = created_at()
    created_at: datetime = created_at()


class OneTimeToken(SQLModel, table=True):
    """A single-use link by mail: of a user, or of an invitation of somebody who is none yet."""

    __tablename__ = "one_time_tokens"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    user_id: int | None = Field(default=None, foreign_key="users.id", index=True)
    invitation_id: int | None = Field(default=None, foreign_key="invitations.id", index=True)
    purpose: str  # activation, password_reset, invitation
    digest: str = Field(unique=True)
    expires_at: datetime = moment()
    used_at: datetime | None = moment()
    created_at: datetime = created_at()


def clean_username(text: str | None) -> str:
    """Check a username. Raises: Blank, Invalid."""
    name = clean_text(text, "username")
    if not USERNAME.fullmatch(name):
        raise Invalid(
            "must be 3 to 40 letters, digits or _.@+- and start with a letter, digit or '_'.",
            field="username",
        )
    return name


def clean_email(text: str | None) -> str:
    """Check a mail address and lower-case it. Raises: Blank, TooLong, Invalid."""
    email = clean_text(text, "email").lower()
    if not EMAIL.fullmatch(email) or ".." in email or not is_all_seen(email):
        raise Invalid("must be a mail address such as jo@example.com.", field="email")
    return email


def clean_locale(text: str, field: str) -> str:
    """Check the tag of a language, which may be missing. Raises: Invalid. Source: BCP 47."""
    if text.strip() and not LOCALE.fullmatch(text.strip()):
        raise Invalid("must be the tag of a language, such as es.", field=field)
    return text.strip()


def mask_email(email: str) -> str:
    """Show only so much of a mail address that its owner knows it again: `j…@e….com`."""
    name, _, domain = email.partition("@")
    host, _, top = domain.rpartition(".")
    return f"{name[:1]}…@{host[:1]}….{top}" if host else f"{name[:1]}…@{domain[:1]}…"


def clean_password(text: str | None, *, username: str = "") -> str:
    """Check a new password. Raises: Blank, Invalid."""
    if not text:
        clean_text(text, "password")
    password = text or ""
    if not PASSWORD_LEAST <= len(password) <= PASSWORD_MOST:
        raise Invalid(
            f"must have {PASSWORD_LEAST} to {PASSWORD_MOST} characters. "
            "A few words in a row make a good one.",
            field="password",
        )
    if not is_comparable(password):
        raise Invalid("must be valid Unicode text.", field="password")
    plain = password.lower()
    if len(set(plain)) < 4 or (username and plain == username.lower()) or _is_obvious(plain):
        raise Invalid("is too easy to guess. Choose another.", field="password")
    return password


def _is_obvious(password: str) -> bool:
    return any(not password.replace(word, "") for word in OBVIOUS)


class UserDraft(Draft):
    """What a user is made of."""

    username: Annotated[str, Text(lambda text, _: clean_username(text), least=3)]
    email: Annotated[str, Text(lambda text, _: clean_email(text), least=1)]
    first_name: ShortText = ""
    last_name: ShortText = ""
    locale: Annotated[str, Text(clean_locale, most=LOCALE_MOST)] = ""
    role: Annotated[Role, OTHERS_ONLY] = Role.MEMBER
    extra_fields: ExtraFields = {}


class NewUser(UserDraft):
    """What a further user is created of; whoever brings a password is active at once."""

    password: Annotated[str, Text(lambda text, _: text, most=PASSWORD_MOST), SECRET] = ""


def _sections(value: list[Section] | None) -> list[Section] | None:
    return None if value is None else sorted({word_of(each) for each in value})


def _services(value: list[int] | None) -> list[int] | None:
    return None if value is None else sorted(set(value))


ServiceIds = list[Annotated[int, Whole(1, MOST_ID)]]


class ReachDraft(Draft):
    """What a member of the provider's staff reaches."""

    sections: Annotated[list[Section] | None, Checked(_sections)] = None
    service_ids: Annotated[ServiceIds | None, Checked(_services)] = None
