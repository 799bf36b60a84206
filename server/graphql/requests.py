"""From HTTP to a GraphQL request: methods, media types, bounded bodies (GraphQL over HTTP)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request

MAX_BODY_BYTES = 262_144
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
ANY = {"*/*": JSON, "application/*": GRAPHQL_JSON}


class BadRequest(Exception):
    """A request that is refused before GraphQL sees it."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


@dataclass(frozen=True, slots=True)
class Asked:
    """A GraphQL request."""

    query: str
    variables: dict[str, Any] | None = None
    operation_name: str | None = None
    reads_only: bool = False
    media_type: str = JSON
    extensions: dict[str, Any] = field(default_factory=dict)


async def parse_request(request: Request) -> Asked:
    """Read a request. Raises: BadRequest."""
    media_type = parse_accept(request.headers.get("accept"))
    if request.method == "GET":
        return _asked(_parse_query(request), media_type, reads_only=True)
    if request.method != "POST":
        raise BadRequest(405, "Use GET or POST.", {"Allow": "GET, POST"})
    content_type, _, parameters = request.headers.get("content-type", "").partition(";")
    if content_type.strip().lower() != JSON:
        raise BadRequest(415, f"Send the request as {JSON}.")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if charset not in {"", "utf-8", "utf8"}:
        raise BadRequest(415, "Send the request in UTF-8.")
    return _asked(_parsed(await _read_body(request), "body"), media_type, reads_only=False)


def parse_accept(accept: str | None) -> str:
    """Choose the answer's media type. Raises: BadRequest 406."""
    best, best_q = "", 0.0
    for part in (accept or "*/*").split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        offered = ANY.get(name) or (name if name in {JSON, GRAPHQL_JSON} else "")
        q = _quality(parameters)
        if offered and q > best_q:
            best, best_q = offered, q
    if not best:
        raise BadRequest(406, f"Accept {GRAPHQL_JSON} or {JSON}.")
    return best


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


async def _read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise BadRequest(413, f"A request holds at most {MAX_BODY_BYTES} bytes.")
    return bytes(body)


def _parsed(text: str | bytes, name: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadRequest(400, f"The {name} is not JSON.") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _parse_query(request: Request) -> dict[str, Any]:
    params = request.query_params
    found: dict[str, Any] = {
        name: params[name] for name in ("query", "operationName") if name in params
    }
    for name in ("variables", "extensions"):
        if params.get(name):
            found[name] = _parsed(params[name], name)
    return found


def _asked(given: Any, media_type: str, *, reads_only: bool) -> Asked:
    if not isinstance(given, dict):
        raise BadRequest(400, "Send one JSON object; batches are not supported.")
    for name, kind in (("operationName", str), ("variables", dict), ("extensions", dict)):
        if not isinstance(given.get(name), kind | None):
            raise BadRequest(400, f"The parameter {name} has the wrong type.")
    query = given.get("query")
    if not isinstance(query, str) or not query:
        raise BadRequest(400, "Send the parameter query, a string.")
    operation_name = given.get("operationName") or None
    return Asked(query, given.get("variables"), operation_name, reads_only, media_type)


def check_same_origin(request: Request) -> None:
    """Refuse a cookie that a page of another origin made the browser send. Raises: BadRequest."""
    origin = request.headers.get("origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if foreign or site not in {"same-origin", "none"}:
        raise BadRequest(403, "A page of another site may not use your session.")
