"""The tenant who offers APIs."""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, SQLModel

from server.domain.errors import Invalid
from server.domain.fields import created_at, moment, sealed, updated_at
from server.domain.permissions import Permission
from server.kit.money import CURRENCIES, DEFAULT_CURRENCY

SUBDOMAIN = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
RESERVED_SUBDOMAINS = frozenset(
    {"www", "master", "staging", "admin", "api", "gateway", "localhost"}
)


class Provider(SQLModel, table=True):
    """A tenant. Everything else belongs to exactly one provider."""

    __tablename__ = "providers"

    id: int = Field(default=None, primary_key=True)
    name: str
    subdomain: str = Field(unique=True)
    state: str = "approved"  # see states.TENANT; "deleted" while its rows go
    deletion_at: datetime | None = moment()  # of one that is scheduled for deletion
    is_first: bool = False  # the one that a bare host serves by path
    provider_key_digest: bytes = Field(sa_type=LargeBinary, unique=True)
    provider_key_sealed: bytes = sealed(Permission.SETTINGS_SECRETS)
    timezone: str = "UTC"
    from_email: str = ""
    support_email: str = ""
    finance_support_email: str = ""  # where to ask about bills; empty: as for anything else
    reply_to_email: str = ""  # where answers to mails go; empty: to where they come from
    currency: str = DEFAULT_CURRENCY  # of all its prices; see CURRENCIES
    look: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)  # see LookDraft
    site_access_code: str = ""  # empty: the portal is open
    portal_domain: str = ""  # the primary custom domains that are verified, which links lead to;
    admin_domain: str = ""  # `domains` says which they are: see `settle_primary`
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def is_subdomain(text: str) -> bool:
    """Return whether a provider's hosts may be called so: nothing else can be meant by it."""
    is_reserved = text.endswith("-admin") or text in RESERVED_SUBDOMAINS
    return SUBDOMAIN.fullmatch(text) is not None and text[2:4] != "--" and not is_reserved


def clean_currency(text: str) -> str:
    """Check the code of a currency. Raises: Invalid."""
    code = text.strip().upper()
    if code not in CURRENCIES:
        raise Invalid("must be the code of a currency, such as USD or EUR.", field="currency")
    return code
