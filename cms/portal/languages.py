"""In which language a visitor reads: by the address, by choice, as a user, as the browser asks.

`/es/docs` is `/docs` in Spanish, and keeps the choice in a cookie: all links stay as they are.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Router
from starlette.types import Receive, Scope, Send

from cms.content.catalogs import ENGLISH
from cms.content.theme import default_theme
from cms.liquid.language import languages_of
from server.web.accept import accepted_types
from server.web.cookies import Cookie

if TYPE_CHECKING:
    from cms.portal.context import PortalContext

ASKED = "gatehouse.language"  # by the address, in the scope
CHOICE = Cookie("portal_language", 365 * 86_400)
MOST_ACCEPTED = 500  # characters of a header that are read


class InLanguage(BaseRoute):
    """Takes the addresses that begin with a language, and serves the same without it."""

    def __init__(self, routes: Sequence[BaseRoute], tags: Sequence[str]) -> None:
        self._router = Router(routes)
        self._tags = frozenset(tags)

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Take `/es` and what is below it."""
        if scope["type"] != "http":
            return Match.NONE, {}
        _, tag, *rest = f"{scope['path']}/".split("/", 2)
        if tag not in self._tags:
            return Match.NONE, {}
        path = "/" + (rest[0].removesuffix("/") if rest else "")
        return Match.FULL, {"path": path, "raw_path": path.encode(), ASKED: tag}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve it."""
        await self._router(scope, receive, send)


def language_tag(ctx: "PortalContext") -> str:
    """Tell in which language to answer. Cost: none that is not paid anyway."""
    known = languages_of(default_theme())
    asked = ctx.request.scope.get(ASKED, "") or CHOICE.read(ctx.request, ctx.deps)
    if asked in known:
        return str(asked)
    if ctx.visitor is not None and ctx.visitor.user.locale in known:
        return ctx.visitor.user.locale
    return accepted_language(ctx.request.headers)


def accepted_language(headers: Headers) -> str:
    """Find the first language of the browser that we speak: `de-AT` is German. RFC 9110, 12.5.4."""
    header = headers.get("accept-language", "")[:MOST_ACCEPTED]
    if not header or header.startswith(ENGLISH):
        return ENGLISH
    known = languages_of(default_theme())
    wanted = (tag.partition("-")[0] for tag in accepted_types(header))
    return next((tag for tag in wanted if tag in known), ENGLISH)


def keep_choice(ctx: "PortalContext", response: Response) -> None:
    """Say which language it is, and keep one that the address asked for."""
    response.headers["Content-Language"] = ctx.data.locale
    asked = ctx.request.scope.get(ASKED, "")
    if asked and asked != CHOICE.read(ctx.request, ctx.deps):
        CHOICE.put(response, ctx.deps, asked)
