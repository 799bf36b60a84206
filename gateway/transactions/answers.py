"""Answers of the Service Management API as they go over the wire: status, headers, body."""

from dataclasses import dataclass

from gateway.exchange import RawHeaders, Send

Header = tuple[bytes, bytes]

XML_TYPE = b"application/vnd.3scale-v2.0+xml"
SHARED: tuple[Header, ...] = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, 3scale-rejection-reason"),
)
POLICY: Header = (b"content-security-policy", b"default-src 'self'")
ALLOWED_HEADERS = (
    b"Authorization, Accept-Encoding, Content-Type, Cache-Control, Accept, If-Match, "
    b"If-Modified-Since, If-None-Match, If-Unmodified-Since, X-Requested-With, "
    b"X-HTTP-Method-Override, 3scale-options"
)
COMPATIBLE_WITH = b"3.4.3"  # the version of the reference that clients may rely on


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `is_error` leaves out what only normal answers carry."""

    status: int
    body: bytes = b""
    headers: RawHeaders = ()
    is_error: bool = False
    content_type: bytes = XML_TYPE


NOT_FOUND = Answer(404, is_error=True)
ACCEPTED = Answer(202)
AVAILABLE = Answer(200)
CHECK = Answer(200, b"ok", content_type=b"text/plain")
STATUS = Answer(
    200,
    b'{"status":"ok","version":{"backend":"' + COMPATIBLE_WITH + b'"}}',
    content_type=b"application/json",
)
FAULT = Answer(500, b"Internal Server Error\n", is_error=True, content_type=b"text/plain")
PREFLIGHT = Answer(
    204,
    headers=(
        (b"access-control-max-age", b"86400"),
        (b"access-control-allow-methods", b"GET, POST, PATCH, PUT, DELETE"),
        (b"access-control-allow-headers", ALLOWED_HEADERS),
    ),
)


async def send_answer(send: Send, answer: Answer, *, head_only: bool = False) -> None:
    """Send an answer; `head_only` tells its length but not its body."""
    headers: list[Header] = [(b"content-type", answer.content_type), *SHARED]
    if not answer.is_error:
        headers.append(POLICY)
    if answer.status != 204:
        headers.append((b"content-length", b"%d" % len(answer.body)))
    headers.extend(answer.headers)
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    body = b"" if head_only else answer.body
    await send({"type": "http.response.body", "body": body})
