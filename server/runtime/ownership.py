"""What is asked of custom domains from outside: whether one is ours, and the proof that it is.

A front server asks before it gets a certificate for a name (`ask` of Caddy's on-demand TLS). The
proof of a name that serves already is answered in its owner's place, since it leads here.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from gateway.errors import DirectoryUnavailable
from gateway.hosts import host_name
from server.domain.installation import Addresses
from server.domain.provider.domains import FILE
from server.domain.provider.hosts import name_of

ASK = "/.well-known/gatehouse/ask"
OF_DOMAINS = frozenset({ASK, FILE})  # what is answered here
NEVER_KEPT = {"Cache-Control": "no-store"}


class Ownership:
    """Answers at these two addresses, whatever the host."""

    def __init__(
        self,
        addresses: Addresses,
        find_token: Callable[[str], str],
        owns_host: Callable[[str], Awaitable[bool]],
    ) -> None:
        self._addresses = addresses
        self._public = urlsplit(addresses.public_url).hostname or ""
        self._find_token = find_token  # by the name in the table of hosts
        self._owns_host = owns_host  # whether a host is in that table; raises DirectoryUnavailable

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        answer = await self._answer(request)
        await answer(scope, receive, send)

    async def _answer(self, request: Request) -> PlainTextResponse:
        if request.method not in {"GET", "HEAD"}:
            return _told(405, "Ask with GET.")
        if request.url.path == ASK:
            return await self._may_be_served(request.query_params.get("domain", ""))
        token = ""
        if request.url.path == FILE:
            host = host_name(request.headers.get("host", ""))
            token = self._find_token(name_of(host, self._addresses.domain))
        return _told(200, token) if token else _told(404, "There is nothing here.")

    async def _may_be_served(self, domain: str) -> PlainTextResponse:
        """Tell whether a front server may get a certificate for a name: 200, else 404."""
        host = host_name(domain)
        try:
            is_ours = host == self._public or await self._owns_host(host)
        except DirectoryUnavailable:
            return _told(503, "Nobody can tell now. Ask again in a moment.")
        if is_ours:
            return _told(200, "Yes.")
        return _told(404, "No tenant has proved that this name is its own.")


def _told(status: int, text: str) -> PlainTextResponse:
    return PlainTextResponse(f"{text}\n", status, headers=NEVER_KEPT)
