"""What GraphQL over HTTP asks of a request's head, and of its JSON; the library reads the rest."""

from typing import Any

from starlette.requests import Request
from strawberry.http import GraphQLRequestData

from server.graphql.persisted import find_hash
from server.kit.strict_json import parse_json
from server.web.accept import accepted_types
from server.web.requests import BadRequest

MAX_BODY_BYTES = 262_144
JSON = "application/json"
EVENT_STREAM = "text/event-stream"
STREAM_TOKEN = "x-graphql-event-stream-token"  # noqa: S105 - a name of the protocol
GRAPHQL_JSON = "application/graphql-response+json"
OFFERED = {JSON: JSON, GRAPHQL_JSON: GRAPHQL_JSON, "*/*": JSON, "application/*": GRAPHQL_JSON}


class SingleConnection(BadRequest):
    """A client of GraphQL over SSE asks for one stream for all operations.

    Its reservation would be of one process, and its operations may come to another one.
    """

    code = "SINGLE_CONNECTION_UNSUPPORTED"

    def __init__(self, status: int) -> None:
        super().__init__(
            status,
            "Each operation has a connection of its own here. Make the client without "
            "singleConnection, or use the WebSocket of graphql-transport-ws.",
            {"Allow": "GET, POST"} if status == 405 else None,
        )


def check_head(request: Request) -> None:
    """Refuse what can be no request of ours. Raises: BadRequest."""
    _check_connection(request)
    if request.method == "GET":
        return
    if request.method != "POST":
        raise BadRequest(405, "Use GET or POST.", {"Allow": "GET, POST"})
    content_type, _, parameters = request.headers.get("content-type", "").partition(";")
    if content_type.strip().lower() != JSON:
        raise BadRequest(415, f"Send the request as {JSON}.")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if charset not in {"", "utf-8", "utf8"}:
        raise BadRequest(415, "Send the request in UTF-8.")


def _check_connection(request: Request) -> None:
    """Refuse the single connection mode of GraphQL over SSE. Raises: BadRequest."""
    if request.method == "PUT":
        raise SingleConnection(405)  # a reservation
    has_token = STREAM_TOKEN in request.headers
    is_stream = EVENT_STREAM in request.headers.get("accept", "").lower()
    if has_token or (is_stream and "token" in request.query_params):
        raise SingleConnection(405 if request.method == "DELETE" else 400)


def parse_accept(accept: str | None) -> str:
    """Choose the answer's media type. Raises: BadRequest 406."""
    for name in accepted_types(accept or "*/*"):
        if name in OFFERED:
            return OFFERED[name]
    raise BadRequest(406, f"Accept {GRAPHQL_JSON} or {JSON}.")


def parse_object(text: str | bytes) -> dict[str, Any]:
    """Read a request, its variables or extensions; null is an empty one. Raises: BadRequest."""
    try:
        value = parse_json(text)
    except (ValueError, RecursionError) as error:
        raise BadRequest(400, "The request is not JSON.") from error
    if not isinstance(value, dict | None):
        raise BadRequest(400, "Send one JSON object; batches are not supported.")
    return value or {}


def check_data(data: GraphQLRequestData) -> None:
    """Refuse a request without a query, or for an operation without a name. Raises: BadRequest."""
    if not data.query and find_hash(data.extensions) is None:
        raise BadRequest(400, "Send the parameter query, a string.")
    if not isinstance(data.operation_name, str | None):
        raise BadRequest(400, "The parameter operationName has the wrong type.")
