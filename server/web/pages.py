"""Serves the pages of a portal: login, forged forms, transactions, refusals shown as pages."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import structlog
from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from server.actions.work import Work
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.auth.sessions import TOUCH_EVERY, Login, find_login, touch
from server.domain.actors import Actor
from server.domain.errors import DomainError, Forbidden, NotFound
from server.domain.events import Face, came_through
from server.domain.provider.providers import Provider
from server.kit.ids import id_or_none, random_hex
from server.web.cookies import ADMIN, Portal
from server.web.csrf import (
    StaleForm,
    check_token,
    find_seed,
    new_seed,
    token_of_seed,
    token_of_session,
)
from server.web.headers import PAGE_HEADERS, page_policy
from server.web.kept_forms import KEPT, keep_form, open_form
from server.web.moved import find_moved
from server.web.notices import Notice, find_notice, go_to, put_notice
from server.web.origin import check_place, check_same_origin, is_link
from server.web.outages import find_outage, outages_told
from server.web.requests import (
    MAX_LARGE_FORM_BYTES,
    SAFE_METHODS,
    BadRequest,
    address_of,
    host_of,
    is_large,
    read_form,
)
from server.web.shared import is_shared
from server.web.statuses import status_of, tell_when

log = structlog.get_logger("gatehouse.pages")
FACES = {"provider": Face.ADMIN_PORTAL, "developer": Face.DEVELOPER_PORTAL}  # by audience


ENDED = "Your session has ended. Log in again: what you typed is kept, but for passwords and keys."
STALE_AGAIN = "This form was out of date. Look at what you typed and send it again."
RESUMED = "You are logged in again. Nothing was done yet: look at what you typed and send it again."


class LoginNeeded(Exception):
    """Nobody is logged in."""


class Elsewhere(Exception):
    """The request goes to another page first."""

    def __init__(self, path: str, status: int = 303) -> None:
        super().__init__(path)
        self.path, self.status = path, status


@dataclass(frozen=True)
class PageContext(Work):
    """One request within its transaction; each portal adds what its pages read."""

    page_request: "PageRequest[Any]"
    provider: Provider
    visitor: Login | None  # whoever is logged in

    @property
    def deps(self) -> Dependencies:
        """The parts of the process."""
        return self.page_request.deps

    @property
    def request(self) -> Request:
        """The HTTP request."""
        return self.page_request.request

    @property
    def values(self) -> Mapping[str, str]:
        """What was sent."""
        return self.page_request.form

    @property
    def error(self) -> DomainError | None:
        """Why what was sent is refused; None when it is not."""
        return self.page_request.error

    @property
    def csrf_token(self) -> str:
        """The token that every form of the page carries."""
        if self.visitor is not None:
            return token_of_session(self.installation.vault, self.visitor.session.digest)
        cookie = self.page_request.face.portal.form_seed
        vault = self.installation.vault
        return token_of_seed(vault, cookie, self.provider.id, self.page_request.seed)

    @property
    def path(self) -> str:
        """The path that was asked for."""
        return self.request.url.path

    def find_notice(self) -> Notice | None:
        """Read what the page before has done, told once."""
        return find_notice(self.request, self.page_request.face.portal.notice, self.deps)

    def text(self, name: str) -> str:
        """Read a field without surrounding space."""
        return self.values.get(name, "").strip()

    def path_id(self, name: str) -> int:
        """Read an id of the path. Raises: NotFound."""
        return parse_id(str(self.request.path_params[name]))

    def go(self, path: str, text: str = "", kind: str = "success") -> Response:
        """Send the browser to a page of the portal, which tells the text once."""
        response = go_to(path)
        if text:
            cookie = self.page_request.face.portal.notice
            put_notice(response, cookie, self.deps, Notice(text, kind))
        return response

    def forget_notice(self, response: Response) -> None:
        """Drop the notice, which this response tells."""
        cookie = self.page_request.face.portal.notice
        if cookie.read(self.request, self.deps):
            cookie.drop(response, self.deps)


ContextT = TypeVar("ContextT", bound=PageContext)
Page = Callable[[ContextT], Response]  # in one transaction


class PageFace(ABC, Generic[ContextT]):
    """What one portal says of its pages; everything else about serving them is shared."""

    portal: Portal
    context: Callable[..., ContextT]
    csrf_field: str
    lets_visitors_in: bool  # pages may be opened though nobody is logged in
    scripts: str  # path below which all scripts of its pages are
    headers: Mapping[str, str]  # of its pages alone
    places: tuple[str, ...]  # paths of the pages that may ask it for more than a page
    final: tuple[type[DomainError], ...]  # refusals after which no form is shown again

    def admit(self, ctx: ContextT) -> None:
        """Let whoever looks see pages at all, or raise Elsewhere."""

    @abstractmethod
    def refusal(self, page_request: "PageRequest[ContextT]", error: DomainError) -> Response:
        """Show what went wrong, and the way out."""

    @abstractmethod
    def fault(self, page_request: "PageRequest[ContextT]", request_id: str) -> Response:
        """Show that we failed, with the id under which the log tells more."""

    @abstractmethod
    def unreadable(self, status: int, message: str) -> Response:
        """Answer a request that is none of ours: too large, or no form."""


@dataclass(frozen=True, slots=True)
class PageRequest(Generic[ContextT]):
    """One request before and between its transactions."""

    deps: Dependencies
    face: PageFace[ContextT]
    request: Request
    form: Mapping[str, str]
    seed: str  # of the browser's anonymous forms
    error: DomainError | None = None  # why the form was refused: a page shows it
    token: str = ""  # of a session that this request opens; else the browser's cookie tells it

    @property
    def address(self) -> str:
        """Where the request comes from, to count attempts."""
        return address_of(self.request)

    @property
    def is_change(self) -> bool:
        """Return whether the request is a form that has to be checked and carried out."""
        return self.request.method not in SAFE_METHODS and self.error is None

    @contextmanager
    def open(
        self, *, write: bool | None = None, login_needed: bool | None = None
    ) -> Iterator[ContextT]:
        """Open a transaction for the page: forms write, everything else reads, unless told.

        Raises: LoginNeeded, NotFound for a host of nobody's, StaleForm.
        """
        writes = self.is_change if write is None else write
        needed = not self.face.lets_visitors_in if login_needed is None else login_needed
        opened = self.deps.database.write if writes else self.deps.database.read
        with opened() as db:
            came_through(db, FACES[self.face.portal.audience])
            ctx = self._context(db)
            if self.error is None:
                self._follow_domain(ctx)
                self.face.admit(ctx)
            if needed and ctx.visitor is None:
                raise LoginNeeded
            if self.is_change:
                check_token(self.form.get(self.face.csrf_field, ""), ctx.csrf_token)
            if writes and ctx.visitor is not None:
                touch(db, self.deps.installation, ctx.visitor)
            yield ctx
        if not writes:
            self._keep_alive(ctx)

    def _context(self, db: Session) -> ContextT:
        """Recognise host and browser. Raises: NotFound."""
        portal, installation = self.face.portal, self.deps.installation
        provider = get_provider_by_host(db, installation, host_of(self.request))
        token = self.token or portal.session.read(self.request, self.deps)
        login = find_login(db, installation, provider.id, portal.audience, token)
        actor = login.actor if login else Actor.anonymous(provider.id)
        return self.face.context(db, actor, installation, self, provider, login)

    def _follow_domain(self, ctx: ContextT) -> None:
        """Send who follows a link on to the portal's primary domain. Raises: Elsewhere."""
        if self.face.portal is ADMIN:
            return
        addresses = self.deps.installation.addresses
        moved = find_moved(ctx.db, addresses, ctx.provider, self.request)
        if moved is not None:
            raise Elsewhere(*moved)

    def _keep_alive(self, ctx: ContextT) -> None:
        """Keep the session of somebody who only reads from growing idle."""
        if ctx.visitor is None or ctx.now - ctx.visitor.session.last_seen_at <= TOUCH_EVERY:
            return
        with self.deps.database.write() as db:
            visitor = self._context(db).visitor
            if visitor is not None:
                touch(db, self.deps.installation, visitor)


RequestPage = Callable[[PageRequest[ContextT]], Response]  # opens its transactions itself


@dataclass(frozen=True, slots=True)
class Handler(Generic[ContextT]):
    """What a method of an address does; `retry` shows a refused form again."""

    page: RequestPage[ContextT]
    retry: Page[ContextT] | None = None
    is_large: bool = False  # its form may hold a document, or a file; of who is logged in only
    most_bytes: int = MAX_LARGE_FORM_BYTES  # of a large form


@dataclass(frozen=True, slots=True)
class SignIn(Generic[ContextT]):
    """How one logs in on the page of a form that was sent after its session had ended."""

    check: Callable[[PageRequest[ContextT]], str]  # gives the new session's token, or refuses
    page: Page[ContextT]  # the login form


Handlers = Mapping[str, Handler[ContextT]]
Endpoint = Callable[[Request], Awaitable[Response]]


def in_transaction(
    page: Page[ContextT], *, login_needed: bool | None = None
) -> RequestPage[ContextT]:
    """Run a page in one transaction."""

    def run(page_request: PageRequest[ContextT]) -> Response:
        with page_request.open(login_needed=login_needed) as ctx:
            return page(ctx)

    return run


@dataclass(frozen=True, slots=True)
class PageServer(Generic[ContextT]):
    """Makes endpoints of one portal's pages."""

    deps: Dependencies
    face: PageFace[ContextT]
    sign_in: SignIn[ContextT]
    one_large: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, 1))

    def endpoint(self, handlers: Handlers[ContextT]) -> Endpoint:
        """Serve an address whose methods are `handlers`; a form may name its method itself."""

        async def serve(request: Request) -> Response:
            response = await self._serve(request, handlers)
            host = request.headers.get("host", "")
            policy = page_policy(host, self.face.scripts)
            response.headers.setdefault("Content-Security-Policy", policy)
            for name, value in {**PAGE_HEADERS, **self.face.headers}.items():
                response.headers.setdefault(name, value)
            return response

        return serve

    async def _serve(self, request: Request, handlers: Handlers[ContextT]) -> Response:
        executor = self.deps.executor
        form: Mapping[str, str] = {}
        try:
            if request.method not in SAFE_METHODS:
                large = any(handler.is_large for handler in handlers.values())
                if large and await executor.run(self._is_known, request):
                    return await self._serve_large(request, handlers)
                form = await read_form(request)
            return await executor.run(self._answer, request, form, handlers)
        except BadRequest as error:
            return self.face.unreadable(error.status, error.message)
        except HTTPException as error:
            return self.face.unreadable(error.status_code, error.detail)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except Exception as error:
            if (outage := find_outage(error)) is not None:  # not even an error can be shown
                response = self.face.unreadable(status_of(outage), outage.message)
                tell_when(response, outage)
                return response
            request_id = getattr(request.state, "request_id", "") or random_hex(8)
            log.exception("page failed", request_id=request_id, quiet=list(form.values()))
            return await executor.run(self._fault, request, request_id)

    async def _serve_large(self, request: Request, handlers: Handlers[ContextT]) -> Response:
        """Take one large form after the other: each takes a multiple of its size in memory."""
        most = max(handler.most_bytes for handler in handlers.values() if handler.is_large)
        if not is_large(request):
            form = await read_form(request, most)
            return await self.deps.executor.run(self._answer, request, form, handlers)
        async with self.one_large:
            form = await read_form(request, most)
            return await self.deps.executor.run(self._answer, request, form, handlers)

    def _is_known(self, request: Request) -> bool:
        """Return whether somebody is logged in, before anything of the form is read."""
        unread = DomainError("The form is not read yet.")
        page_request = PageRequest(self.deps, self.face, request, {}, "", unread)
        try:
            with page_request.open(write=False, login_needed=False) as ctx:
                return ctx.visitor is not None
        except DomainError:
            return False

    def _fault(self, request: Request, request_id: str) -> Response:
        failed = DomainError("Something went wrong on our side.")
        page_request = PageRequest(self.deps, self.face, request, {}, new_seed(), failed)
        return self.face.fault(page_request, request_id)

    def _answer(
        self, request: Request, form: Mapping[str, str], handlers: Handlers[ContextT]
    ) -> Response:
        seed = find_seed(request, self.face.portal.form_seed, self.deps)
        page_request = PageRequest(self.deps, self.face, request, form, seed or new_seed())
        try:
            try:
                response = self._carry_out(page_request, handlers)
            except LoginNeeded:
                response = self._to_login(page_request, handlers)
            except Elsewhere as elsewhere:
                response = go_to(elsewhere.path, elsewhere.status)
        except DomainError as error:
            response = self.face.refusal(replace(page_request, error=error), error)
            tell_when(response, error)
        if seed is None and not is_shared(request, response):
            self.face.portal.form_seed.put(response, self.deps, page_request.seed)
        return response

    def _carry_out(
        self, page_request: PageRequest[ContextT], handlers: Handlers[ContextT]
    ) -> Response:
        if page_request.is_change:
            check_same_origin(page_request.request)
        if self.face.places and not is_link(page_request.request):
            check_place(page_request.request, self.face.places)
        if page_request.is_change and KEPT in page_request.form:
            return self._resume(page_request, handlers)
        handler = handlers.get(_method_of(page_request))
        if handler is None:
            raise NotFound("There is no such page.")
        try:
            with outages_told():
                return handler.page(page_request)
        except DomainError as error:
            if handler.retry is None or self._is_final(page_request, error):
                raise
            if isinstance(error, StaleForm):
                error = StaleForm(STALE_AGAIN)
            return self._show_again(replace(page_request, error=error), error, handler.retry)

    def _is_final(self, page_request: PageRequest[ContextT], error: DomainError) -> bool:
        """Return whether the form can't be mended; one may, where a field of it is refused.

        One that is out of date is shown with a new token, when the browser told that it is ours.
        """
        if isinstance(error, StaleForm):
            return "origin" not in page_request.request.headers
        is_of_field = isinstance(error, Forbidden) and error.field is not None
        return isinstance(error, self.face.final) and not is_of_field

    def _show_again(
        self, page_request: PageRequest[ContextT], error: DomainError, retry: Page[ContextT]
    ) -> Response:
        """Show the page of a refused form; what it wrote is rolled back by now."""
        with page_request.open() as ctx:
            response = retry(ctx)
        if response.status_code == 200:  # a redirect leads to where it is told
            response.status_code = status_of(error)
            tell_when(response, error)
        return response

    def _resume(
        self, page_request: PageRequest[ContextT], handlers: Handlers[ContextT]
    ) -> Response:
        """Log in by the form that came instead of a refused one, and show that one as typed."""
        vault, sealed = self.deps.installation.vault, page_request.form[KEPT]
        kept = open_form(vault, self._place(page_request), sealed)
        again = replace(page_request, form=kept or {}, error=DomainError(RESUMED))
        handler = handlers.get(_method_of(again))
        if kept is None or handler is None or handler.retry is None:
            return go_to(self.face.portal.login_path)
        with again.open(login_needed=False) as ctx:
            is_known = ctx.visitor is not None  # he logged in elsewhere meanwhile
        token = ""
        if not is_known:
            try:
                token = self.sign_in.check(page_request)
            except DomainError as error:
                return self._login_page(replace(page_request, error=error))
        again = replace(again, token=token)
        try:
            with again.open() as ctx:
                response = handler.retry(ctx)
        except DomainError as error:
            response = self.face.refusal(again, error)
        if token:
            self.face.portal.session.put(response, self.deps, token)
        return response

    def _login_page(self, page_request: PageRequest[ContextT]) -> Response:
        """Show the login form with why, where a form was sent to."""
        with page_request.open(login_needed=False) as ctx:
            response = self.sign_in.page(ctx)
        if page_request.error is not None and response.status_code == 200:
            response.status_code = status_of(page_request.error)
            tell_when(response, page_request.error)
        return response

    def _place(self, page_request: PageRequest[ContextT]) -> str:
        request = page_request.request
        return f"{self.face.portal.audience} {host_of(request)} {request.url.path}"

    def _to_login(
        self, page_request: PageRequest[ContextT], handlers: Handlers[ContextT]
    ) -> Response:
        """Ask for the login where a form was sent; else send there, and back afterwards."""
        request, portal = page_request.request, self.face.portal
        handler = handlers.get(_method_of(page_request))
        if page_request.is_change and handler and handler.retry:
            vault = self.deps.installation.vault
            kept = keep_form(vault, self._place(page_request), page_request.form)
            if kept:
                error = Forbidden(ENDED)
                return self._login_page(replace(page_request, form={KEPT: kept}, error=error))
        url = request.url
        back = f"{url.path}?{url.query}" if url.query else url.path
        wanted = request.method in SAFE_METHODS and back not in {portal.home, f"{portal.home}/"}
        query = f"?return_to={quote(back, safe='')}" if wanted else ""
        return go_to(f"{portal.login_path}{query}")


def _method_of(page_request: PageRequest[ContextT]) -> str:
    """Return the method: HTML forms, which can only POST, name another one in `_method`."""
    method = page_request.request.method
    if method == "HEAD":
        return "GET"
    return page_request.form.get("_method", method).upper() if method == "POST" else method


def parse_id(text: str) -> int:
    """Read an id. Raises: NotFound, since an id of another shape is nobody's."""
    found = id_or_none(text)
    if found is None:
        raise NotFound("There is no such page.")
    return found
