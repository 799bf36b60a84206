"""Calls from pages of other origins: the portal's and those that the provider allows.

A service with a policy that decides about origins is left to that. No cookies and no passwords of
the browser's come with such calls. Source: fetch standard, CORS protocol.
"""

from collections.abc import Sequence

from gateway.exchange import Exchange, Header, RawHeaders, Reply

ORIGIN = b"origin"
ASKED_METHOD = b"access-control-request-method"
ASKED_HEADERS = b"access-control-request-headers"
ALLOW_ORIGIN = b"access-control-allow-origin"
ANY = b"*"
MAX_AGE_S = 600
EXPOSED = (b"access-control-expose-headers", ANY)


async def allowed_origin(exchange: Exchange) -> bytes:
    """Find the origin to be named in the answer; empty when the caller's may not read it.

    Raises: DirectoryUnavailable.
    """
    origin = exchange.header(ORIGIN)
    if origin is None:
        return b""
    service = await exchange.runtime.directory.service(exchange.document.service_id)
    if service is None:
        return b""
    if ANY in service.origins:
        return ANY
    return origin if origin.lower() in service.origins else b""


def find_preflight(exchange: Exchange) -> Reply | None:
    """Answer a preflight request; None for any other."""
    asked = exchange.header(ASKED_METHOD) if exchange.method == "OPTIONS" else None
    if asked is None:
        return None
    return Reply(204, preflight(asked, exchange.header(ASKED_HEADERS)))


def preflight(method: bytes, headers: bytes | None) -> Sequence[Header]:
    """Allow what a browser asks for."""
    allowed = [(b"access-control-allow-methods", method)]
    if headers:
        allowed.append((b"access-control-allow-headers", headers))
    allowed.append((b"access-control-max-age", b"%d" % MAX_AGE_S))
    return allowed


def marked(headers: RawHeaders, origin: bytes) -> list[Header]:
    """Let pages of an origin read an answer, unless who wrote it has decided about that."""
    if any(name.lower() == ALLOW_ORIGIN for name, _ in headers):
        return [*headers]
    vary = [] if origin == ANY else [(b"vary", b"Origin")]
    return [*headers, (ALLOW_ORIGIN, origin), EXPOSED, *vary]
