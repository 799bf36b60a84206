"""Mail addresses as servers take them that know ASCII only: the domain in the letters of DNS."""

import idna

from server.jobs.smtp import Refused


def ascii_domain(domain: str) -> str:
    """Write a domain as DNS knows it: `xn--mller-kva.example`. Raises: Refused."""
    if domain.isascii():
        return domain
    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise Refused(f"There is no such domain: {domain} ({error})") from error


def deliverable(address: str) -> str:
    """Write an address with such a domain; what stands before the @ is for its server alone.

    Raises: Refused.
    """
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}"
