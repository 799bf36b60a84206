"""Files of the theme, and the provider's own in their place or beside them."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.web.headers import Files

Endpoint = Callable[[Request], Awaitable[Response]]


class Assets:
    """An app below one path: who asks with the theme's version gets the theme's file.

    Any other question is first the provider's: his file of this path comes before the theme's.
    Where he has none, or shows none before the access code is given, it is the theme's, which
    the page that asks for the code needs.
    """

    def __init__(self, own: Endpoint, theme: Files, only: str = "") -> None:
        self._own, self._theme, self._only = own, theme, only

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if self._theme.is_current(scope):
            response = await self._of_theme(scope)
            if response is not None:
                await response(scope, receive, send)
                return
        response = await self._own(request)
        if response.status_code in {303, 404}:
            response = await self._of_theme(scope) or response
        await response(scope, receive, send)

    async def _of_theme(self, scope: Scope) -> Response | None:
        if scope["method"] not in {"GET", "HEAD"}:
            return None
        path = self._only or self._theme.get_path(scope)
        try:
            return await self._theme.get_response(path, scope)
        except HTTPException:
            return None
