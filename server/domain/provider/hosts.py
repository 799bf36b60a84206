"""Host names of the installation: each is one tenant's, in one table, whatever answers there.

Names are kept as in a zone file: below the installation's domain without it (`acme`,
`api-acme.staging`), any other whole and with its last dot (`api.example.com.`). So a custom domain
can't meet a name of ours, and none changes when the installation moves to another domain.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from server.domain.fields import created_at

MOST_LABEL = 63  # Source: RFC 1035 2.3.4
STAGING = ".staging"  # between the label of a staging gateway and the domain
OTHERS = re.compile(r"[^a-z0-9]+")
DIGITS_OF_DIGEST = 8


class HostKind(StrEnum):
    """What answers at a host."""

    PORTAL = "portal"
    ADMIN = "admin"
    GATEWAY = "gateway"
    CUSTOM = "custom"  # a gateway when it names a service, else a portal


class Host(SQLModel, table=True):
    """One host name and whose it is. It stays its service's after that is deleted."""

    __tablename__ = "hosts"
    __table_args__ = (
        Index("ix_hosts_provider_id", "provider_id"),
        Index("ix_hosts_service_id", "service_id"),
        Index("ix_hosts_domain_id", "domain_id"),
    )

    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    kind: str  # see HostKind
    environment: str = ""  # of a gateway: staging, production
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int | None = Field(default=None, foreign_key="services.id")
    domain_id: int | None = Field(default=None, foreign_key="domains.id")  # whose proof it rests on
    created_at: datetime = created_at()


def name_of(host: str, domain: str) -> str:
    """Return the name in the table that a host would have: lower-case, without port, last dot."""
    return host.removesuffix(f".{domain}") if host.endswith(f".{domain}") else f"{host}."


def admin_name_of(subdomain: str) -> str:
    """Return the name of a provider's admin portal."""
    return f"{subdomain}-admin"


def gateway_names_of(label: str) -> dict[str, str]:
    """Return the name of a service's gateway in each environment."""
    return {"production": label, "staging": f"{label}{STAGING}"}


def gateway_label_of(system_name: str, subdomain: str) -> str:
    """Return the label that a service of a provider should have: a valid one, perhaps taken."""
    stem = OTHERS.sub("-", system_name.lower()).strip("-") or "service"
    return _fit(f"{stem}-{subdomain}", MOST_LABEL)


def labels_like(wanted: str) -> Iterator[str]:
    """Give the label that is wanted, then `…-2`, `…-3` and so on, for when it is taken."""
    yield wanted
    number = 2
    while True:
        ending = f"-{number}"
        yield _fit(wanted, MOST_LABEL - len(ending)) + ending
        number += 1


def _fit(label: str, most: int) -> str:
    """Shorten a label to what fits; a digest keeps apart what begins alike."""
    if len(label) <= most:
        return label
    digest = sha256(label.encode()).hexdigest()[:DIGITS_OF_DIGEST]
    return f"{label[: most - len(digest) - 1].rstrip('-')}-{digest}"
