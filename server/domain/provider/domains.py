"""Custom domains: names of others that portals, admin portals and gateways answer at.

A row is a claim. Only a name whose owner has proved it is in the table of hosts, and serves.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, Flag, Id, Refers, Text
from server.domain.drafts import Draft
from server.domain.errors import Blank, Invalid, TooLong
from server.domain.fields import created_at, moment, updated_at
from server.domain.provider.hosts import HostKind
from server.domain.services.services import Service
from server.kit.idn import as_written, in_ascii
from server.kit.ids import random_hex

NAME_LENGTH = 253  # Source: RFC 1035 2.3.4
MOST_DOMAINS = 100  # of a provider: each is looked up again and again
TOKEN_BYTES = 16
RECORD = "_gatehouse"  # the label below which the TXT record is
VALUE = "gatehouse-domain="  # what its text begins with
FILE = "/.well-known/gatehouse-domain.txt"
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
NOT_OURS_TO_GIVE = ("localhost", "local", "internal", "invalid", "arpa", "onion")

# When a name is looked at again.
SOON, LATER, DAILY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)
EAGER = timedelta(hours=1)  # after it was added it is looked at soon, then later
PATIENT = timedelta(days=7)  # then only when somebody asks
FAILURES = 3  # one after the other, before a name counts as failing
GRACE = timedelta(days=7)  # a failing name still serves so long


class Serves(StrEnum):
    """What answers at a domain."""

    PORTAL = "portal"
    ADMIN = "admin"
    PRODUCTION = "production"
    STAGING = "staging"


class Moves(StrEnum):
    """How the other addresses lead to a primary domain."""

    TEMPORARY = "temporary"
    PERMANENT = "permanent"


class DomainState(StrEnum):
    """How far a claim is."""

    PENDING = "pending"  # nobody has proved it: it serves nothing
    VERIFIED = "verified"
    FAILING = "failing"  # it serves for a while still, but no link leads there


class ProvedBy(StrEnum):
    """What a name was proved by."""

    NOTHING = ""
    DNS = "dns"
    HTTP = "http"
    OPERATOR = "operator"  # it stood in the table of hosts before there were claims


OF_GATEWAYS = frozenset({Serves.PRODUCTION, Serves.STAGING})


class Domain(SQLModel, table=True):
    """A provider's claim to a name, and what became of it."""

    __tablename__ = "domains"
    __table_args__ = (
        UniqueConstraint("provider_id", "name"),
        Index("ix_domains_next_check_at", "next_check_at"),
        Index("ix_domains_service_id", "service_id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int | None = Field(default=None, foreign_key="services.id")  # of a gateway's
    name: str  # lower-case ASCII, without the last dot
    serves: str  # see Serves
    is_primary: bool = False  # links lead there, once it is verified
    moves: str = Moves.TEMPORARY  # see Moves
    state: str = DomainState.PENDING  # see DomainState
    proof: str = ProvedBy.NOTHING  # see ProvedBy
    token: str = Field(default_factory=lambda: random_hex(TOKEN_BYTES))  # public once it is used
    problem: str = ""  # what the last check found wrong
    failures: int = 0  # checks that failed since the last that did not
    checked_at: datetime | None = moment()
    verified_at: datetime | None = moment()
    failing_since: datetime | None = moment()
    next_check_at: datetime | None = moment()
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def shown_name(self) -> str:
        """The name as people write it."""
        try:
            return as_written(self.name)
        except ValueError:  # it was taken over from where nobody checked it
            return self.name

    @property
    def record_name(self) -> str:
        """The name of the TXT record that proves it."""
        return f"{RECORD}.{self.name}"

    @property
    def record_value(self) -> str:
        """The text of that record."""
        return f"{VALUE}{self.token}"

    @property
    def file_url(self) -> str:
        """The address of the file that proves it instead."""
        return f"http://{self.name}{FILE}"

    @property
    def host_kind(self) -> HostKind:
        """Tell what its row in the table of hosts says."""
        return HostKind.ADMIN if self.serves == Serves.ADMIN else HostKind.CUSTOM

    @property
    def environment(self) -> str:
        """The environment of a gateway; empty for a portal."""
        return self.serves if self.serves in OF_GATEWAYS else ""

    @property
    def is_served(self) -> bool:
        """Whether anything answers there."""
        return self.state != DomainState.PENDING


@dataclass(frozen=True, slots=True)
class Claim:
    """What is to be proved of a domain."""

    provider_id: int
    name: str
    token: str
    proof: str = ProvedBy.NOTHING  # what it was proved by until now


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody found who looked: by what it is proved, or what is wrong."""

    by: str = ProvedBy.NOTHING
    problem: str = ""


def clean_domain_name(value: str | None, field: str = "name") -> str:
    """Check a name and write it as DNS knows it. Raises: Blank, TooLong, Invalid."""
    text = (value or "").strip().removesuffix(".")
    if not text:
        raise Blank(field)
    if len(text) > NAME_LENGTH:
        raise TooLong(field, NAME_LENGTH)
    example = "must be a whole name such as developers.example.com"
    try:
        name = in_ascii(text)
        as_written(name)
    except ValueError as error:  # of which IDNAError is a kind
        raise Invalid(f"{example}: there is no such name ({error}).", field=field) from error
    labels = name.split(".")
    if len(name) > NAME_LENGTH:
        raise TooLong(field, NAME_LENGTH)
    if len(labels) < 2 or not all(LABEL.fullmatch(label) for label in labels):
        raise Invalid(f"{example}, without scheme, port, path or `*`.", field=field)
    if labels[-1].isdecimal():
        raise Invalid(f"{example}; this is an address.", field=field)
    if labels[-1] in NOT_OURS_TO_GIVE:
        raise Invalid(f"ends in .{labels[-1]}, which nobody owns.", field=field)
    return name


class DomainDraft(Draft):
    """What a custom domain is made of."""

    name: Annotated[str, Text(clean_domain_name, least=1, most=NAME_LENGTH), FIXED]
    serves: Annotated[Serves, FIXED]
    service_id: Annotated[Id | None, Refers(Service), FIXED] = None
    is_primary: Flag = False
    moves: Moves = Moves.TEMPORARY
