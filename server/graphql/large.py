"""Requests larger than everybody's: a specification, sent by staff who may save one."""

import re

from starlette.requests import Request

from server.auth.dependencies import Dependencies, get_provider_by_host
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.graphql.callers import AuthContext, admin
from server.graphql.requests import MAX_BODY_BYTES, parse_object
from server.web.requests import BadRequest, host_of

MOST_BYTES = 155_000_000  # a document of the most characters, each escaped
DOCUMENT_BYTES = 65_536  # a longer text is a document
MUTATIONS = ("apiDocsCreate", "apiDocsUpdate")
STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)  # never goes back: its cost is linear
TOO_LARGE = (
    f"A request holds at most {MAX_BODY_BYTES} bytes. Only the body of {' or '.join(MUTATIONS)} "
    "may be larger, as one text among the variables, of staff who may edit services."
)


def is_large(request: Request) -> bool:
    """Return whether a request says that it is larger than everybody's."""
    length = request.headers.get("content-length", "")
    return length.isdecimal() and MAX_BODY_BYTES < int(length[:18]) <= MOST_BYTES


def check_sender(deps: Dependencies, request: Request) -> None:
    """Let through who may save a specification, before anything is read. Raises: BadRequest."""
    with deps.database.read() as db:
        try:
            provider = get_provider_by_host(db, deps.installation, host_of(request))
        except NotFound as error:
            raise BadRequest(404, error.message) from error
        actor = admin(AuthContext(deps, db, provider, request))
    if not actor.may(Permission.SERVICES_EDIT):
        raise BadRequest(413, TOO_LARGE)


def check_large(body: bytes) -> None:
    """Refuse what is more than one document and a small request around it.

    Raises: BadRequest. Cost: linear; nothing is built of a request that is refused.
    """
    documents = 0

    def small(match: re.Match[bytes]) -> bytes:
        nonlocal documents
        if len(match[0]) <= DOCUMENT_BYTES:
            return match[0]
        documents += 1
        return b'""'

    rest = STRING.sub(small, body)
    if documents > 1 or len(rest) > MAX_BODY_BYTES:
        raise BadRequest(413, TOO_LARGE)
    try:
        query = parse_object(rest).get("query")
    except BadRequest as error:  # it is too large in any case
        raise BadRequest(413, TOO_LARGE) from error
    if not isinstance(query, str) or not any(name in query for name in MUTATIONS):
        raise BadRequest(413, TOO_LARGE)
