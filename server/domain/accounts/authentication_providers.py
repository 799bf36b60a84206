"""Providers of identity that developers log in by, and which user is whom there.

Source: reference-portal 1.6, 12.1.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Annotated

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from server.domain.attributes import FIXED, SECRET, Flag, MadeFrom, Name, Text
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import (
    clean_line,
    clean_optional_text,
    clean_text,
    created_at,
    moment,
    sealed,
    updated_at,
)
from server.domain.permissions import Permission
from server.kit.ids import name_made_of
from server.kit.urls import parse_address

GITHUB, GITHUB_API = "https://github.com", "https://api.github.com"
MOST_SITE, MOST_SECRET, MOST_FAULT, MOST_NAME = 500, 1_000, 500, 100
CLAIM = re.compile(r"[A-Za-z0-9_\-.:/]{1,100}")
LABEL = re.compile(r"[a-z0-9]([a-z0-9_-]{0,98}[a-z0-9])?")
OF_OURS = frozenset({"invitations"})  # the first part of another address below /auth
PASSING = frozenset({"email", "mail", "upn", "preferred_username", "nickname", "login", "name"})


class IdentityKind(StrEnum):
    """How a provider of identity is spoken to."""

    KEYCLOAK = "keycloak"
    AUTH0 = "auth0"
    GITHUB = "github"
    OIDC = "oidc"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where browsers are sent, and where tokens and people are asked for."""

    authorize_url: str
    token_url: str
    user_info_url: str


# Below the site; what the others are is asked at their site when somebody logs in.
PATHS: Mapping[IdentityKind, Addresses] = {
    IdentityKind.AUTH0: Addresses("/authorize", "/oauth/token", "/userinfo"),
    IdentityKind.GITHUB: Addresses(
        "/login/oauth/authorize", "/login/oauth/access_token", "/api/v3/user"
    ),
    IdentityKind.KEYCLOAK: Addresses(
        "/protocol/openid-connect/auth",
        "/protocol/openid-connect/token",
        "/protocol/openid-connect/userinfo",
    ),
}


def find_addresses(kind: str, site: str) -> Addresses | None:
    """Tell the addresses that a kind has below its site; None where only the site knows them."""
    paths = PATHS.get(IdentityKind(kind))
    if paths is None:
        return None
    user_info = f"{site}{paths.user_info_url}"
    if kind == IdentityKind.GITHUB and site in {"", GITHUB}:
        site, user_info = GITHUB, f"{GITHUB_API}/user"
    return Addresses(f"{site}{paths.authorize_url}", f"{site}{paths.token_url}", user_info)


class AccountType(StrEnum):
    """Who logs in by a provider of identity."""

    DEVELOPER = "developer"
    PROVIDER = "provider"  # the staff


class AuthenticationProvider(SQLModel, table=True):
    """A provider of identity: who logs in there may come in here."""

    __tablename__ = "authentication_providers"
    __table_args__ = (UniqueConstraint("provider_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    account_type: str = "developer"  # see AccountType
    kind: str  # see IdentityKind
    name: str
    system_name: str  # in its addresses
    client_id: str
    client_secret_sealed: bytes = sealed(Permission.SETTINGS_SECRETS)
    site: str = ""  # its issuer, or where it is; empty: GitHub itself
    identifier_key: str = ""  # the claim that tells who it is for good; empty: as the kind says
    username_key: str = ""  # the claim that is a username; empty: as the kind says
    trust_email: bool = False  # whether its mail addresses count as verified without its word
    published: bool = False
    automatically_approve_accounts: bool = False
    fault: str = ""  # why the last login by it failed on its side or by its settings
    fault_at: datetime | None = moment()
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class SSOAuthorization(SQLModel, table=True):
    """Whom a provider of identity means by a user."""

    __tablename__ = "sso_authorizations"
    __table_args__ = (
        UniqueConstraint("authentication_provider_id", "uid"),
        UniqueConstraint("authentication_provider_id", "user_id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    authentication_provider_id: int = Field(
        foreign_key="authentication_providers.id", ondelete="CASCADE"
    )
    user_id: int = Field(foreign_key="users.id", index=True, ondelete="CASCADE")
    uid: str
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def clean_site(text: str, field: str) -> str:
    """Check where a provider of identity is, without its last slash. Raises: Invalid, TooLong."""
    site = clean_optional_text(text, field, most=MOST_SITE).rstrip("/")
    if not site:
        return ""
    wrong = "must be an address such as https://id.example.com, without query"
    try:
        address = parse_address(site, ("https", "http"))
    except ValueError as error:
        raise Invalid(f"{wrong}: it {error}.", field=field) from error
    if address.parameters or address.username or address.password or "?" in site:
        raise Invalid(f"{wrong} and password.", field=field)
    if address.scheme == "http" and not is_loopback(address.host):
        raise Invalid("must be https: tokens and the secret travel there.", field=field)
    return site


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine, where nothing travels in the clear."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def _clean_claim(text: str, field: str) -> str:
    claim = clean_line(text, field)
    if claim and not CLAIM.fullmatch(claim):
        raise Invalid("must be the name of a claim, such as sub.", field=field)
    return claim


def _clean_identifier(text: str, field: str) -> str:
    """Refuse what may be somebody else's tomorrow. Raises: Invalid."""
    claim = _clean_claim(text, field)
    if claim in PASSING:
        raise Invalid(
            "must be a claim that is one person's for good: a mail address or a name is another's "
            "one day. Leave it empty for the usual one.",
            field=field,
        )
    return claim


def _made_system_name(given: str, name: str) -> str:
    return given or name_made_of(name, separator="-")[:MOST_NAME].strip("-_")


def _clean_system_name(text: str, field: str) -> str:
    name = clean_optional_text(text, field, most=MOST_NAME)
    if name and (not LABEL.fullmatch(name) or name in OF_OURS):
        raise Invalid(
            "must be small letters, digits, - and _: it is a part of addresses.", field=field
        )
    return name


def _clean_secret(text: str, field: str) -> str:
    return clean_text(text, field, most=MOST_SECRET)


class AuthenticationProviderDraft(Draft):
    """What a provider of identity is made of."""

    account_type: Annotated[AccountType, FIXED] = Field(
        default=AccountType.DEVELOPER,
        description="Who logs in by it: developers, or the staff into the admin portal.",
    )
    kind: Annotated[IdentityKind, FIXED]
    name: Name
    system_name: Annotated[
        str, Text(_clean_system_name, most=MOST_NAME), FIXED, MadeFrom("name", _made_system_name)
    ] = Field(default="", description="A part of the callback address, so it stays.")
    client_id: Annotated[str, Text(clean_text, least=1)]
    client_secret: Annotated[str, Text(_clean_secret, least=1, most=MOST_SECRET), SECRET]
    site: Annotated[str, Text(clean_site, most=MOST_SITE)] = Field(
        default="",
        description="The issuer: of Keycloak the realm's address, of Auth0 the tenant's. "
        "Of GitHub only that of an own server.",
    )
    identifier_key: Annotated[str, Text(_clean_identifier)] = Field(
        default="", description="The claim that tells who somebody is for good; else sub or id."
    )
    username_key: Annotated[str, Text(_clean_claim)] = Field(
        default="", description="The claim that becomes the username of who signs up."
    )
    trust_email: Flag = Field(
        default=False,
        description="Take its mail addresses for verified though it does not say so.",
    )
    published: Flag = False
    automatically_approve_accounts: Flag = Field(
        default=False, description="Accounts made by it with a verified mail wait for no approval."
    )
