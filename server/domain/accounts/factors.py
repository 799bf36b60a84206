"""What developers prove themselves with beside the password, and what is used up by that."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.errors import Invalid
from server.domain.fields import clean_text, created_at, moment, sealed
from server.domain.permissions import Permission

MOST_PASSKEYS = 20  # of one user
PASSKEY_NAME_MOST = 60
RECOVERY_CODES = 10  # made at once
CODE_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that reads like something else
CODE_LENGTH = 12  # 59 bits
SETUP_LIFETIME = timedelta(minutes=30)  # in which an app has to be confirmed
TYPED = re.compile(r"[\s-]+")


class Authenticator(SQLModel, table=True):
    """The authenticator app of a user; it counts from its first code on."""

    __tablename__ = "authenticators"

    user_id: int = Field(foreign_key="users.id", primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    secret_sealed: bytes = sealed(Permission.SETTINGS_SECRETS)  # nobody is shown it once it counts
    last_step: int = 0  # of the last code that was taken: none is taken twice
    confirmed_at: datetime | None = moment()
    created_at: datetime = created_at()


class Passkey(SQLModel, table=True):
    """A passkey of a user: a public key whose private half never leaves his device."""

    __tablename__ = "passkeys"
    __table_args__ = (UniqueConstraint("provider_id", "credential_id"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    user_id: int = Field(foreign_key="users.id", index=True)
    name: str
    credential_id: str  # as browsers write it: base64url
    public_key: bytes = Field(sa_type=LargeBinary)
    sign_count: int = Field(
        default=0, sa_type=BigInteger
    )  # how often it has signed, where its device counts
    host: str  # whose page it was made on; it signs for no other
    last_used_at: datetime | None = moment()
    created_at: datetime = created_at()


class RecoveryCode(SQLModel, table=True):
    """A code for whoever has lost everything else; it works once, and only its digest is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (UniqueConstraint("user_id", "digest"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    user_id: int = Field(foreign_key="users.id", index=True)
    digest: bytes = Field(sa_type=LargeBinary)
    used_at: datetime | None = moment()
    created_at: datetime = created_at()


class SpentChallenge(SQLModel, table=True):
    """A question of ours that was answered: the same answer is not taken again."""

    __tablename__ = "spent_challenges"

    digest: str = Field(primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    expires_at: datetime = moment()


OF_USER = (Authenticator, Passkey, RecoveryCode)  # rows that go with their user


@dataclass(frozen=True, slots=True)
class NewPasskey:
    """A passkey that a browser has just made for a question asked after the password was given.

    `server.auth.passkeys` makes it, so that it proves who registers it.
    """

    credential_id: str
    public_key: bytes = field(repr=False)
    sign_count: int
    host: str


class SecondFactor(StrEnum):
    """What is asked for after the password."""

    AUTHENTICATOR = "authenticator"
    PASSKEY = "passkey"


@dataclass(frozen=True, slots=True)
class Factors:
    """Which second factors a user has."""

    authenticator: bool
    passkeys: int

    @property
    def kinds(self) -> list[SecondFactor]:
        """Name them."""
        named = ((SecondFactor.AUTHENTICATOR, self.authenticator),)
        return [kind for kind, has in (*named, (SecondFactor.PASSKEY, self.passkeys > 0)) if has]

    @property
    def is_any(self) -> bool:
        """Return whether the password alone does not let him in."""
        return self.authenticator or self.passkeys > 0


def new_recovery_code() -> str:
    """Make a code as it is shown: three groups of four."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def plain_code(typed: str) -> str:
    """Read a code as people type it: spaces, hyphens and case are theirs."""
    return TYPED.sub("", typed).lower()


def clean_passkey_name(text: str | None) -> str:
    """Check the name of a passkey. Raises: Blank, TooLong, Invalid."""
    return clean_text(text, "name", most=PASSKEY_NAME_MOST)


def wrong_code() -> Invalid:
    """Make the refusal of a code; which of them was meant is not told."""
    return Invalid(
        "This code is not right, or was used already. Take the newest one.", field="code"
    )
