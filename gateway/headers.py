"""Which headers travel to the upstream and back. Source: trust 16, reference-gateway 7."""

from gateway.exchange import Exchange, Header, RawHeaders
from gateway.hops import HOPS

HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
# Ours to say, so never a caller's, and `x-forwarded-*` with them: compared with '_' read as '-',
# as many servers do.
OURS = HOP_BY_HOP | {
    "expect",
    "forwarded",
    "host",
    "x-3scale-debug",
    "x-3scale-proxy-secret-token",
    HOPS,  # a caller's is read, and written anew
    "x-original-url",  # some servers take the path from here, which no rule has seen
    "x-real-ip",
    "x-rewrite-url",
}
KEPT = frozenset({"content-length", "content-type"})  # whatever Connection says about them
USER_AGENT = (b"user-agent", b"gatehouse")  # of a call that names none
_ONES_OWN = frozenset(name.encode() for name in HOP_BY_HOP) | {b"date"}  # of the upstream
_KEPT = frozenset(name.encode() for name in KEPT)

_REQUEST_NAMES: dict[bytes, bool] = {}  # name as sent → whether it is forwarded
_MOST_NAMES = 2_000
_HOPS = HOPS.encode()


def end_to_end(headers: RawHeaders) -> list[Header]:
    """Leave out what a caller names in `Connection`, and that header itself.

    Whoever adds a header for the upstream does this first, or a caller could name it away.
    """
    named = [value for name, value in headers if name == b"connection"]
    hop = _named(b",".join(named)) - _KEPT
    return [each for each in headers if each[0] != b"connection" and each[0] not in hop]


def is_ours(name: str) -> bool:
    """Return whether a lower-case name of a request header is the gateway's alone to set."""
    dashed = name.replace("_", "-")
    return dashed in OURS or dashed.startswith("x-forwarded-")


def upstream_headers(exchange: Exchange) -> list[Header]:
    """Write the headers of the call to the upstream, without `Host`; values keep their bytes."""
    headers: list[Header] = []
    hop: frozenset[bytes] = frozenset()
    has_agent = False
    for header in exchange.headers:
        name = header[0]
        if _REQUEST_NAMES[name] if name in _REQUEST_NAMES else _learn(name):
            headers.append(header)
            has_agent = has_agent or name == b"user-agent"
        elif name == b"connection" and header[1].lower() not in {b"keep-alive", b"close"}:
            hop |= _named(header[1])
    if hop:
        headers = [each for each in headers if each[0] not in hop or each[0] in _KEPT]
    client = exchange.client.encode("latin-1")
    headers += (
        (b"x-real-ip", client),
        (b"x-forwarded-for", client),
        (b"x-forwarded-host", exchange.host.encode("latin-1")),
        (b"x-forwarded-proto", exchange.scheme.encode("latin-1")),
        (_HOPS, b"%d" % (exchange.hops + 1)),
    )
    if not has_agent:
        headers.append(USER_AGENT)
    secret_token = exchange.document.proxy.secret_token
    if secret_token:
        headers.append((b"x-3scale-proxy-secret-token", secret_token.encode("latin-1")))
    return headers


def caller_headers(items: RawHeaders, status: int) -> list[Header]:
    """Write the headers of the answer to the caller; values keep their bytes."""
    headers: list[Header] = []
    hop: frozenset[bytes] = frozenset()
    for header in items:
        name = header[0]
        if name in _ONES_OWN:  # the server in front of us writes its own date
            if name == b"connection":
                hop |= _named(header[1])
        elif name != b"content-length" or status not in {204, 304}:
            headers.append(header)
    if hop:
        headers = [each for each in headers if each[0] not in hop or each[0] in _KEPT]
    return headers


def _named(connection: bytes) -> frozenset[bytes]:
    return frozenset(name.strip().lower() for name in connection.split(b","))


def _learn(name: bytes) -> bool:
    is_forwarded = not is_ours(name.decode("latin-1"))
    if len(_REQUEST_NAMES) < _MOST_NAMES:
        _REQUEST_NAMES[name] = is_forwarded
    return is_forwarded
