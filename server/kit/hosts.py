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


def host_name(header: str) -> str:
    """Take the lower-cased name out of a Host header; IPv6 addresses keep their brackets."""
    text = header.strip().lower()
    if text.startswith("["):
        return text.partition("]")[0] + "]"
    return text.partition(":")[0]
