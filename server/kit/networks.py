"""IP addresses and networks: read from text, and which holds which."""

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
LONGEST_ADDRESS = 45  # as a text; what is longer is none


def find_address(text: str) -> Address | None:
    """Read an address; an IPv4 address that is written as an IPv6 one is an IPv4 address."""
    if len(text) > LONGEST_ADDRESS or "%" in text:
        return None
    try:
        address = ip_address(text)
    except ValueError:
        return None
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def parse_networks(text: str) -> tuple[Network, ...]:
    """Read addresses and networks with commas between them. Raises: ValueError."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def holds(networks: Iterable[Network], address: Address) -> bool:
    """Return whether one of the networks has the address."""
    return any(address in network for network in networks)


def holder_of(text: str) -> str:
    """Name whom an address stands for: of IPv6, one customer has a /64 at least."""
    address = find_address(text)
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address) >> 64 << 64, 64)))
    return text if address is None else str(address)
