"""From HTTP to a GraphQL request: methods, media types, bounded bodies (GraphQL over HTTP)."""

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from server.kit.strict_json import parse_json
from server.web.accept import accepted_types
from server.web.requests import BadRequest, read_body

MAX_BODY_BYTES = 262_144
JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
OFFERED = {JSON: JSON, GRAPHQL_JSON: GRAPHQL_JSON, "*/*": JSON, "application/*": GRAPHQL_JSON}


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
    return _asked(
        _parsed(await read_body(request, MAX_BODY_BYTES, "request"), "body"),
        media_type,
        reads_only=False,
    )


def parse_accept(accept: str | None) -> str:
    """Choose the answer's media type. Raises: BadRequest 406."""
    for name in accepted_types(accept or "*/*"):
        if name in OFFERED:
            return OFFERED[name]
    raise BadRequest(406, f"Accept {GRAPHQL_JSON} or {JSON}.")


def _parsed(text: str | bytes, name: str) -> Any:
    try:
        return parse_json(text)
    except (ValueError, RecursionError) as error:
        raise BadRequest(400, f"The {name} is not JSON.") from error


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
