"""XML or JSON: which one a request asks for, and answers written in it."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from starlette.responses import Response

from server.kit.strict_json import json_bytes
from server.kit.xml import Element, document_of
from server.web.accept import accepted_types

PREFIX, MASTER_PREFIX = "/admin/api", "/master/api"


class Format(StrEnum):
    """The languages of the REST API."""

    XML = "xml"
    JSON = "json"


MEDIA_TYPES = {
    Format.XML: "application/xml; charset=utf-8",
    Format.JSON: "application/json; charset=utf-8",
}
ACCEPTED = {
    "application/json": Format.JSON,
    "application/xml": Format.XML,
    "text/xml": Format.XML,
    "application/*": Format.XML,
    "text/*": Format.XML,
    "*/*": Format.XML,
}
Value = str | int | bool | Decimal | datetime | None


class UnknownFormat(ValueError):
    """A request for a language that we do not write."""


def parse_format(suffix: str | None, accept: str) -> Format:
    """Choose by the path's suffix, else by the Accept header; XML by default.

    Raises: UnknownFormat.
    """
    if suffix is not None:
        if suffix not in set(Format):
            raise UnknownFormat(suffix)
        return Format(suffix)
    if not accept.strip():
        return Format.XML
    for media_type in accepted_types(accept):
        if media_type in ACCEPTED:
            return ACCEPTED[media_type]
    raise UnknownFormat(accept)


def parse_json_format(suffix: str | None, accept: str) -> Format:
    """Let through who takes JSON, of operations that have nothing else. Raises: UnknownFormat."""
    if suffix is not None:
        if suffix != Format.JSON:
            raise UnknownFormat(suffix)
        return Format.JSON
    if accept.strip() and not {"application/json", "application/*", "*/*"} & {
        *accepted_types(accept)
    }:
        raise UnknownFormat(accept)
    return Format.JSON


def xml_answer(root: Element, status: int, location: str | None = None) -> Response:
    return _response(document_of(root), Format.XML, status, location)


def json_answer(body: Mapping[str, Any], status: int, location: str | None = None) -> Response:
    return _response(json_bytes(body), Format.JSON, status, location)


def _response(body: bytes, language: Format, status: int, location: str | None) -> Response:
    headers = {
        "cache-control": "private, no-store" if status >= 400 else "private, max-age=0",
        "x-content-type-options": "nosniff",
    }
    if location is not None:
        headers["location"] = location
    return Response(body, status, headers, MEDIA_TYPES[language])


def unless_known(response: Response, if_none_match: str) -> Response:
    """Add the ETag of a GET's answer; answer 304 when the caller has it already."""
    etag = f'W/"{hashlib.sha256(response.body).hexdigest()[:32]}"'
    response.headers["etag"] = etag
    known = {tag.strip() for tag in if_none_match.split(",")}
    if response.status_code == 200 and etag in known:
        return Response(status_code=304, headers={"etag": etag})
    return response


def text(value: Value) -> str:
    """Write a value as XML text: ISO 8601 times in UTC, lower-case booleans, empty for nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return time_of(value)
    return str(value)


def time_of(at: datetime) -> str:
    """Write a time in UTC without fractions, such as 2031-01-31T23:59:59Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def json_value(value: Value) -> Any:
    """Turn a value into what JSON can hold: times as in XML, amounts as numbers."""
    if isinstance(value, datetime):
        return time_of(value)
    return float(value) if isinstance(value, Decimal) else value
