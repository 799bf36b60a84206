"""ActiveDocs: the specifications of APIs, as Swagger or OpenAPI documents, kept in JSON."""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy import Text as TextColumn
from sqlmodel import Field, SQLModel

from gateway.config.service import MOST_URL, Upstream, encoded_url
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
from server.domain.errors import Blank, Invalid, TooLong
from server.domain.fields import (
    clean_optional_text,
    clean_system_name,
    created_at,
    updated_at,
)
from server.domain.services.services import Service
from server.kit.json_places import find_line
from server.kit.strict_json import parse_json
from server.kit.yaml_json import BadYaml, yaml_to_json

ADDRESS = "source_url"  # what is wrong with a fetched document is told at this field
MOST_BODY = 25_000_000  # characters, of what is sent and of what YAML makes
API_DOCS_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_\-.]*")  # goes into an address
PATHS = ("paths",)  # what a specification describes
PARTS = ("paths", "components", "webhooks")  # since OpenAPI 3.1 any of these
VERSIONS: Mapping[str, re.Pattern[str]] = {
    "openapi": re.compile(r"3\.[012](\.\d+\S*)?"),
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
    body: str = Field(sa_type=TextColumn)  # JSON
    outline: str = Field(default="", sa_type=TextColumn)  # see `specs.operations`; empty: unknown
    source_url: str = ""  # where it was fetched from; empty: it was given
    published: bool = False
    skip_swagger_validations: bool = False
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()

    @property
    def path(self) -> str:
        """Where the developer portal serves it once it is published."""
        return f"/swagger/spec/{self.system_name}.json"

    @property
    def page_path(self) -> str:
        """Where developers read it there."""
        return f"/api_docs/specs/{self.system_name}"


def clean_api_docs_name(value: str | None, name: str) -> str:
    """Check a specification's system name, or make one. Raises: Invalid, TooLong."""
    system_name = clean_system_name(value, name)
    if not API_DOCS_NAME.fullmatch(system_name):
        raise Invalid("must hold only letters, digits, '_', '-' and '.'.", field="system_name")
    return system_name


def _given_api_docs_name(value: str, name: str) -> str:
    return clean_api_docs_name(value, "") if value.strip() else ""


def clean_source_url(value: str | None, field: str = ADDRESS) -> str:
    """Check where a specification is fetched from, and write it in ASCII. Empty for nowhere.

    Raises: Invalid, TooLong.
    """
    url = clean_optional_text(value, field, most=MOST_URL)
    if not url:
        return ""
    example = "must be an address such as https://api.example.com/openapi.yaml"
    try:
        url = encoded_url(url)
        Upstream.parse(url)
    except ValueError as error:
        raise Invalid(f"{example}: it {error}.", field=field) from error
    if not url.lower().startswith(("http://", "https://")):
        raise Invalid(f"{example}.", field=field)
    return url


def clean_body(value: str, field: str = "body") -> str:
    """Check that a specification is an object in JSON, or in YAML, which becomes JSON.

    JSON stays as it was given. Raises: Blank, TooLong, Invalid. Cost: seconds for the largest.
    """
    body = value.removeprefix("\ufeff").strip()
    if not body:
        raise Blank(field)
    if len(body) > MOST_BODY:
        raise TooLong(field, MOST_BODY)
    try:
        body.encode()
    except UnicodeEncodeError as error:
        raise Invalid("must be valid Unicode text.", field=field) from error
    if not body.startswith(("{", "[", '"')):
        body = _from_yaml(value.removeprefix("\ufeff"), field)
    if not isinstance(_parsed(body, field), dict):
        raise Invalid("must be an object, in JSON or YAML.", field=field)
    return body


def _from_yaml(body: str, field: str) -> str:
    """Write YAML as JSON. Raises: Invalid."""
    try:
        return yaml_to_json(body, MOST_BODY)
    except BadYaml as error:
        raise Invalid(f"must be JSON or YAML. {error}", field=field) from error


def _parsed(body: str, field: str) -> Any:
    """Read JSON of any depth, and with whole numbers of any length. Raises: Invalid."""
    try:
        return parse_json(body, whole=len)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Invalid(f"must be JSON. At {place}: {error.msg}.", field=field) from error
    except ValueError as error:
        raise Invalid("must be JSON, without NaN and numbers like it.", field=field) from error
    except RecursionError as error:
        raise Invalid("must not be nested that deeply.", field=field) from error


class _Flaw(Exception):
    """What a specification lacks, and the names that lead there."""

    def __init__(self, message: str, *path: str) -> None:
        super().__init__(message)
        self.message, self.path = message, path


def refuse_unknown_version(body: str) -> None:
    """Refuse a JSON object that is no specification that can be shown, with the line of the flaw.

    Raises: Invalid.
    """
    try:
        _check(_parsed(body, "body"))
    except _Flaw as flaw:
        line = find_line(body, *flaw.path)
        raise Invalid(f"{flaw.message}: see line {line}.", field="body") from flaw


def _check(document: Mapping[str, Any]) -> None:
    name = next((name for name in VERSIONS if name in document), "")
    version = document.get(name)
    if isinstance(version, float):  # YAML without quotes
        version = str(version)
    if not isinstance(version, str) or not VERSIONS[name].fullmatch(version):
        raise _Flaw(
            'must say its version: "openapi" 3.0, 3.1 or 3.2, "swagger" 2.0, or '
            '"swaggerVersion" 1.2, as a text',
            *filter(None, [name]),
        )
    if name == "swaggerVersion":
        if not isinstance(document.get("apis"), list):
            raise _Flaw('must have a list "apis"', "apis")
        return
    _check_info(document.get("info"))
    _check_parts(document, name, version)


def _check_info(info: object) -> None:
    """Refuse what has no title. Raises: _Flaw."""
    if not isinstance(info, dict):
        raise _Flaw('must have an object "info"', "info")
    title, version = info.get("title"), info.get("version", "")
    if not isinstance(title, str) or not title.strip():
        raise _Flaw('must have a "title" in "info", a text', "info", "title")
    if isinstance(version, bool) or not isinstance(version, str | int | float):
        raise _Flaw('must have a text as "version" in "info"', "info", "version")


def _check_parts(document: Mapping[str, Any], name: str, version: str) -> None:
    """Refuse what describes nothing; since 3.1 webhooks or components will do. Raises: _Flaw."""
    only_paths = name == "swagger" or version.startswith("3.0")
    known = PATHS if only_paths else PARTS
    given = [part for part in known if part in document]
    wrong = [part for part in given if not isinstance(document[part], dict)]
    if wrong or not given:
        names = " or ".join(f'"{part}"' for part in wrong[:1] or known)
        raise _Flaw(f"must have an object {names}", *wrong[:1])


class ApiDocsDraft(Draft):
    """What a specification is made of."""

    name: Name
    body: Annotated[str, Text(clean_body, least=1, most=MOST_BODY), LONG] = Field(
        description="Swagger 1.2 or 2.0, or OpenAPI 3.0 to 3.2, as JSON or YAML."
    )
    source_url: Annotated[str, Text(clean_source_url, most=MOST_URL)] = Field(
        default="",
        description="Where the document was fetched from, to be fetched again: http or https.",
    )
    system_name: Annotated[
        str, Text(_given_api_docs_name), FIXED, MadeFrom("name", clean_api_docs_name)
    ] = ""
    description: Description = ""
    service_id: Annotated[Id | None, Refers(Service)] = None
    published: Flag = False
    skip_swagger_validations: Flag = Field(default=False, description="Take any JSON object.")
