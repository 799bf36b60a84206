"""Requests larger than everybody's: a document or file, sent by who may save one."""

import binascii
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from server.auth.dependencies import Dependencies, get_provider_by_host
from server.domain.actors import Actor
from server.domain.errors import Invalid, NotFound
from server.domain.permissions import Permission
from server.domain.portal.files import MOST_FILE_BYTES
from server.domain.portal.gallery import MOST_PICTURE_BYTES
from server.domain.provider.bulk import MOST_INPUT
from server.graphql.callers import AuthContext
from server.graphql.requests import MAX_BODY_BYTES, parse_object
from server.web.long_texts import without_long_texts
from server.web.requests import BadRequest, host_of

ALONE_BYTES = 1_048_576  # of larger requests one is answered after the other


@dataclass(frozen=True, slots=True)
class Large:
    """A mutation that takes one long text among its variables."""

    attribute: str
    permission: Permission
    most_bytes: int  # of its request


Mutations = Mapping[str, Large]


def _base64(size: int) -> int:
    """Tell how large the request of a file is."""
    return size * 4 // 3 + MAX_BODY_BYTES


_DOCUMENT = Large("body", Permission.SERVICES_EDIT, 155_000_000)  # the most, each escaped
_FILE = Large("contentBase64", Permission.PORTAL_EDIT, _base64(MOST_FILE_BYTES))
ADMIN: Mutations = {
    "apiDocsCreate": _DOCUMENT,
    "apiDocsUpdate": _DOCUMENT,
    "portalFileCreate": _FILE,
    "portalFileUpdate": _FILE,
    "bulkImport": Large("lines", Permission.ACCOUNTS_EDIT, 2 * MOST_INPUT),  # each escaped
}
_PICTURE = Large("pictureBase64", Permission.APPLICATIONS_EDIT, _base64(MOST_PICTURE_BYTES))
DEVELOPER: Mutations = {"galleryAsk": _PICTURE}


def parse_base64(text: str, field: str) -> bytes:
    """Read bytes out of a request. Raises: Invalid."""
    try:
        return b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Invalid("must be base64.", field=field) from error


def is_large(request: Request, mutations: Mutations) -> bool:
    """Return whether a request says that it is larger than everybody's."""
    length = request.headers.get("content-length", "")
    most = max((each.most_bytes for each in mutations.values()), default=0)
    return length.isdecimal() and MAX_BODY_BYTES < int(length[:18]) <= most


def get_most_bytes(
    deps: Dependencies,
    recognise: Callable[[AuthContext], Actor],
    mutations: Mutations,
    request: Request,
) -> int:
    """Tell how much the sender may send, before anything of it is read. Raises: BadRequest."""
    with deps.database.read() as db:
        try:
            provider = get_provider_by_host(db, deps.installation, host_of(request))
        except NotFound as error:
            raise BadRequest(404, error.message) from error
        actor = recognise(AuthContext(deps, db, provider, request))
    allowed = [each.most_bytes for each in mutations.values() if actor.may(each.permission)]
    if not allowed:
        raise too_large(mutations)
    return max(allowed)


def check_large(body: bytes, mutations: Mutations) -> None:
    """Refuse what is more than one long text and a small request around it.

    Raises: BadRequest. Cost: linear; nothing is built of a request that is refused.
    """
    rest, found = without_long_texts(body)
    if found > 1 or len(rest) > MAX_BODY_BYTES:
        raise too_large(mutations)
    try:
        query = parse_object(rest).get("query")
    except BadRequest as error:  # it is too large in any case
        raise too_large(mutations) from error
    named = [each for name, each in mutations.items() if isinstance(query, str) and name in query]
    if len(body) > max((each.most_bytes for each in named), default=0):
        raise too_large(mutations)


def too_large(mutations: Mutations) -> BadRequest:
    """Say what alone may be large."""
    names: dict[str, list[str]] = {}
    for name, each in mutations.items():
        names.setdefault(each.attribute, []).append(name)
    parts = " and ".join(f"{key} of {' or '.join(each)}" for key, each in names.items())
    return BadRequest(
        413,
        f"A request holds at most {MAX_BODY_BYTES} bytes. Only {parts} may be larger, as one text "
        "among the variables, of who may save it.",
    )
