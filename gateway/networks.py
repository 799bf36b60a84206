"""Which addresses an upstream may have: decided from the very address that is connected to.

Where private networks are denied, a host is resolved here, every address is checked, and the
connections of its client are pinned to the one that was checked. The same is done, wherever
networks are open, for upstreams at a port of ours: they must not be ourselves. Source: trust 5.
"""

import asyncio
import socket
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from gateway.client.pool import Patience, Pool
from gateway.config.service import Upstream
from gateway.own import is_of_this_machine
from gateway.settings import GatewaySettings

PIN_S = 30.0  # how long an address that was checked is used
MOST_POOLS = 1_000
# Ways to write an IPv4 address as an IPv6 one: translators may lead them anywhere.
TRANSLATED = tuple(ip_network(text) for text in ("64:ff9b::/96", "2002::/16", "2001::/32"))


class ForbiddenAddress(Exception):
    """The upstream's host has no address that may be called."""


class OwnAddress(Exception):
    """The upstream is this installation: a call would come back for ever."""


@dataclass(slots=True)
class _Pin:
    address: str
    pool: Pool
    until_s: float


class Clients:
    """Gives the connections to an upstream: one pool each."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._patience = Patience(
            settings.connect_timeout_s, settings.read_timeout_s, settings.idle_connections
        )
        self._open: dict[str, Pool] = {}  # by origin, where every network is allowed
        self._pins: dict[tuple[str, bool], _Pin] = {}

    async def get(
        self, upstream: Upstream, *, listening: int | None = None, as_host: str = ""
    ) -> Pool:
        """Find the pool for an upstream.

        `listening` is the port that the call came to, `as_host` what replaces the upstream's name.
        Raises: OwnAddress, ForbiddenAddress, OSError from the resolver.
        """
        own = self._settings.own
        if own.is_echo(upstream) and not as_host:  # by another name it would not be the Echo API
            return self._unpinned(upstream)
        may_be_ours = own.may_be(upstream, listening)
        if self._settings.private_networks and not may_be_ours:
            return self._unpinned(upstream)
        key = (upstream.origin, may_be_ours)
        pin = self._pins.get(key)
        now_s = time.monotonic()
        if pin is None or pin.until_s <= now_s:
            pin = await self._pinned(upstream, pin, may_be_ours=may_be_ours)
            self._pins[key] = pin
            while len(self._pins) > MOST_POOLS:
                self._pins.pop(next(iter(self._pins))).pool.close()
        return pin.pool

    def _unpinned(self, upstream: Upstream) -> Pool:
        pool = self._open.get(upstream.origin)
        if pool is None:
            pool = self._open[upstream.origin] = Pool(upstream, self._patience)
            while len(self._open) > MOST_POOLS:
                self._open.pop(next(iter(self._open))).close()
        return pool

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
        if before is not None:
            if before.address == address:
                return _Pin(address, before.pool, until_s)
            before.pool.close()
        return _Pin(address, Pool(upstream, self._patience, address), until_s)

    def _may_call(self, address: str) -> bool:
        return self._settings.private_networks or is_public(ip_address(address))

    def close(self) -> None:
        """Close what is kept for all upstreams."""
        for pool in [*self._open.values(), *(pin.pool for pin in self._pins.values())]:
            pool.close()


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether an address is one of the open internet."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast
