"""Serves the admin portal's pages: login, forgery checks, transactions, and errors as pages."""

import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import structlog
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.admin.context import HOME, AdminContext
from server.admin.forms import sentence
from server.admin.render import render_plain, secured
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.auth.sessions import TOUCH_EVERY, Login, find_login, touch
from server.domain.errors import (
    Conflict,
    DomainError,
    Forbidden,
    Invalid,
    LimitReached,
    NotFound,
    Unavailable,
)
from server.domain.provider.providers import Provider
from server.kit.hosts import host_name
from server.kit.ids import random_hex
from server.kit.web import SAFE_METHODS, Endpoint, endpoint

SESSION_COOKIE = "admin_session"
AUDIENCE = "provider"
STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Invalid: 422,
    Conflict: 409,
    LimitReached: 429,
    Unavailable: 503,
}
TITLES = {
    403: "You may not do this",
    404: "There is nothing here",
    409: "This can't be done now",
    413: "Too much at once",
    500: "Something went wrong on our side",
    503: "Try again in a moment",
}
log = structlog.get_logger("gatehouse.admin")


class LoginNeeded(Exception):
    """Nobody is logged in."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What the error page shows."""

    status: int
    title: str
    message: str
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One request before and between its transactions."""

    deps: Dependencies
    request: Request
    form: Mapping[str, str]
    error: DomainError | None = None  # why the form was refused: the page is shown again

    @contextmanager
    def open(self) -> Iterator[AdminContext]:
        """Open a transaction for whoever is logged in: GET reads, everything else writes.

        Raises: LoginNeeded, NotFound for a host of nobody's, Forbidden for a forged form.
        """
        writes = self.request.method not in SAFE_METHODS and self.error is None
        opened = self.deps.database.write if writes else self.deps.database.read
        with opened() as db:
            provider, login = self._login(db)
            if self.request.method not in SAFE_METHODS:
                check_form(self.request, self.form, login.session.csrf_token)
            if writes:
                touch(db, self.deps.installation, login)
            yield AdminContext(
                db,
                login.actor,
                self.deps.installation,
                self.deps,
                self.request,
                provider,
                login,
                self.form,
                self.error,
            )
        idle = self.deps.installation.clock.now() - login.session.last_seen_at
        if not writes and idle > TOUCH_EVERY:
            self._touch()

    def _login(self, db: Session) -> tuple[Provider, Login]:
        """Recognise the browser. Raises: LoginNeeded, NotFound."""
        host = host_name(self.request.headers.get("host", ""))
        provider = get_provider_by_host(db, self.deps.installation, host)
        token = self.request.cookies.get(SESSION_COOKIE, "")
        login = find_login(db, self.deps.installation, provider.id, AUDIENCE, token)
        if login is None:
            raise LoginNeeded
        return provider, login

    def _touch(self) -> None:
        """Keep the session of somebody who only reads from growing idle."""
        with self.deps.database.write() as db:
            touch(db, self.deps.installation, self._login(db)[1])


AdminPage = Callable[[AdminContext], Response]
RequestPage = Callable[[PageRequest], Response]


def in_transaction(page: AdminPage) -> RequestPage:
    """Run a page in one transaction."""

    def run(page_request: PageRequest) -> Response:
        with page_request.open() as ctx:
            return page(ctx)

    return run


def check_form(request: Request, form: Mapping[str, str], token: str) -> None:
    """Refuse a form that another site sent, or that holds no token of ours. Raises: Forbidden."""
    check_origin(request)
    sent = form.get("csrf", "")
    if not token or not hmac.compare_digest(sent.encode(), token.encode()):
        raise Forbidden("This form is out of date. Go back, load the page again and send it anew.")


def check_origin(request: Request) -> None:
    """Refuse what a page of another site sent. Raises: Forbidden."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise Forbidden("This form came from another site.")
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden("This form came from another site.")


def status_of(error: DomainError) -> int:
    """Tell the status of a refusal by its kind."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


class PageServer:
    """Makes endpoints of pages."""

    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps

    def endpoint(self, page: RequestPage, retry: AdminPage | None = None) -> Endpoint:
        """Serve a page; a refused form is shown again by `retry` with the error at its field."""

        def run(request: Request, form: Mapping[str, str]) -> Response:
            return self._answer(PageRequest(self._deps, request, form), page, retry)

        inner = endpoint(self._deps.executor, run)

        async def guarded(request: Request) -> Response:
            try:
                response = await inner(request)
            except HTTPException as error:
                response = error_response(error.status_code, error.detail)
            except Exception:  # noqa: BLE001 - the edge of a request: the visitor gets a page
                response = _fault(request)
            return secured(response)

        return guarded

    def _answer(
        self, page_request: PageRequest, page: RequestPage, retry: AdminPage | None
    ) -> Response:
        try:
            return page(page_request)
        except LoginNeeded:
            return to_login(page_request.request)
        except (NotFound, Forbidden) as error:
            return error_response(status_of(error), error.message)
        except DomainError as error:
            if retry is None:
                return error_response(status_of(error), error.message)
            return self._again(page_request, error, retry)

    def _again(self, page_request: PageRequest, error: DomainError, retry: AdminPage) -> Response:
        """Show the page of a refused form; what it wrote is rolled back by now."""
        refused = PageRequest(page_request.deps, page_request.request, page_request.form, error)
        try:
            with refused.open() as ctx:
                response = retry(ctx)
        except LoginNeeded:
            return to_login(page_request.request)
        response.status_code = status_of(error)
        return response


def to_login(request: Request) -> Response:
    """Send to the login page, and back afterwards when a page was asked for."""
    back = request.url.path
    if request.url.query:
        back += f"?{request.url.query}"
    wanted = request.method in SAFE_METHODS and back not in {HOME, f"{HOME}/"}
    query = f"?return_to={quote(back, safe='')}" if wanted else ""
    return RedirectResponse(f"{HOME}/login{query}", status_code=303)


def error_response(status: int, message: str, request_id: str = "") -> Response:
    """Show what went wrong, and the way out."""
    title = TITLES.get(status, "This did not work")
    page = ErrorPage(status, title, sentence(message), request_id)
    return render_plain("error.html.j2", page, status=status)


def _fault(request: Request) -> Response:
    request_id = getattr(request.state, "request_id", "") or random_hex(8)
    log.exception("admin page failed", path=request.url.path, request_id=request_id)
    message = "Try again. If it stays, tell the operator the id below: the log has the details."
    return error_response(500, message, request_id)
