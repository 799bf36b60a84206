"""Answers compressed for those who take gzip: whole texts, and no page that a stranger words.

Who can have a logged-in browser ask for a page, and see how long the answer is, could guess a
secret in it letter by letter where the page repeats what he wrote beside it (BREACH). So what
comes with a cookie or a browser's password is compressed only when nothing of a stranger's is in
the question: GET without a query, answered with 200.

Long texts are compressed beside the loop, and one that has a strong tag, such as a provider's file,
once. Only gzip: the standard library has no other coding that browsers take.
"""

import gzip
from hashlib import sha256

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.kit.lru import LRU

LEAST_BYTES = 1024  # less fits a packet or two anyway
LONG_BYTES = 65_536  # compressed beside the event loop
LEVEL = 5
MOST_KEPT, MOST_KEPT_BYTES = 200, 8_000_000  # of texts that have a tag
MOST_KEPT_TEXT = 1_000_000  # bytes before
TYPES = frozenset(
    {
        "application/graphql-response+json",
        "application/javascript",
        "application/json",
        "application/linkset+json",
        "application/problem+json",
        "application/schema+json",
        "application/vnd.oai.openapi+json",
        "application/xml",
        "application/yaml",
        "image/svg+xml",
    }
)
WITHOUT_BODY = frozenset({204, 206, 304})


def takes_gzip(headers: Headers) -> bool:
    """Return whether a client takes gzip: it says so, or takes all (RFC 9110, 12.5.3)."""
    weights = {}
    for part in ",".join(headers.getlist("accept-encoding")).lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        weights[coding] = not any(_is_nought(parameter) for parameter in parameters)
    return weights.get("gzip", weights.get("*", False))


def _is_nought(parameter: str) -> bool:
    name, _, value = parameter.partition("=")
    return name.strip() == "q" and value.strip(" 0.") == ""


def is_text(content_type: str) -> bool:
    """Return whether a type of content gets shorter by compressing."""
    media_type = content_type.partition(";")[0].strip().lower()
    return media_type in TYPES or (
        media_type.startswith("text/") and media_type != "text/event-stream"
    )


def pack(body: bytes, level: int = LEVEL) -> bytes:
    """Compress; the same bytes each time."""
    return gzip.compress(body, level, mtime=0)


def tell_packed(headers: MutableHeaders, length: int) -> None:
    """Say of an answer that it is compressed, and by what it differs from the plain one."""
    headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(length)
    tag = headers.get("etag")
    if tag is not None and not tag.startswith("W/"):
        headers["ETag"] = f"W/{tag}"


class Compressed:
    """An app whose answers are compressed where that helps and tells nobody a secret."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._known: LRU[bytes] = LRU(most_entries=MOST_KEPT, most_bytes=MOST_KEPT_BYTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started: Message | None = None

        async def send_packed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = message
                return
            if started is not None:
                start, started = started, None
                if not message.get("more_body", False):
                    message = await self._packed(Headers(scope=scope), scope, start, message)
                await send(start)
            await send(message)

        await self._app(scope, receive, send_packed)

    async def _packed(
        self, asked: Headers, scope: Scope, start: Message, message: Message
    ) -> Message:
        """Compress a whole answer, whose start is changed; or give it back as it is."""
        headers = MutableHeaders(raw=list(start.get("headers", ())))
        body = message.get("body", b"")
        if not _may_be(headers, start["status"], body):
            return message
        headers.add_vary_header("Accept-Encoding")
        if takes_gzip(asked) and _tells_no_secret(asked, scope, start["status"]):
            comes_again = headers.get("etag", "W/")[:2] != "W/" and len(body) <= MOST_KEPT_TEXT
            body = await (self._pack_once(body) if comes_again else _pack(body))
            tell_packed(headers, len(body))
        start["headers"] = headers.raw
        return {**message, "body": body}

    async def _pack_once(self, body: bytes) -> bytes:
        digest = sha256(body).digest()  # and not the tag, which others make
        known = self._known.find(digest)
        if known is None:
            known = await _pack(body)
            self._known.keep(digest, known, len(known))
        return known


async def _pack(body: bytes) -> bytes:
    return await to_thread.run_sync(pack, body) if len(body) > LONG_BYTES else pack(body)


def _may_be(headers: MutableHeaders, status: int, body: bytes) -> bool:
    """Return whether an answer may be compressed, and gets shorter by it."""
    return (
        len(body) >= LEAST_BYTES
        and status not in WITHOUT_BODY
        and "content-encoding" not in headers
        and "no-transform" not in headers.get("cache-control", "")
        and is_text(headers.get("content-type", ""))
    )


def _tells_no_secret(asked: Headers, scope: Scope, status: int) -> bool:
    """Return whether nobody can guess secrets by the answer's length, see the top of this file."""
    credentials = asked.get("authorization", "").lower()
    is_program = bool(credentials) and not credentials.startswith("basic")
    is_browser = bool(credentials) or "cookie" in asked
    return (
        is_program
        or not is_browser
        or scope["method"] in {"GET", "HEAD"}
        and not scope.get("query_string")
        and status == 200
    )
