"""ActiveDocs: the specifications of APIs, as Swagger or OpenAPI documents in JSON."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import Text as TextColumn
from sqlmodel import Field, SQLModel

from server.domain.attributes import (
    FIXED,
    LONG,
    Description,
    Flag,
    Id,
    MadeFrom,
    Name,
    Refers,
    Text,
)
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_system_name, clean_text, created_at, updated_at
from server.domain.services.services import Service
from server.kit.strict_json import parse_json

MOST_BODY = 1_000_000
API_DOCS_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_\-.]*")  # goes into an address
VERSIONS: Mapping[str, re.Pattern[str]] = {
    "openapi": re.compile(r"3\.[01](\.\d+\S*)?"),
    "swagger": re.compile(r"2\.0"),
    "swaggerVersion": re.compile(r"1\.2"),
}


class ApiDocs(SQLModel, table=True):
    """A specification of one service, or of none in particular. Source: reference-portal 1.6."""

    __tablename__ = "api_docs_services"
    __table_args__ = (
        UniqueConstraint("provider_id", "system_name"),
        Index("ix_api_docs_services_provider_id_id", "provider_id", "id"),
    )

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int | None = Field(default=None, foreign_key="services.id", index=True)
    name: str
    system_name: str
    description: str = ""
    body: str = Field(sa_type=TextColumn)  # JSON, as it was given
    published: bool = False
    skip_swagger_validations: bool = False
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def path(self) -> str:
        """Where the developer portal serves it once it is published."""
        return f"/swagger/spec/{self.system_name}.json"


def clean_api_docs_name(value: str | None, name: str) -> str:
    """Check a specification's system name, or make one. Raises: Invalid, TooLong."""
    system_name = clean_system_name(value, name)
    if not API_DOCS_NAME.fullmatch(system_name):
        raise Invalid("must hold only letters, digits, '_', '-' and '.'.", field="system_name")
    return system_name


def _given_api_docs_name(value: str, name: str) -> str:
    return clean_api_docs_name(value, "") if value.strip() else ""


def clean_body(value: str, field: str = "body") -> str:
    """Check that a specification is a JSON object. Raises: Blank, TooLong, Invalid."""
    body = clean_text(value, field, most=MOST_BODY)
    if not isinstance(_parsed(body), dict):
        raise Invalid("must be a JSON object.", field=field)
    return body


def _parsed(body: str) -> Any:
    """Read JSON of any depth and with any numbers. Raises: Invalid."""
    try:
        return parse_json(body)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Invalid(f"must be JSON. At {place}: {error.msg}.", field="body") from error
    except ValueError as error:
        raise Invalid("must be JSON, without NaN and numbers like it.", field="body") from error
    except RecursionError as error:
        raise Invalid("must not be nested that deeply.", field="body") from error


def refuse_unknown_version(body: str) -> None:
    """Refuse a JSON object that is no specification that can be shown. Raises: Invalid."""
    document: Mapping[str, Any] = json.loads(body)
    name = next((name for name in VERSIONS if name in document), "")
    version = document.get(name)
    if not isinstance(version, str) or not VERSIONS[name].fullmatch(version):
        raise Invalid(
            'must say its version: "openapi" 3.0 or 3.1, "swagger" 2.0, or "swaggerVersion" 1.2.',
            field="body",
        )
    if name == "swaggerVersion":
        if not isinstance(document.get("apis"), list):
            raise Invalid('must have a list "apis".', field="body")
        return
    info = document.get("info")
    title = info.get("title") if isinstance(info, dict) else None
    if not isinstance(title, str) or not title.strip():
        raise Invalid('must have a "title" in "info".', field="body")
    if not isinstance(document.get("paths"), dict):
        raise Invalid('must have an object "paths".', field="body")


class ApiDocsDraft(Draft):
    """What a specification is made of."""

    name: Name
    body: Annotated[str, Text(clean_body, least=1, most=MOST_BODY), LONG] = Field(
        description="Swagger 1.2 or 2.0, or OpenAPI 3.0 or 3.1, as JSON. "
        "What is too large for a request here can be pasted into the admin portal."
    )
    system_name: Annotated[
        str, Text(_given_api_docs_name), FIXED, MadeFrom("name", clean_api_docs_name)
    ] = ""
    description: Description = ""
    service_id: Annotated[Id | None, Refers(Service)] = None
    published: Flag = False
    skip_swagger_validations: Flag = Field(default=False, description="Take any JSON object.")
