"""Backend APIs, which answer calls behind services, and where in a service each is mounted."""

import re
from datetime import datetime
from typing import Annotated

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from gateway.config.service import MOST_URL, encoded_url
from gateway.paths import REFUSE, BadPath, normalise_path, refuse_ambiguous
from server.domain.attributes import (
    FIXED,
    Description,
    Id,
    Name,
    Refers,
    ShortText,
    SystemName,
    Text,
)
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_optional_text, created_at, updated_at
from server.domain.services.proxies import clean_upstream

ROOT = "/"
MOST_MOUNT = 255
MOST_USAGES = 100  # of one service: each is looked at when a call is routed
# Neither variables nor what servers read in different ways.
ODD = re.compile(r"[{}?#]")
PLAIN = "must be a path such as /v1/inventory, without variables, ';' and query."
MOUNT = re.compile(r"(?:/[A-Za-z0-9\-._~!$&'()*+,=:@%]+)+")


class BackendApi(SQLModel, table=True):
    """An API of the provider's own that services are made of. Source: reference-portal 1.5."""

    __tablename__ = "backend_apis"
    __table_args__ = (UniqueConstraint("provider_id", "system_name"),)

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    name: str
    system_name: str
    description: str = ""
    private_endpoint: str
    managed_by: str = ""  # the program that keeps it, as it says itself
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


class BackendUsage(SQLModel, table=True):
    """Where in a service a backend API is mounted: it gets the calls below a path."""

    __tablename__ = "backend_usages"
    __table_args__ = (
        UniqueConstraint("service_id", "backend_api_id"),
        UniqueConstraint("service_id", "path"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int = Field(foreign_key="services.id")
    backend_api_id: int = Field(foreign_key="backend_apis.id", index=True)
    path: str = ROOT  # in the one spelling, without a slash at its end
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def clean_mount(text: str, field: str = "path") -> str:
    """Check where a backend API is mounted, and write it in the one spelling of paths.

    Raises: Invalid, TooLong.
    """
    path = clean_optional_text(text, field, most=MOST_MOUNT).rstrip("/")
    if not path:
        return ROOT
    if ODD.search(path):
        raise Invalid(PLAIN, field=field)
    try:
        path = normalise_path(encoded_url(path if path[0] == "/" else f"/{path}").encode())
        refuse_ambiguous(path, REFUSE)
    except (BadPath, ValueError) as error:
        raise Invalid(f"is refused by the gateway: {error}", field=field) from error
    if not MOUNT.fullmatch(path):
        raise Invalid(PLAIN, field=field)
    if len(path) > MOST_MOUNT:
        raise Invalid(f"must have at most {MOST_MOUNT} characters in ASCII.", field=field)
    return path


class BackendApiDraft(Draft):
    """What a backend API is made of."""

    name: Name
    system_name: SystemName = ""
    description: Description = ""
    private_endpoint: Annotated[str, Text(clean_upstream, least=1, most=MOST_URL)]
    managed_by: ShortText = ""


class BackendUsageDraft(Draft):
    """What the use of a backend API in a service is made of."""

    backend_api_id: Annotated[Id, Refers(BackendApi), FIXED]
    path: Annotated[str, Text(clean_mount, most=MOST_MOUNT)] = Field(
        default=ROOT, description="Below which path of the service it gets the calls."
    )
