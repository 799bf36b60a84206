"""Mapping rules: which calls count for which metric."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator
from sqlmodel import Field, SQLModel

from server.domain.attributes import Flag, Id, Position, Refers, Text, Whole
from server.domain.drafts import Draft
from server.domain.errors import Invalid
from server.domain.fields import clean_optional_text, created_at, updated_at
from server.domain.services.metrics import Metric

MOST_DELTA = 2**31 - 1
MOST_PATTERN = 2048
SEGMENT = r"(?:[A-Za-z0-9\-._~!&'()*+,;=:@%]|\{[A-Za-z_]\w*\})"
PATTERN = re.compile(rf"(?:/{SEGMENT}*)+\$?(?:\?[^\s?#]*)?", re.ASCII)
VARIABLE = re.compile(r"\{(\w+)\}")
ONE_VARIABLE = re.compile(r"\{[A-Za-z_]\w*\}", re.ASCII)
REDIRECT = re.compile(r"https?://[A-Za-z0-9\[][!-~]*")
BRACES = re.compile(r"[{}]|%7[BbDd]")


class HTTPMethod(StrEnum):
    """The methods of calls that rules may name."""

    GET = "GET"
    POST = "POST"
    PUT = "PUT"
    PATCH = "PATCH"
    DELETE = "DELETE"
    HEAD = "HEAD"
    OPTIONS = "OPTIONS"
    ANY = "ANY"  # every method, also those that have no name here


class Direction(StrEnum):
    """Where a rule moves to in the order of the rules beside it."""

    UP = "up"
    DOWN = "down"


class MappingRule(SQLModel, table=True):
    """Which calls of a service or of a backend API count for which metric.

    Source: reference-portal 9.2.
    """

    __tablename__ = "mapping_rules"

    id: int = Field(default=None, primary_key=True)
    provider_id: int = Field(foreign_key="providers.id")
    service_id: int | None = Field(default=None, foreign_key="services.id", index=True)
    backend_api_id: int | None = Field(default=None, foreign_key="backend_apis.id", index=True)
    metric_id: int = Field(foreign_key="metrics.id", index=True)
    http_method: str
    pattern: str
    delta: int = 1
    position: int = 1
    last: bool = False
    redirect_url: str = ""  # kept for gateways of the reference: none follows it any more
    created_at: datetime = created_at()
    updated_at: datetime = updated_at()


def clean_pattern(text: str | None, field: str = "pattern") -> str:
    """Check a mapping rule's pattern. Raises: Invalid, TooLong."""
    pattern = clean_optional_text(text, field, most=MOST_PATTERN)
    if not PATTERN.fullmatch(pattern):
        raise Invalid(
            "must start with '/' and be made of path segments and {variables}; "
            "it may end in '$' and have a query string such as ?mode={mode}.",
            field=field,
        )
    path, _, query = pattern.partition("?")
    names = VARIABLE.findall(pattern)
    if len(names) != len(set(names)):
        raise Invalid("must not repeat a variable.", field=field)
    for pair in filter(None, query.split("&")):
        _check_parameter(*pair.partition("=")[::2], field)
    if "$" in path[:-1]:
        raise Invalid("may have '$' only at the end of the path.", field=field)
    return pattern


def _check_parameter(name: str, wanted: str, field: str) -> None:
    """Refuse what looks like a variable and would be none, or the other way round."""
    if BRACES.search(name):
        raise Invalid("must not use a variable as a parameter name.", field=field)
    if BRACES.search(wanted) and not ONE_VARIABLE.fullmatch(wanted):
        raise Invalid(
            "may have a variable only as the whole value of a parameter: "
            "write ?v={n} for any value, ?v=1 for one.",
            field=field,
        )


def clean_redirect(text: str, field: str) -> str:
    """Check where calls are said to be sent instead. Raises: Invalid, TooLong."""
    url = clean_optional_text(text, field, most=MOST_PATTERN)
    if url and not REDIRECT.fullmatch(url):
        raise Invalid("must be a URL such as https://api.example.com/v2.", field=field)
    return url


def _upper(value: Any) -> Any:
    return value.strip().upper() if isinstance(value, str) else value


class MappingRuleDraft(Draft):
    """What a mapping rule is made of."""

    metric_id: Annotated[Id, Refers(Metric)]
    http_method: Annotated[HTTPMethod, BeforeValidator(_upper)]
    pattern: Annotated[str, Text(clean_pattern, least=1, most=MOST_PATTERN)]
    delta: Annotated[int, Whole(1, MOST_DELTA)] = 1
    position: Position | None = Field(default=None, description="Without one, it goes to the end.")
    last: Flag = False
    redirect_url: Annotated[str, Text(clean_redirect, most=MOST_PATTERN)] = Field(
        default="", description="Stored, shown and exported; gateways do nothing with it."
    )
