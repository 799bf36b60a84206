"""Requests from pages of other sites to what they may read: the portal's API and specifications.

Such pages come without cookies: a browser is never told that it may send them.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.cross_origin import ANY, ASKED_HEADERS, ASKED_METHOD, marked, preflight
from gateway.hosts import host_name
from server.auth.dependencies import Dependencies, find_provider_by_host
from server.auth.origins import origins_of
from server.domain.errors import Unavailable
from server.web.origin import netloc_of
from server.web.outages import outages_told


class CrossOrigin:
    """Stands before an app, and lets pages of allowed origins read what is at some paths.

    A path that ends in a slash is a folder.
    """

    def __init__(self, app: ASGIApp, deps: Dependencies, paths: Sequence[str]) -> None:
        self._app = app
        self._deps = deps
        self._paths = paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a preflight request, and mark other answers for the browser."""
        allowed = b""
        if scope["type"] == "http" and self._is_open(scope["path"]):
            allowed = await self._allowed_origin(Headers(scope=scope))
        if not allowed:
            await self._app(scope, receive, send)
            return

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": marked(message["headers"], allowed)}
            await send(message)

        answer = _find_preflight(scope)
        await (answer or self._app)(scope, receive, send_marked)

    def _is_open(self, path: str) -> bool:
        return any(
            path == each or (each[-1] == "/" and path.startswith(each)) for each in self._paths
        )

    async def _allowed_origin(self, headers: Headers) -> bytes:
        """Find the origin to be named; empty when its pages may not read the answer."""
        origin, host = headers.get("origin", ""), headers.get("host", "")
        if not origin:
            return b""
        if netloc_of(origin) == host:
            return origin.encode("latin-1")
        allowed = await self._deps.executor.run(self._origins_at, host)
        if ANY.decode() in allowed:
            return ANY
        return origin.encode("latin-1") if origin.lower() in allowed else b""

    def _origins_at(self, host: str) -> AbstractSet[str]:
        try:
            with outages_told(), self._deps.database.read() as db:
                provider = find_provider_by_host(db, self._deps.installation, host_name(host))
                if provider is None:
                    return frozenset()
                return origins_of(db, self._deps.installation.addresses, provider.id)
        except Unavailable:  # which the app tells
            return frozenset()


def _find_preflight(scope: Scope) -> Response | None:
    headers = dict(scope["headers"])
    asked = headers.get(ASKED_METHOD) if scope["method"] == "OPTIONS" else None
    if asked is None:
        return None
    answer = Response(status_code=204)
    answer.raw_headers = list(preflight(asked, headers.get(ASKED_HEADERS)))
    return answer
