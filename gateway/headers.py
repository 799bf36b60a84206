"""Which headers travel to the upstream and back. Source: trust 16, reference-gateway 7."""

from collections.abc import Iterable

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

_REQUEST_NAMES: dict[bytes, str | None] = {}  # name as sent → as forwarded, None to drop
_MOST_NAMES = 2_000


def end_to_end(headers: RawHeaders) -> list[Header]:
    """Leave out what a caller names in `Connection`, and that header itself.

    Whoever adds a header for the upstream does this first, or a caller could name it away.
    """
    named = [value for name, value in headers if name == b"connection"]
    hop = frozenset(name.encode("latin-1") for name in _named(b",".join(named).decode("latin-1")))
    hop -= frozenset(name.encode("ascii") for name in KEPT)
    return [each for each in headers if each[0] != b"connection" and each[0] not in hop]


def is_ours(name: str) -> bool:
    """Return whether a lower-case name of a request header is the gateway's alone to set."""
    dashed = name.replace("_", "-")
    return dashed in OURS or dashed.startswith("x-forwarded-")


def upstream_headers(exchange: Exchange) -> list[tuple[str, str]]:
    """Write the headers of the call to the upstream; `Host` only where it is rewritten."""
    headers: list[tuple[str, str]] = []
    hop: frozenset[str] = frozenset()
    for raw_name, raw_value in exchange.headers:
        name = _REQUEST_NAMES[raw_name] if raw_name in _REQUEST_NAMES else _learn(raw_name)
        if name is not None:
            headers.append((name, _text(raw_value)))
        elif raw_name == b"connection" and raw_value.lower() not in {b"keep-alive", b"close"}:
            hop |= _named(raw_value.decode("latin-1"))
    if hop:
        headers = [each for each in headers if each[0] not in hop or each[0] in KEPT]
    proxy = exchange.document.proxy
    headers += (
        ("x-real-ip", exchange.client),
        ("x-forwarded-for", exchange.client),
        ("x-forwarded-host", exchange.host),
        ("x-forwarded-proto", exchange.scheme),
        (HOPS, str(exchange.hops + 1)),
    )
    if proxy.secret_token:
        headers.append(("x-3scale-proxy-secret-token", proxy.secret_token))
    if proxy.hostname_rewrite:
        headers.append(("host", proxy.hostname_rewrite))
    return headers


def caller_headers(
    items: Iterable[tuple[str, str]], status: int
) -> tuple[list[tuple[bytes, bytes]], int | None]:
    """Write the headers of the answer to the caller; also gives the length of its body if told."""
    headers: list[tuple[bytes, bytes]] = []
    hop: frozenset[str] = frozenset()
    length: int | None = None
    for name, value in items:
        if name in HOP_BY_HOP:
            if name == "connection":
                hop |= _named(value)
            continue
        if name == "date":
            continue  # the server in front of us writes its own
        if name == "content-length":
            if status in {204, 304}:
                continue
            length = int(value)
        headers.append((name.encode("latin-1"), value.encode("latin-1", "replace")))
    if hop:
        headers = [each for each in headers if each[0].decode("latin-1") not in hop - KEPT]
    return headers, length


def _named(connection: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for name in connection.split(","))


def _learn(raw_name: bytes) -> str | None:
    text = raw_name.decode("latin-1")
    name = None if is_ours(text) else text
    if len(_REQUEST_NAMES) < _MOST_NAMES:
        _REQUEST_NAMES[raw_name] = name
    return name


def _text(raw: bytes) -> str:
    """Decode a value so that the client's UTF-8 gives the same bytes again."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
