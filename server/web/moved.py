"""Developer portals that have a primary domain: links to their other hosts lead there.

Admin portals are never sent on: their own host is where a domain that leads nowhere is mended.
"""

from sqlmodel import Session, select
from starlette.requests import Request

from server.domain.installation import Addresses
from server.domain.provider.domains import Domain, Moves
from server.domain.provider.providers import Provider
from server.kit.hosts import is_bare_host
from server.web.origin import is_link
from server.web.requests import host_of

TEMPORARY, PERMANENT = 302, 301


def find_moved(
    db: Session, addresses: Addresses, provider: Provider, request: Request
) -> tuple[str, int] | None:
    """Find where a page is instead, and the status that says so; None where it is right here.

    Only links are sent on, and none of a bare host: that is the way in when a domain fails.
    Cost: one query where it is elsewhere.
    """
    primary, host = provider.portal_domain, host_of(request)
    if not primary or host == primary or is_bare_host(host, addresses.domain):
        return None
    if not is_link(request):
        return None
    query = select(Domain.moves).where(Domain.provider_id == provider.id, Domain.name == primary)
    status = PERMANENT if db.exec(query).first() == Moves.PERMANENT else TEMPORARY
    base, url = addresses.portal(provider), request.url
    path = url.path if url.path.startswith("/") else "/"
    return f"{base}{path}{f'?{url.query}' if url.query else ''}", status
