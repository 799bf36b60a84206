"""Which addresses may call."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

from gateway.config.fields import Fields
from gateway.errors import Deny
from gateway.exchange import Exchange
from gateway.policy.base import Policy

WHITELIST = "whitelist"
LONGEST_ADDRESS = 45  # as a text; what is longer is none
Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address


class IpCheck(Policy):
    """Refuses calls by address. A call whose address can't be told is refused by either list."""

    name = "ip_check"

    def __init__(
        self, *, networks: Iterable[Network], only_listed: bool, sources: Sequence[str], text: str
    ) -> None:
        self._only_listed = only_listed
        self._sources = tuple(sources)
        self._deny = Deny(403, "ip_not_allowed", text)
        # By version and prefix length: a call costs a look-up for each length, not each network.
        self._networks: dict[tuple[int, int], set[int]] = {}
        for each in networks:
            numbers = self._networks.setdefault((each.version, each.prefixlen), set())
            numbers.add(int(each.network_address) >> (each.max_prefixlen - each.prefixlen))

    @classmethod
    def parse(cls, configuration: Fields) -> Self:
        """Read the list. Raises: BadDocument for what is no address and no network."""
        return cls(
            networks=[_network(configuration, text) for text in configuration.texts("ips")],
            only_listed=configuration.text("check_type", "") == WHITELIST,
            sources=configuration.texts("client_ip_sources"),
            text=configuration.text("error_msg", ""),
        )

    async def on_request(self, exchange: Exchange) -> Deny | None:
        """Refuse a call from an address that is not to call."""
        address = self._find_address(exchange)
        is_fine = address is not None and self._holds(address) is self._only_listed
        return None if is_fine else self._deny

    def _find_address(self, exchange: Exchange) -> Address | None:
        for source in self._sources:
            text = exchange.client
            if source != "last_caller":
                text = (exchange.header(source.lower().encode("ascii")) or b"").decode("latin-1")
            address = _find_address_in(text.partition(",")[0].strip())
            if address is not None:
                return address
        return None

    def _holds(self, address: Address) -> bool:
        number = int(address)
        return any(
            version == address.version and number >> (address.max_prefixlen - length) in numbers
            for (version, length), numbers in self._networks.items()
        )


def _network(fields: Fields, text: str) -> Network:
    try:
        return ip_network(text.strip(), strict=False)
    except ValueError as error:
        raise fields.bad("ips", f"{text!r} must be an IP address or a network") from error


@lru_cache(maxsize=4096)
def _find_address_in(text: str) -> Address | None:
    if len(text) > LONGEST_ADDRESS:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped  # how a socket for both versions shows an IPv4 caller
    return address
