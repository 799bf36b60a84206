"""Private networks: denied by the address that would be connected to, however it is written."""

from ipaddress import ip_address

import pytest

from gateway.config.service import Upstream
from gateway.networks import Clients, ForbiddenAddress, OwnAddress, is_public
from gateway.own import OwnAddresses
from gateway.settings import GatewaySettings


def upstream(authority: str) -> Upstream:
    """Make an upstream of a host."""
    return Upstream.parse(f"http://{authority}")


@pytest.mark.parametrize(
    "text",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse, nothing is bound
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "fe80::1",
        "fc00::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_private_addresses_are_not_public(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize("text", ["1.1.1.1", "2606:4700:4700::1111"])
def test_the_open_internet_is_public(text: str) -> None:
    assert is_public(ip_address(text))


@pytest.mark.parametrize(
    "authority", ["127.0.0.1", "localhost:8080", "[::1]:80", "0x7f.1", "2130706433", "127.1"]
)
async def test_a_denied_host_gets_no_client(authority: str) -> None:
    clients = Clients(GatewaySettings(private_networks=False))

    with pytest.raises(ForbiddenAddress):
        await clients.get(upstream(authority))

    clients.close()


async def test_a_public_host_is_pinned_to_the_checked_address() -> None:
    clients = Clients(GatewaySettings(private_networks=False))

    first = await clients.get(upstream("1.1.1.1"))

    assert await clients.get(upstream("1.1.1.1")) is first
    clients.close()


async def test_our_own_echo_api_is_always_allowed() -> None:
    own = OwnAddresses("http://127.0.0.1:8000", "localhost")
    clients = Clients(GatewaySettings(private_networks=False, own=own))

    echo = upstream("127.0.0.1:8000/echo")
    assert await clients.get(echo) is await clients.get(upstream("127.0.0.1:8000/echo/v1"))
    with pytest.raises(OwnAddress):
        await clients.get(echo, as_host="api-acme.localhost")

    clients.close()
