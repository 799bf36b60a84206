"""The policy `ip_check`: who gets in by address."""

from typing import Any

import pytest

from gateway.config.document import ServiceDocument
from gateway.errors import BadDocument, Deny
from gateway.exchange import Exchange
from gateway.policy.ip_check.policy import IpCheck
from tests.gateway.conftest import Place, an_exchange
from tests.kit.gateway import a_chain, a_document


def a_policy(**configuration: Any) -> IpCheck:
    """Make the policy as a document does."""
    chain = a_chain(("ip_check", configuration), "apicast")
    policy = ServiceDocument.parse(a_document(policy_chain=chain)).chain.links[0]
    assert isinstance(policy, IpCheck)
    return policy


def from_client(client: str, *headers: tuple[bytes, bytes]) -> Exchange:
    """Make a call from an address."""
    exchange = an_exchange("/", *headers)
    exchange.client = client
    return exchange


NETWORKS = ["192.0.2.0/24", "198.51.100.7", "2001:db8::/32", "10.1.2.3/8"]
INSIDE = ["192.0.2.255", "198.51.100.7", "2001:db8:1::1", "10.9.9.9", "::ffff:192.0.2.1"]
OUTSIDE = ["192.0.3.0", "198.51.100.8", "2001:db9::1", "11.0.0.0", "::192.0.2.1"]


@pytest.mark.parametrize(
    ("client", "listed"), [*((ip, True) for ip in INSIDE), *((ip, False) for ip in OUTSIDE)]
)
async def test_a_list_lets_in_or_keeps_out(client: str, listed: bool) -> None:
    white = a_policy(check_type="whitelist", ips=NETWORKS)
    black = a_policy(check_type="blacklist", ips=NETWORKS)

    assert (await white.on_request(from_client(client)) is None) is listed
    assert (await black.on_request(from_client(client)) is None) is not listed


@pytest.mark.parametrize("check_type", ["whitelist", "blacklist"])
@pytest.mark.parametrize("client", ["", "unix:", "1.2.3", "1.2.3.4.5", "x" * 100])
async def test_an_address_that_cannot_be_told_stays_out(check_type: str, client: str) -> None:
    policy = a_policy(check_type=check_type, ips=["0.0.0.0/0", "::/0"])

    deny = await policy.on_request(from_client(client))

    assert deny == Deny(403, "ip_not_allowed", "IP address not allowed")


@pytest.mark.parametrize(
    ("sources", "gets_in"),
    [
        (["last_caller"], False),
        (["X-Real-IP"], False),
        (["X-Forwarded-For"], True),
        (["X-Real-IP", "X-Forwarded-For"], False),
        (["X-Forwarded-For", "last_caller"], True),
    ],
)
async def test_the_first_source_that_tells_an_address_counts(
    sources: list[str], gets_in: bool
) -> None:
    policy = a_policy(check_type="whitelist", ips=["192.0.2.1"], client_ip_sources=sources)
    headers = ((b"x-real-ip", b"203.0.113.9"), (b"x-forwarded-for", b"192.0.2.1, 203.0.113.9"))

    deny = await policy.on_request(from_client("203.0.113.9", *headers))

    assert (deny is None) is gets_in


async def test_a_source_that_tells_nothing_gives_way_to_the_next() -> None:
    policy = a_policy(
        check_type="whitelist", ips=["192.0.2.1"], client_ip_sources=["X-Real-IP", "last_caller"]
    )

    assert await policy.on_request(from_client("192.0.2.1", (b"x-real-ip", b"unknown"))) is None
    assert await policy.on_request(from_client("192.0.2.1")) is None


async def test_before_apicast_it_answers_before_credentials_are_asked_for(place: Place) -> None:
    check = ("ip_check", {"check_type": "blacklist", "ips": ["127.0.0.0/8"], "error_msg": "Nein."})
    place.deploy(policy_chain=a_chain(check, "apicast"))
    first = await place.call("/")
    place.deploy(policy_chain=a_chain("apicast", check))
    behind = await place.call("/")

    assert (first.status, await first.text()) == (403, "Nein.")
    assert first.get_header("x-gatehouse-error") == "ip_not_allowed"
    assert behind.get_header("x-gatehouse-error") == "auth_missing"
    assert not place.upstream.calls


@pytest.mark.parametrize(
    ("configuration", "rule"),
    [
        ({"check_type": "whitelist", "ips": ["192.0.2.0/33"]}, "'192.0.2.0/33' must be an IP"),
        ({"check_type": "whitelist", "ips": ["example.com"]}, "'example.com' must be an IP"),
        ({"check_type": "whitelist", "ips": [7]}, "ips[0] = 7: must be of type string"),
        ({"check_type": "grey", "ips": []}, "must be one of whitelist, blacklist"),
        ({"check_type": "whitelist"}, "configuration.ips: is missing"),
        (
            {"check_type": "whitelist", "ips": [], "client_ip_sources": ["proxy_protocol_addr"]},
            "must be one of last_caller, X-Forwarded-For, X-Real-IP",
        ),
        ({"check_type": "whitelist", "ips": [], "client_ip_sources": []}, "at least 1"),
        ({"check_type": "whitelist", "ips": [], "ip": []}, "configuration.ip: is not known here"),
    ],
)
def test_a_mistake_refuses_the_document(configuration: dict[str, Any], rule: str) -> None:
    with pytest.raises(BadDocument) as caught:
        a_policy(**configuration)

    assert rule in str(caught.value)
