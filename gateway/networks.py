"""Which addresses an upstream may have: decided from the very address that is connected to.

Where private networks are denied, a host is resolved here, every address is checked, and the
connections of its client are pinned to the one that was checked. The same is done, wherever
networks are open, for upstreams at a port of ours: they must not be ourselves. Source: trust 5.
"""

import asyncio
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from pyreqwest.client import Client, ClientBuilder

from gateway.config.service import Upstream
from gateway.own import is_of_this_machine
from gateway.settings import GatewaySettings

PIN_S = 30.0  # how long an address that was checked is used
MOST_PINS = 1_000
# Ways to write an IPv4 address as an IPv6 one: translators may lead them anywhere.
TRANSLATED = tuple(ip_network(text) for text in ("64:ff9b::/96", "2002::/16", "2001::/32"))

Build = Callable[[], ClientBuilder]


class ForbiddenAddress(Exception):
    """The upstream's host has no address that may be called."""


class OwnAddress(Exception):
    """The upstream is this installation: a call would come back for ever."""


@dataclass(slots=True)
class _Pin:
    address: str
    client: Client
    until_s: float


class Clients:
    """Gives the client for an upstream: one for all where every network is allowed."""

    def __init__(self, settings: GatewaySettings, build: Build) -> None:
        self._settings = settings
        self._build = build
        self._open = build().build()
        self._pins: dict[tuple[str, bool], _Pin] = {}

    async def get(
        self, upstream: Upstream, *, listening: int | None = None, as_host: str = ""
    ) -> Client:
        """Find the client for an upstream.

        `listening` is the port that the call came to, `as_host` what replaces the upstream's name.
        Raises: OwnAddress, ForbiddenAddress, OSError from the resolver.
        """
        own = self._settings.own
        if own.is_echo(upstream) and not as_host:  # by another name it would not be the Echo API
            return self._open
        may_be_ours = own.may_be(upstream, listening)
        if self._settings.private_networks and not may_be_ours:
            return self._open
        key = (upstream.origin, may_be_ours)
        pin = self._pins.get(key)
        now_s = time.monotonic()
        if pin is None or pin.until_s <= now_s:
            pin = await self._pinned(upstream, pin, may_be_ours=may_be_ours)
            self._pins[key] = pin
            while len(self._pins) > MOST_PINS:
                self._pins.pop(next(iter(self._pins)))
        return pin.client

    async def _pinned(self, upstream: Upstream, before: _Pin | None, *, may_be_ours: bool) -> _Pin:
        host, port = upstream.host, upstream.port
        if may_be_ours and self._settings.own.has_name(host):
            raise OwnAddress(f"{host}:{port} is ours")
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [str(row[4][0]) for row in found]
        if may_be_ours and any(map(is_of_this_machine, addresses)):
            raise OwnAddress(f"{host}:{port} is ours")
        bare = [text.partition("%")[0] for text in addresses]
        address = next((text for text in bare if self._may_call(text)), None)
        if address is None:
            raise ForbiddenAddress(f"{host} is on a private network")
        until_s = time.monotonic() + PIN_S
        if before is not None and before.address == address:
            return _Pin(address, before.client, until_s)
        return _Pin(address, self._build().resolve(host, address, port).build(), until_s)

    def _may_call(self, address: str) -> bool:
        return self._settings.private_networks or is_public(ip_address(address))

    async def close(self) -> None:
        await self._open.close()
        for pin in self._pins.values():
            await pin.client.close()


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is one of the open internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast
