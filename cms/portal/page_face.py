"""What the developer portal says of its pages: visitors come in, error pages are of the theme."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from cms.liquid.errors import TemplateError
from cms.liquid.tags.csrf import FIELD
from cms.portal.context import PortalContext
from cms.portal.extra_headers import note_headers
from cms.portal.faults import FaultBook
from cms.portal.kept_pages import KeptPages
from cms.portal.looks import LOGO, STYLESHEET
from cms.portal.render import FAULT_PAGE, SHEET, render_page
from cms.portal.return_paths import own_page
from cms.rendering.renderer import Renderer
from server.domain.errors import DomainError, NotFound, sentence
from server.web import access
from server.web.cookies import DEVELOPER
from server.web.pages import (
    Elsewhere,
    Handler,
    Page,
    PageFace,
    PageRequest,
    in_transaction,
)
from server.web.statuses import status_of

CODE_PAGE = "/access_code"
OF_CODE_PAGE = (CODE_PAGE, SHEET, STYLESHEET, LOGO, "/robots.txt")
FILES = (".json", ".xml")  # for programs, which type no code
PAGE_OF_STATUS = {404: "errors/not_found", 403: "errors/forbidden"}
# These tell what there is, so they are no documents.
NO_DOCUMENTS = ("/search.json", "/sitemap", "/api_docs/apis/")
FAULT = "Try again in a moment. If it stays, tell us the number below."
PortalPage = Page[PortalContext]
PortalRequest = PageRequest[PortalContext]


class PortalPages(PageFace[PortalContext]):
    """The developer portal."""

    portal = DEVELOPER
    csrf_field = FIELD
    lets_visitors_in = True
    scripts = "/javascripts/"
    headers: Mapping[str, str] = {}
    places = ()
    final = (NotFound,)

    def __init__(self, renderer: Renderer) -> None:
        make = partial(
            PortalContext, renderer=renderer, fault_book=FaultBook(), kept_pages=KeptPages()
        )

        def context(*known: Any) -> PortalContext:
            ctx = make(*known)
            note_headers(ctx)
            return ctx

        self.context = context

    def admit(self, ctx: PortalContext) -> None:
        """Send who has not given the access code of a portal that is not open to its page."""
        if not has_access(ctx) and not _is_exempt(ctx):
            raise Elsewhere(f"{CODE_PAGE}?return_to={quote(own_page(ctx.uri))}")

    def refusal(self, page_request: PortalRequest, error: DomainError) -> Response:
        status = status_of(error)
        name = PAGE_OF_STATUS.get(status, "errors/conflict")
        try:
            with page_request.open() as ctx:
                message = ctx.data.language.say(sentence(error.message))
                variables = {} if status == 404 else {"message": message}
                return render_page(ctx, name, variables, status)
        except DomainError:  # a host of nobody's has no pages
            return PlainTextResponse(f"{error.message}\n", status)

    def fault(self, page_request: PortalRequest, request_id: str) -> Response:
        try:
            with page_request.open() as ctx:
                message = ctx.data.language.say(FAULT)
                variables = {"message": message, "request_id": request_id}
                return render_page(ctx, FAULT_PAGE, variables, 500)
        except (DomainError, TemplateError):
            return PlainTextResponse(f"{FAULT}\n{request_id}\n", 500)

    def unreadable(self, status: int, message: str) -> Response:
        return PlainTextResponse(f"{message}\n", status)


def has_access(ctx: PortalContext) -> bool:
    """Return whether the portal is open, or the browser has given its access code."""
    code = ctx.data.settings.site_access_code
    return access.has_access(ctx.request, ctx.deps, ctx.provider.id, code)


def _is_exempt(ctx: PortalContext) -> bool:
    """Return whether it is the page that asks, its look, or a document for programs."""
    is_file = ctx.path.endswith(FILES) and not ctx.path.startswith(NO_DOCUMENTS)
    return ctx.path in OF_CODE_PAGE or is_file


def shown(page: PortalPage) -> Handler[PortalContext]:
    """Show a page to everybody."""
    return Handler(in_transaction(page))


def shown_to_developers(page: PortalPage) -> Handler[PortalContext]:
    """Show a page to who is logged in."""
    return Handler(in_transaction(page, login_needed=True))


def sent_by_developers(page: PortalPage, retry: PortalPage) -> Handler[PortalContext]:
    """Carry out a form of who is logged in, in one transaction."""
    return Handler(in_transaction(page, login_needed=True), retry)
