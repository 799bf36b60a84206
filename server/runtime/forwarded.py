"""The real client behind trusted proxies: from `X-Forwarded-For` or `Forwarded` (RFC 7239).

The chain is walked from the right, where the nearest proxy wrote, past those that are trusted: the
first address that is not trusted is the client, since nothing left of it has a witness.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from starlette.types import ASGIApp, Receive, Scope, Send

from server.kit.networks import Address, Network, find_address, holder_of, holds
from server.runtime.connections import REFUSED
from server.runtime.descriptors import Shares

FORWARDED_FOR = b"x-forwarded-for"
FORWARDED_PROTO = b"x-forwarded-proto"
FORWARDED = b"forwarded"
SCHEMES = frozenset({"http", "https"})
MOST_READ = 2_048  # characters of a chain, its right end
TOO_MANY = b"Your address has too many requests under way. (too_many_connections)\n"

Hop = tuple[str, str]  # for whom, by which scheme; empty when it is not told
Headers = Sequence[tuple[bytes, bytes]]


class BehindProxies:
    """Puts the real client and scheme into what trusted proxies pass on, before anybody asks.

    Behind a proxy connections tell nothing of who holds them, so it is requests that are counted.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[Network], most_of_one: int) -> None:
        self._app = app
        self._trusted = trusted
        self._most_of_one = most_of_one
        self._under_way: Counter[str] = Counter()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        peer = find_address((scope.get("client") or ("",))[0])
        if peer is None or not holds(self._trusted, peer):
            await self._app(scope, receive, send)
            return
        client, scheme = client_of(peer, scope["headers"], self._trusted)
        scope["client"] = (str(client), 0)
        scope["scheme"] = scheme or scope["scheme"]
        holder = holder_of(str(client))
        if self._under_way[holder] >= self._most_of_one and client != peer:
            REFUSED.labels("too_many_connections").inc()
            await _refuse(scope, send)
            return
        self._under_way[holder] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._under_way[holder] -= 1
            if not self._under_way[holder]:
                del self._under_way[holder]


def behind_proxies(app: ASGIApp, trusted: Sequence[Network]) -> ASGIApp:
    """Have an app see real clients; where no proxy is trusted it costs nothing."""
    return BehindProxies(app, trusted, Shares.of_this_process().per_address) if trusted else app


def client_of(peer: Address, headers: Headers, trusted: Sequence[Network]) -> tuple[Address, str]:
    """Tell who sent what a trusted peer passed on, and by which scheme, empty if it is not told.

    `X-Forwarded-For` counts where it is sent, else `Forwarded`. What can't be read ends the walk.
    """
    by_name: dict[bytes, list[str]] = {}
    for name, value in headers:
        if name in {FORWARDED_FOR, FORWARDED_PROTO, FORWARDED}:
            by_name.setdefault(name, []).append(value.decode("latin-1"))
    protos = by_name.get(FORWARDED_PROTO, [])
    said = _scheme(protos[-1].rpartition(",")[2]) if protos else ""
    if FORWARDED_FOR in by_name:
        hops = _hops_of_list(",".join(by_name[FORWARDED_FOR])[-MOST_READ:])
    else:
        hops = _hops_of_pairs(",".join(by_name.get(FORWARDED, ()))[-MOST_READ:])
    client, scheme = peer, ""
    for text, proto in hops:
        address = _find_node(text)
        if address is None:
            break
        client, scheme = address, _scheme(proto)
        if not holds(trusted, client):
            break
    return client, said or scheme


def _hops_of_list(text: str) -> Iterator[Hop]:
    """Take `X-Forwarded-For` apart, the nearest first."""
    while text:
        text, _, last = text.rpartition(",")
        yield last, ""


def _hops_of_pairs(text: str) -> Iterator[Hop]:
    """Take `Forwarded` apart, the nearest first; quotes that are left open hide nothing of it."""
    for element in _split_from_right(text, ","):
        pairs: dict[str, str] = {}
        for pair in _split_from_right(element, ";"):
            name, _, value = pair.partition("=")
            pairs[name.strip().lower()] = value.strip().strip('"')
        yield pairs.get("for", ""), pairs.get("proto", "")


def _split_from_right(text: str, mark: str) -> Iterator[str]:
    """Split at marks that have an even number of quotes to their right within their part."""
    part = ""
    while text:
        text, _, last = text.rpartition(mark)
        part = f"{last}{mark}{part}" if part else last
        if part.count('"') % 2 == 0:
            yield part
            part = ""


def _find_node(text: str) -> Address | None:
    """Read an address, with its port if need be; IPv6 with a port has brackets."""
    node = text.strip()
    if node.startswith("["):
        return find_address(node[1:].partition("]")[0])
    return find_address(node.partition(":")[0] if node.count(":") == 1 else node)


def _scheme(text: str) -> str:
    scheme = text.strip().lower()
    return scheme if scheme in SCHEMES else ""


async def _refuse(scope: Scope, send: Send) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1013})
        return
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", b"%d" % len(TOO_MANY)),
        (b"retry-after", b"1"),
    ]
    await send({"type": "http.response.start", "status": 429, "headers": headers})
    await send({"type": "http.response.body", "body": TOO_MANY})
