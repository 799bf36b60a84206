"""Whose pages may call: the portal's own origins, and those that the provider allows."""

from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from gateway.config.service import Upstream
from server.domain.installation import Addresses
from server.domain.provider.hosts import Host, HostKind
from server.domain.provider.providers import Provider
from server.domain.provider.settings import Setting


def origins_of(db: Session, addresses: Addresses, provider_id: int) -> AbstractSet[str]:
    """List the origins whose pages may call a provider's APIs; `*` is all. Cost: 3 queries."""
    provider, settings = db.get_one(Provider, provider_id), db.get_one(Setting, provider_id)
    parts = urlsplit(addresses.public_url)
    port = f":{parts.port}" if parts.port else ""
    custom = select(Host.name).where(
        Host.provider_id == provider_id,
        Host.kind == HostKind.CUSTOM,
        col(Host.service_id).is_(None),
    )
    own = {addresses.portal(provider), addresses.own_portal(provider)}
    own |= {f"{parts.scheme}://{name.removesuffix('.')}{port}" for name in db.exec(custom)}
    return {_origin_of(url) for url in own} | set(settings.allowed_origins.split())


def _origin_of(url: str) -> str:
    """Write an address of ours as browsers do: in lower case, without the scheme's own port."""
    try:
        return Upstream.parse(url).origin
    except ValueError:  # no browser gets there
        return url
