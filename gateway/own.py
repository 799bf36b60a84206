"""Our own addresses, which must not be upstreams: each call would come back as another one."""

import socket
from contextlib import suppress
from ipaddress import ip_address

from gateway.config.service import Upstream
from gateway.paths import BadPath, normalise_path

ECHO = "/echo"
LOOPBACK = "localhost"  # with all below it, whatever a resolver says (RFC 6761)


class OwnAddresses:
    """Where this installation answers, as far as it knows."""

    def __init__(self, public_url: str = "", domain: str = "") -> None:
        self._domain = domain
        self._public: Upstream | None = None
        with suppress(ValueError):  # what no gateway could call needs no care
            self._public = Upstream.parse(public_url)

    def is_echo(self, upstream: Upstream) -> bool:
        """Return whether an upstream is the bundled Echo API, which calls nobody."""
        if self._public is None or upstream.origin != self._public.origin:
            return False
        try:
            path = normalise_path(upstream.path.encode("ascii"))
        except BadPath:
            return False
        return path == ECHO or path.startswith(f"{ECHO}/")

    def may_be(self, upstream: Upstream, listening: int | None = None) -> bool:
        """Return whether we answer at an upstream's port; `listening` is that of the call."""
        return upstream.port in {self._public and self._public.port, listening}

    def has_name(self, host: str) -> bool:
        """Return whether a lower-case host is ours by its name, at a port of ours."""
        name = host.rstrip(".")
        domains = {self._domain, LOOPBACK} - {""}
        is_below = any(f".{name}".endswith(f".{domain}") for domain in domains)
        return is_below or (self._public is not None and name == self._public.host.rstrip("."))

    def has_visibly(self, upstream: Upstream) -> bool:
        """Return whether an upstream is ours as far as its URL shows, without looking it up."""
        is_named = self.has_name(upstream.host) or is_of_this_machine(upstream.host)
        return is_named and self.may_be(upstream)


def is_of_this_machine(address: str) -> bool:
    """Return whether an IP address, with its zone if it has one, is one of this machine's."""
    with suppress(ValueError):
        bare, _, zone = address.partition("%")
        found = ip_address(bare)
        if found.version == 6 and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        if found.is_loopback or found.is_unspecified:
            return True
        family = socket.AF_INET if found.version == 4 else socket.AF_INET6
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((f"{found}%{zone}" if zone else str(found), 0))
            return True
    return False
