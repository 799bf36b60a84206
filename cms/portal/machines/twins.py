"""The Markdown twin of every page: at its address with `.md`, or for who accepts nothing dearer.

What a provider has at such an address himself comes first.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from cms.liquid.drops.machines import address_in, markdown_path
from server.domain.errors import NotFound
from server.web.accept import accepted_types
from server.web.pages import Handler, Handlers, PageRequest, RequestPage

if TYPE_CHECKING:
    from cms.portal.context import PortalContext

ENDING = ".md"
PATTERN = "/{path:path}.md"
MARKDOWN, HTML = "text/markdown", "text/html"
TWIN = "gatehouse.twin"  # in the scope: the page is wanted as Markdown, whatever is accepted
CATALOGUE = "/.well-known/api-catalog"
SAFE = "/:%?&=#@!$'()*+,;~-._"  # signs of an address that stay as they are
Pages = Mapping[str, Handlers["PortalContext"]]


def wants_markdown(ctx: "PortalContext") -> bool:
    """Return whether the page is to be answered as Markdown."""
    request = ctx.request
    if request.scope.get(TWIN):
        return True
    is_read = request.method in {"GET", "HEAD"}
    return is_read and prefers_markdown(request.headers.get("accept", ""))


def prefers_markdown(accept: str) -> bool:
    """Return whether a header `Accept` names Markdown, and before HTML. RFC 9110, 12.5.1."""
    if MARKDOWN not in accept:
        return False
    wanted = [each for each in accepted_types(accept) if each in {MARKDOWN, HTML}]
    return wanted[:1] == [MARKDOWN]


def links_of_page(ctx: "PortalContext") -> str:
    """Write the header that leads from a page to its twin and to the list of APIs. RFC 8288."""
    twin = markdown_path(ctx.path.rstrip("/") or "/", ctx.data.locale)
    return (
        f'<{quote(twin, safe=SAFE)}>; rel="alternate"; type="{MARKDOWN}", '
        f'<{CATALOGUE}>; rel="api-catalog"; type="application/linkset+json"'
    )


def links_of_twin(ctx: "PortalContext") -> str:
    """Write the header that leads from a twin to its page, which is the one that is listed."""
    portal = ctx.installation.addresses.portal(ctx.provider)
    address = address_in(portal, ctx.data.locale, ctx.path.rstrip("/") or "/")
    return f'<{quote(address, safe=SAFE)}>; rel="canonical"; type="{HTML}"'


def path_of_twin(path: str) -> str:
    """Tell which page a path with the ending is the twin of."""
    bare = path.removesuffix(ENDING).rstrip("/")
    return "/" if bare in {"", "/index"} else bare


class Twins:
    """Answers for the pages of a table: the first one that takes the path is it."""

    def __init__(self, pages: Pages, content: str) -> None:
        """`content` is the path that takes all that is left."""
        self._pages = [
            (Route(path, _nothing), handlers["GET"], path == content)
            for path, handlers in pages.items()
            if "GET" in handlers
        ]

    def show(self, page_request: "PageRequest[PortalContext]") -> Response:
        """Answer with what is at the path itself, else with the twin. Raises: NotFound."""
        path = page_request.request.url.path
        with page_request.open() as ctx:
            is_own = ctx.library.holds
        if not is_own:
            try:
                return self._twin(page_request, path_of_twin(path))
            except NotFound:  # the name of a page may end so
                found = self._find(path)
                if found is None or found[2]:
                    raise
                page_request.request.scope.pop(TWIN, None)
        return self._at(page_request, path)(page_request)

    def _twin(self, page_request: "PageRequest[PortalContext]", path: str) -> Response:
        scope = page_request.request.scope
        scope[TWIN] = True  # what is refused is told as Markdown too
        twin = Request({**scope, "path": path, "raw_path": path.encode()})
        asked = replace(page_request, request=twin)
        response = self._at(asked, path)(asked)
        is_markdown = response.headers.get("content-type", "").startswith(MARKDOWN)
        if response.status_code == 200 and not is_markdown:
            raise NotFound("There is no such page.")
        return response

    def _at(
        self, page_request: "PageRequest[PortalContext]", path: str
    ) -> "RequestPage[PortalContext]":
        """Find the page at a path, and tell the request what the path names. Raises: NotFound."""
        found = self._find(path)
        if found is None:
            raise NotFound("There is no such page.")
        page_request.request.scope["path_params"] = found[1]
        return found[0].page

    def _find(
        self, path: str
    ) -> "tuple[Handler[PortalContext], Mapping[str, object], bool] | None":
        scope = {"type": "http", "method": "GET", "path": path, "root_path": ""}
        for route, handler, is_content in self._pages:
            match, child = route.matches(scope)
            if match is Match.FULL:
                return handler, child["path_params"], is_content
        return None


async def _nothing(_request: Request) -> Response:
    return Response()
