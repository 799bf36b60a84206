"""Who sent what a trusted proxy passed on: nobody can say it for another."""

import asyncio
from typing import Any

import pytest

from server.kit.networks import find_address, parse_networks
from server.runtime.forwarded import BehindProxies, behind_proxies, client_of

TRUSTED = parse_networks("10.0.0.0/8,192.0.2.1,2001:db8::/32")
PEER = "10.0.0.1"


def found(*headers: tuple[str, str], peer: str = PEER) -> tuple[str, str]:
    """Find client and scheme."""
    address = find_address(peer)
    assert address is not None
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    client, scheme = client_of(address, raw, TRUSTED)
    return str(client), scheme


CHAINS = [
    ("203.0.113.7", "203.0.113.7"),
    ("203.0.113.7, 10.0.0.2", "203.0.113.7"),
    ("6.6.6.6, 203.0.113.7", "203.0.113.7"),
    ("6.6.6.6,203.0.113.7,10.0.0.2,192.0.2.1", "203.0.113.7"),
    ("10.0.0.3", "10.0.0.3"),
    ("10.0.0.4, 10.0.0.3", "10.0.0.4"),
    ("203.0.113.7:4711", "203.0.113.7"),
    ("[2001:bad::7]:4711", "2001:bad::7"),
    ("2001:bad::7", "2001:bad::7"),
    ("2001:BAD:0::7", "2001:bad::7"),
    ("::ffff:203.0.113.7", "203.0.113.7"),
    ("::ffff:10.0.0.9, 2001:db8::1", "10.0.0.9"),
    (" \t203.0.113.7 ", "203.0.113.7"),
    ("", PEER),
    (",", PEER),
    ("203.0.113.7,", PEER),
    ("unknown", PEER),
    ("203.0.113.7, unknown", PEER),
    ("203.0.113.7, unknown, 10.0.0.2", "10.0.0.2"),
    ("localhost", PEER),
    ("203.0.113.999", PEER),
    ("0x7f000001", PEER),
    ("2130706433", PEER),
    ("0203.0.113.7", PEER),
    ("203.0.113", PEER),
    ("fe80::1%eth0", PEER),
    ("[2001:bad::7", "2001:bad::7"),
    ("203.0.113.7\x00", PEER),
    ("\xb2\xb2.0.113.7", PEER),
    ('"203.0.113.7"', PEER),
    ("<script>", PEER),
    ("1" * 100_000, PEER),
    ("," * 60_000, PEER),
    ("10.0.0.2," * 8_000 + "203.0.113.7", "203.0.113.7"),
]


@pytest.mark.parametrize(("chain", "client"), CHAINS)
def test_x_forwarded_for_is_walked_from_the_right(chain: str, client: str) -> None:
    assert found(("x-forwarded-for", chain)) == (client, "")


PAIRS = [
    ("for=203.0.113.7", "203.0.113.7", ""),
    ("for=203.0.113.7;proto=https", "203.0.113.7", "https"),
    ("For=203.0.113.7; Proto=HTTPS;by=10.0.0.1;host=shop.example", "203.0.113.7", "https"),
    ('for="203.0.113.7:47"', "203.0.113.7", ""),
    ('for="[2001:bad:cafe::17]:4711"', "2001:bad:cafe::17", ""),
    ("for=6.6.6.6;proto=https, for=203.0.113.7;proto=http", "203.0.113.7", "http"),
    ("for=203.0.113.7;proto=https, for=10.0.0.2;proto=http", "203.0.113.7", "https"),
    ('for="6.6.6.6, for=203.0.113.7', "203.0.113.7", ""),
    ('for=6.6.6.6;host="a, for=203.0.113.7;proto=http', "203.0.113.7", "http"),
    ('for=203.0.113.7;host="a,b;c"', "203.0.113.7", ""),
    ("for=unknown", PEER, ""),
    ("for=_hidden", PEER, ""),
    ("for=203.0.113.7, for=_hidden", PEER, ""),
    ("proto=https", PEER, ""),
    ("203.0.113.7", PEER, ""),
    ("for", PEER, ""),
    ("for=", PEER, ""),
    (";;;,,,===", PEER, ""),
    ('for="', PEER, ""),
    ('"' * 60_001, PEER, ""),
    ('",' * 30_000, PEER, ""),
    ("for=203.0.113.7;proto=gopher", "203.0.113.7", ""),
]


@pytest.mark.parametrize(("chain", "client", "scheme"), PAIRS)
def test_forwarded_is_walked_from_the_right(chain: str, client: str, scheme: str) -> None:
    assert found(("forwarded", chain)) == (client, scheme)


def test_lines_of_a_header_are_one_chain() -> None:
    lines = [("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "203.0.113.7, 10.0.0.2")]

    assert found(*lines) == ("203.0.113.7", "")


def test_where_both_are_sent_x_forwarded_for_counts() -> None:
    forged = ("forwarded", "for=6.6.6.6;proto=https")

    assert found(forged, ("x-forwarded-for", "203.0.113.7")) == ("203.0.113.7", "")
    assert found(forged, ("x-forwarded-for", "nonsense")) == (PEER, "")


@pytest.mark.parametrize(
    ("proto", "scheme"),
    [
        ("https", "https"),
        ("HTTP", "http"),
        ("http, https", "https"),
        ("https,", ""),
        ("javascript", ""),
        ("", ""),
    ],
)
def test_the_scheme_is_one_of_two(proto: str, scheme: str) -> None:
    told = [("x-forwarded-for", "203.0.113.7"), ("x-forwarded-proto", proto)]

    assert found(*told) == ("203.0.113.7", scheme)


class Seen:
    """An app that remembers its calls, and answers when it may."""

    def __init__(self) -> None:
        self.scopes: list[Any] = []
        self.may_end = asyncio.Event()

    async def __call__(self, scope: Any, _receive: Any, _send: Any) -> None:
        self.scopes.append(scope)
        await self.may_end.wait()


def scope_of(peer: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    """Make what the server hands to an app."""
    return {"type": "http", "client": (peer, 4711), "scheme": "http", "headers": [*headers]}


async def nothing(*_: Any) -> Any:
    """Receive and send nothing."""


@pytest.mark.parametrize("peer", ["203.0.113.1", "127.0.0.1", "", "11.0.0.1"])
async def test_nobody_else_is_believed(peer: str) -> None:
    app = Seen()
    app.may_end.set()
    headers = [
        (b"x-forwarded-for", b"6.6.6.6"),
        (b"x-forwarded-proto", b"https"),
        (b"forwarded", b"for=6.6.6.6;proto=https"),
    ]

    await BehindProxies(app, TRUSTED, 10)(scope_of(peer, *headers), nothing, nothing)

    assert app.scopes == [scope_of(peer, *headers)]


async def test_what_a_proxy_passes_on_is_its_clients() -> None:
    app = Seen()
    app.may_end.set()
    headers = [(b"x-forwarded-for", b"203.0.113.7"), (b"x-forwarded-proto", b"https")]

    await BehindProxies(app, TRUSTED, 10)(scope_of(PEER, *headers), nothing, nothing)

    assert (app.scopes[0]["client"], app.scopes[0]["scheme"]) == (("203.0.113.7", 0), "https")


async def test_behind_a_proxy_an_address_has_its_share_of_requests() -> None:
    app, answers = Seen(), []
    behind = BehindProxies(app, TRUSTED, 2)

    async def send(message: Any) -> None:
        answers.append(message.get("status"))

    def call(client: bytes) -> Any:
        return behind(scope_of(PEER, (b"x-forwarded-for", client)), nothing, send)

    async with asyncio.TaskGroup() as group:
        for client in (b"2001:bad::1", b"2001:bad::2", b"203.0.113.7"):
            group.create_task(call(client))
        await asyncio.sleep(0)
        await call(b"2001:bad::3")  # the third of one network of a customer
        assert answers == [429, None]
        app.may_end.set()
    await call(b"2001:bad::3")

    assert len(app.scopes) == 4


def test_without_trusted_proxies_nothing_stands_before_the_app() -> None:
    app = Seen()

    assert behind_proxies(app, ()) is app
