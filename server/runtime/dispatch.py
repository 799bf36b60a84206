"""One step from the Host header and path to the app that answers. Source: design 4, Addresses."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.hosts import host_name
from gateway.transactions.paths import is_of_transactions
from server.domain.provider.hosts import HostKind, name_of
from server.kit.hosts import is_bare_host
from server.runtime.ownership import OF_DOMAINS

GATEWAY_PREFIX = "/gateway/"
ECHO = "/echo"
OPERATIONS = frozenset({"/healthz", "/readyz", "/metrics"})
MASTER = ("/master/api/", "/admin/api/sso_tokens/provider_create")
ADMIN = ("/p/admin", "/admin/api/", "/api/", "/stats/", "/master/api/")


@dataclass(frozen=True, slots=True)
class Apps:
    """The apps behind one address."""

    operations: ASGIApp  # health and metrics; the life of the process hangs on it
    gateway: ASGIApp  # by host
    mounted_gateway: ASGIApp  # by path
    echo: ASGIApp
    transactions: ASGIApp
    ownership: ASGIApp  # what front servers and others ask of custom domains, at every host
    admin: ASGIApp  # admin portal and admin APIs
    portal: ASGIApp  # developer portal and its API


class Dispatch:
    """Chooses by host on tenants' hosts, by path on a bare host; calls come before all else."""

    def __init__(
        self,
        apps: Apps,
        domain: str,
        find_kind: Callable[[str], HostKind | None],
        is_taken: Callable[[str], Awaitable[bool]],
        is_master: Callable[[str], bool],
    ) -> None:
        self._apps = apps
        self._domain = domain
        self._find_kind = find_kind  # of the portal at a name of the table of hosts
        self._is_master = is_master  # whether a host is the installation's own
        self._is_taken = is_taken  # whether a host is in that table, as anybody's

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            app = self._apps.operations
        elif scope["path"] in OF_DOMAINS and scope["type"] == "http":
            app = self._apps.ownership
        else:
            app = await self._find(_host_of(scope), scope["path"])
        await app(scope, receive, send)

    async def _find(self, host: str, path: str) -> ASGIApp:
        bare = is_bare_host(host, self._domain)
        return self._by_path(path) if bare else await self._by_host(host, path)

    def _by_path(self, path: str) -> ASGIApp:
        if path.startswith(GATEWAY_PREFIX):
            return self._apps.mounted_gateway
        if path == ECHO or path.startswith(f"{ECHO}/"):
            return self._apps.echo
        if path in OPERATIONS:
            return self._apps.operations
        if is_of_transactions(path):
            return self._apps.transactions
        return self._apps.admin if path.startswith(ADMIN) else self._apps.portal

    async def _by_host(self, host: str, path: str) -> ASGIApp:
        kind = self._find_kind(name_of(host, self._domain))
        if kind is None:
            if path.startswith(MASTER) and self._is_master(host):
                return self._apps.admin
            # Gateways of the reference kind reach us by names that we have never heard of.
            is_ours = is_of_transactions(path) and not await self._is_taken(host)
            # The other answers 404 for a host of nobody's.
            return self._apps.transactions if is_ours else self._apps.gateway
        return self._of_admin(path) if kind is HostKind.ADMIN else self._apps.portal

    def _of_admin(self, path: str) -> ASGIApp:
        if path in OPERATIONS:
            return self._apps.operations
        return self._apps.transactions if is_of_transactions(path) else self._apps.admin


def _host_of(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"host":
            return host_name(value.decode("latin-1"))
    return ""
