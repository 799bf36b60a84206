"""Serves the portal's pages: session, forged forms, transactions, and refusals as pages."""

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from cms.content.library import Library
from cms.content.theme import default_theme
from cms.liquid.errors import TemplateError
from cms.liquid.tags.csrf import FIELD
from cms.portal.context import PortalContext
from cms.portal.cookies import (
    SESSION,
    flash_of,
    form_cookie,
    new_seed,
    put_cookie,
    seed_of,
    token_of,
)
from cms.portal.forms import sentence
from cms.portal.render import HEADERS, render_page
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.auth.sessions import TOUCH_EVERY, find_login, touch
from server.domain.actors import Actor
from server.domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    Unavailable,
)
from server.kit.hosts import host_name
from server.kit.ids import random_hex
from server.kit.web import SAFE_METHODS, Endpoint, endpoint

AUDIENCE = "developer"
SEED_LIFETIME_S = 86_400
STATUS: Mapping[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Invalid: 422,
    Conflict: 409,
    LimitReached: 429,
    Unavailable: 503,
}
PAGE_OF_STATUS = {404: "errors/not_found", 403: "errors/forbidden"}
STALE = "This form is out of date. Go back, load the page again and send it anew."
log = structlog.get_logger("gatehouse.portal")


class LoginNeeded(Exception):
    """Nobody is logged in."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request before and between its transactions."""

    deps: Dependencies
    request: Request
    form: Mapping[str, str]
    seed: str  # of the browser's anonymous forms
    error: DomainError | None = None

    @property
    def address(self) -> str:
        """Where the request comes from, to count attempts."""
        return self.request.client.host if self.request.client else ""

    @contextmanager
    def open(self, *, write: bool) -> Iterator[PortalContext]:
        """Open a transaction for the page. Raises: NotFound for a host of nobody's."""
        database = self.deps.database
        with database.write() if write else database.read() as db:
            installation = self.deps.installation
            host = host_name(self.request.headers.get("host", ""))
            provider = get_provider_by_host(db, installation, host)
            token = self.request.cookies.get(SESSION, "")
            login = find_login(db, installation, provider.id, AUDIENCE, token)
            if login and write:
                touch(db, installation, login)
            csrf = token_of(installation, provider.id, self.seed)
            yield PortalContext(
                db,
                login.actor if login else Actor.anonymous(provider.id),
                self.deps.installation,
                self.deps,
                self.request,
                provider,
                Library(db, default_theme(), provider.id),
                login,
                login.session.csrf_token if login else csrf,
                self.form,
                self.error,
                flash_of(installation, self.request),
            )


PortalPage = Callable[[PortalContext], Response]
RequestPage = Callable[[PageRequest], Response]


@dataclass(frozen=True, slots=True)
class Handler:
    """What a method of an address does; `retry` shows a refused form again."""

    page: RequestPage
    retry: PortalPage | None = None


Handlers = Mapping[str, Handler]


def shown(page: PortalPage) -> Handler:
    """Show a page to everybody."""

    def run(page_request: PageRequest) -> Response:
        with page_request.open(write=False) as ctx:
            return page(ctx)

    return Handler(run)


def shown_to_developers(page: PortalPage) -> Handler:
    """Show a page to who is logged in."""

    def run(page_request: PageRequest) -> Response:
        with page_request.open(write=False) as ctx:
            if ctx.login is None:
                raise LoginNeeded
            response = page(ctx)
            idle = ctx.data.now - ctx.login.session.last_seen_at
        if idle > TOUCH_EVERY:
            with page_request.open(write=True):
                pass  # opening it notes that the session is in use
        return response

    return Handler(run)


def sent_by_developers(page: PortalPage, retry: PortalPage) -> Handler:
    """Carry out a form of who is logged in, in one transaction."""

    def run(page_request: PageRequest) -> Response:
        with page_request.open(write=True) as ctx:
            if ctx.login is None:
                raise LoginNeeded
            return page(ctx)

    return Handler(run, retry)


def check_form(page_request: PageRequest) -> None:
    """Refuse a form that another site sent, or without the browser's token. Raises: Forbidden."""
    request = page_request.request
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden("This form came from another site.")
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden("This form came from another site.")
    with page_request.open(write=False) as ctx:
        token = ctx.csrf_token
    sent = page_request.form.get(FIELD, "")
    if not token or not hmac.compare_digest(sent.encode(), token.encode()):
        raise Forbidden(STALE)


def status_of(error: DomainError) -> int:
    """Tell the status of a refusal by its kind."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


@dataclass(frozen=True, slots=True)
class PageServer:
    """Makes endpoints of handlers."""

    deps: Dependencies

    def endpoint(self, handlers: Handlers) -> Endpoint:
        """Serve an address whose methods are `handlers`; a form names its method in `_method`."""

        def run(request: Request, form: Mapping[str, str]) -> Response:
            try:
                return self._answer(request, form, handlers)
            except Exception:  # noqa: BLE001 - the edge of a request: the visitor gets a page
                return self._fault(request)

        inner = endpoint(self.deps.executor, run)

        async def guarded(request: Request) -> Response:
            try:
                response = await inner(request)
            except HTTPException as error:
                response = PlainTextResponse(f"{error.detail}\n", error.status_code)
            response.headers.update(HEADERS)
            return response

        return guarded

    def _answer(self, request: Request, form: Mapping[str, str], handlers: Handlers) -> Response:
        known = seed_of(self.deps, request)
        page_request = PageRequest(self.deps, request, form, known or new_seed())
        method = "GET" if request.method == "HEAD" else request.method
        if method == "POST":
            method = form.get("_method", "post").upper()
        handler = handlers.get(method)
        try:
            if handler is None:
                raise NotFound("There is no such page.")
            if request.method not in SAFE_METHODS:
                check_form(PageRequest(self.deps, request, form, known))
            response = self._run(page_request, handler)
        except LoginNeeded:
            response = to_login(request)
        except DomainError as error:
            response = _refusal(page_request, error)
        if not known:
            put_cookie(
                response, self.deps, form_cookie(self.deps), page_request.seed, SEED_LIFETIME_S
            )
        return response

    def _run(self, page_request: PageRequest, handler: Handler) -> Response:
        """Run a handler; a refused form is shown again, what it wrote is rolled back by then."""
        try:
            return handler.page(page_request)
        except NotFound:
            raise
        except DomainError as error:
            if handler.retry is None:
                raise
            refused = PageRequest(
                page_request.deps, page_request.request, page_request.form, page_request.seed, error
            )
            with refused.open(write=False) as ctx:
                response = handler.retry(ctx)
            if response.status_code == 200:  # a redirect leads to where it is told
                response.status_code = status_of(error)
            return response

    def _fault(self, request: Request) -> Response:
        request_id = getattr(request.state, "request_id", "") or random_hex(8)
        log.exception("portal page failed", path=request.url.path, request_id=request_id)
        message = "Try again in a moment. If it stays, tell us the number below."
        page_request = PageRequest(self.deps, request, {}, "")
        variables = {"message": message, "request_id": request_id}
        try:
            with page_request.open(write=False) as ctx:
                return render_page(ctx, "errors/internal_server_error", variables, 500)
        except (DomainError, TemplateError):
            return PlainTextResponse(f"{message}\n{request_id}\n", 500)


def to_login(request: Request) -> Response:
    """Send to the login page, and back afterwards when a page was asked for."""
    back = request.url.path
    if request.url.query:
        back += f"?{request.url.query}"
    wanted = request.method in SAFE_METHODS and back != "/admin"
    query = f"?return_to={quote(back, safe='')}" if wanted else ""
    return RedirectResponse(f"/login{query}", status_code=303)


def _refusal(page_request: PageRequest, error: DomainError) -> Response:
    """Show what went wrong, and the way out."""
    status = status_of(error)
    name = PAGE_OF_STATUS.get(status, "errors/conflict")
    variables = {} if status == 404 else {"message": sentence(error.message)}
    try:
        with page_request.open(write=False) as ctx:
            return render_page(ctx, name, variables, status)
    except DomainError:  # a host of nobody's has no pages
        return PlainTextResponse(f"{error.message}\n", status)
