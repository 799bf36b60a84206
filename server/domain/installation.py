"""What this installation is: its keys and its addresses. Made once by the composition root."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from gateway.own import OwnAddresses
from server.domain.portal.shipped import NothingShipped, Shipped
from server.domain.provider.hosts import admin_name_of, gateway_names_of, name_of
from server.domain.provider.providers import Provider
from server.domain.services.services import Service
from server.kit.clock import Clock, SystemClock
from server.kit.crypto import Vault
from server.kit.hosts import is_bare_host
from server.kit.paging import Cursors

LOCAL_DOMAIN = "localhost"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things answer: by path on a local installation's first provider, else by host."""

    public_url: str = "http://localhost:8000"
    domain: str = LOCAL_DOMAIN

    def portal(self, provider: Provider) -> str:
        """Return the developer portal's base URL: at its primary domain if it has one."""
        if provider.portal_domain:
            return self.at(provider.portal_domain)
        return self.own_portal(provider)

    def own_portal(self, provider: Provider) -> str:
        """Return where the developer portal is whatever becomes of custom domains."""
        if self._by_path(provider):
            return self.public_url
        return self.at(f"{provider.subdomain}.{self.domain}")

    def admin(self, provider: Provider) -> str:
        """Return the base URL of the admin portal and the admin APIs."""
        if provider.admin_domain:
            return self.at(provider.admin_domain)
        return self.own_admin(provider)

    def own_admin(self, provider: Provider) -> str:
        """Return where the same is whatever becomes of custom domains: gateways rely on it."""
        if self._by_path(provider):
            return self.public_url
        return self.at(f"{admin_name_of(provider.subdomain)}.{self.domain}")

    def gateway(self, provider: Provider, service: Service, environment: str) -> str:
        """Return the public base URL of a service in an environment."""
        is_staging = environment == "staging"
        custom = service.staging_domain if is_staging else service.production_domain
        if custom:
            return self.at(custom)
        if self._by_path(provider):
            return f"{self.public_url}/gateway/{environment}/{service.system_name}"
        return self.at(self.gateway_host(service, environment))

    def gateway_host(self, service: Service, environment: str) -> str:
        """Return the host name that always means this service in this environment."""
        return f"{gateway_names_of(service.host_label)[environment]}.{self.domain}"

    def at(self, host: str) -> str:
        """Return the base URL at a host name."""
        parts = urlsplit(self.public_url)
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{host}{port}"

    @property
    def own_name(self) -> str:
        """The name that no tenant may have: browsers reach the installation itself there."""
        return name_of(urlsplit(self.public_url).hostname or "", self.domain)

    def is_master(self, host: str) -> bool:
        """Return whether a host name is the installation's, where its operator's API is."""
        own = urlsplit(self.public_url).hostname
        masters = {own, f"master.{self.domain}", f"master-admin.{self.domain}"}
        return is_bare_host(host, self.domain) or host in masters

    @property
    def echo(self) -> str:
        """The base URL of the bundled Echo API, the default upstream."""
        return f"{self.public_url}/echo"

    @property
    def own(self) -> OwnAddresses:
        """What no service may have as its upstream, but for the Echo API."""
        return OwnAddresses(self.public_url, self.domain)

    @property
    def is_secure(self) -> bool:
        """Return whether browsers reach us over https."""
        return self.public_url.startswith("https://")

    def _by_path(self, provider: Provider) -> bool:
        return provider.is_first and self.domain == LOCAL_DOMAIN


@dataclass(frozen=True, slots=True)
class Installation:
    """What actions need to know of the machine they run on."""

    vault: Vault
    addresses: Addresses
    clock: Clock = SystemClock()
    shipped: Shipped = NothingShipped()

    @property
    def cursors(self) -> Cursors:
        """Cursors signed with this installation's key."""
        return Cursors(self.vault)
