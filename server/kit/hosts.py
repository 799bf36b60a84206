"""Host names without business words."""

import ipaddress


def is_bare_host(host: str, domain: str) -> bool:
    """Return whether a host name names no tenant: localhost, the domain itself or an IP address."""
    if host in {"localhost", domain, ""}:
        return True
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
