"""The portal as somebody would see it, with a template that is not saved yet. It changes nothing.

The pages themselves are asked, in a transaction that only reads; what they would tell afterwards
is dropped. Nothing of a session is made: who looks is said by who asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from cms.content.library import Library
from cms.liquid.context import OF_PAGE
from cms.liquid.errors import TemplateError
from cms.portal.context import PortalContext
from cms.portal.page_face import PortalPages
from cms.portal.preview_paths import SEEN_AT, find_path
from cms.portal.render import render_page
from cms.portal.routes import table
from cms.rendering.order import Order, Rendered
from cms.rendering.renderer import Renderer
from cms.rendering.trial import fault_of
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.auth.sessions import Login
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User, UserSession
from server.domain.actors import Actor
from server.domain.errors import Conflict, DomainError, NotFound
from server.domain.portal.groups import Group, GroupSection
from server.domain.portal.pages import HTML
from server.domain.portal.previews import PreviewAsked, Previewed, Unsaved
from server.domain.provider.providers import Provider
from server.web.pages import Handlers, LoginNeeded, PageRequest, RequestPage

UNCHANGED = "A preview changes nothing."
LOGIN = "/login"


class _Renderer(Renderer):
    """Renders as ever, and remembers what failed first."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer
        self.failed: TemplateError | None = None

    def render(self, order: Order, library: Library) -> Rendered:
        try:
            return self._renderer.render(order, library)
        except TemplateError as error:
            self.failed = self.failed or error
            raise


@dataclass(frozen=True)
class PreviewContext(PortalContext):
    """A page's context whose library holds what is not saved."""

    unsaved: Unsaved | None = None
    granted: tuple[int, ...] = ()  # sections that the group sees which looks

    @cached_property
    def library(self) -> Library:
        library = super().library.for_group(self.granted)
        return library if self.unsaved is None else library.with_unsaved(self.unsaved)


class _PreviewPages(PortalPages):
    """The developer portal, seen through a preview."""

    def __init__(
        self, renderer: _Renderer, unsaved: Unsaved | None, granted: tuple[int, ...]
    ) -> None:
        super().__init__(renderer)
        pages = self.context

        def context(*args: Any) -> PortalContext:
            made = pages(*args)
            values = {name: getattr(made, name) for name in made.__dataclass_fields__}
            return PreviewContext(**values, unsaved=unsaved, granted=granted)

        self.context = context


@dataclass(frozen=True, slots=True)
class _PreviewRequest(PageRequest[PortalContext]):
    """A request that reads as whom it is told, whatever the browser is."""

    asked: PreviewAsked = field(default_factory=lambda: PreviewAsked(0, "/"))

    @contextmanager
    def open(
        self, *, write: bool | None = None, login_needed: bool | None = None
    ) -> Iterator[PortalContext]:
        """Open a transaction that reads. Raises: LoginNeeded, Conflict when it shall write."""
        if write:
            raise Conflict(UNCHANGED)
        with self.deps.database.read() as db:
            ctx = self._context(db)
            if login_needed and ctx.visitor is None:
                raise LoginNeeded
            yield ctx

    def _context(self, db: Session) -> PortalContext:
        provider = db.get_one(Provider, self.asked.provider_id)
        login = find_viewer(db, self.asked)
        actor = login.actor if login else Actor.anonymous(provider.id)
        return self.face.context(db, actor, self.deps.installation, self, provider, login)


def find_viewer(db: Session, asked: PreviewAsked) -> Login | None:
    """Make the login of who looks, without a session; None for a visitor. Raises: NotFound."""
    if asked.user_id is None:
        return None
    user = db.get(User, asked.user_id)
    if user is None or user.provider_id != asked.provider_id or user.account_id is None:
        raise NotFound("There is no such developer.", field="viewer")
    now = user.updated_at
    session = UserSession(
        id=0,
        provider_id=user.provider_id,
        user_id=user.id,
        digest="preview",
        created_at=now,
        last_seen_at=now,
        expires_at=now,
    )
    return Login(actor_of_user(user), user, session, db.get(Account, user.account_id))


class PortalPreview:
    """Answers what the admin portal asks. Thread-safe."""

    def __init__(self, deps: Dependencies, renderer: Renderer) -> None:
        self._deps, self._renderer = deps, renderer
        self._routes = [(Route(path, _nothing), handlers) for path, handlers in table().items()]

    def __call__(self, asked: PreviewAsked) -> Previewed:
        """Render. Raises: NotFound for a viewer that is nobody; Unavailable."""
        with self._deps.database.read() as db:
            find_viewer(db, asked)
            granted = _sections_of(db, asked)
        renderer = _Renderer(self._renderer)
        face = _PreviewPages(renderer, asked.unsaved, granted)
        path = self._path_of(asked)
        request = _PreviewRequest(
            self._deps, face, _request(path or "/", self._host(asked)), {}, "preview", asked=asked
        )
        try:
            response = self._seen(request, path)
        except LoginNeeded:
            return Previewed("", path, leads_to=LOGIN)
        except DomainError as error:
            response = face.refusal(replace(request, error=error), error)
        if renderer.failed is not None:
            return Previewed("", path, fault=fault_of(renderer.failed))
        leads_to = response.headers.get("location", "")
        return Previewed(_html_of(response), path, response.status_code, leads_to)

    def _seen(self, request: _PreviewRequest, path: str) -> Response:
        """Answer; a page whose address is closed today is rendered all the same."""
        if not path:
            return self._by_name(request)
        try:
            return self._answer(request)
        except NotFound:
            unsaved = request.asked.unsaved
            if request.asked.path or unsaved is None or unsaved.name not in SEEN_AT:
                raise
            if unsaved.name.startswith("errors/"):
                raise
            return self._by_name(request)

    def _answer(self, request: _PreviewRequest) -> Response:
        """Ask the page at the path, as a browser would."""
        for route, handlers in self._routes:
            match, found = route.matches(request.request.scope)
            if match is Match.FULL:
                request.request.scope.update(found)
                return _page_at(handlers)(request)
        raise NotFound("There is no such page.")

    def _by_name(self, request: _PreviewRequest) -> Response:
        """Render a page that no address leads to, with nothing in its own variables."""
        unsaved = request.asked.unsaved
        name = unsaved.name if unsaved else ""
        with request.open() as ctx:
            if name not in OF_PAGE:
                raise NotFound("There is no such page.")
            return render_page(ctx, name, dict.fromkeys(OF_PAGE[name]))

    def _path_of(self, asked: PreviewAsked) -> str:
        """Find where a template is seen; empty for a page that no address leads to."""
        unsaved = asked.unsaved
        if asked.path or unsaved is None:
            return asked.path or "/"
        if unsaved.kind != "page" or unsaved.name.startswith("/"):
            return unsaved.name if unsaved.kind == "page" else "/"
        with self._deps.database.read() as db:
            login = find_viewer(db, asked)
            account_id = login.user.account_id if login else None
            return find_path(db, asked.provider_id, account_id, unsaved.name)

    def _host(self, asked: PreviewAsked) -> str:
        with self._deps.database.read() as db:
            provider = db.get_one(Provider, asked.provider_id)
            return urlsplit(self._deps.installation.addresses.portal(provider)).netloc


def _sections_of(db: Session, asked: PreviewAsked) -> tuple[int, ...]:
    """Read which sections a group sees. Raises: NotFound."""
    if asked.group_id is None:
        return ()
    group = db.get(Group, asked.group_id)
    if group is None or group.provider_id != asked.provider_id:
        raise NotFound("There is no such group.", field="viewer")
    query = select(GroupSection.section_id).where(GroupSection.group_id == group.id)
    return tuple(db.exec(query))


def _html_of(response: Response) -> str:
    """Show what is no page as the text that it is; a file is not read."""
    body = getattr(response, "body", b"")
    text = bytes(body).decode(errors="replace")
    if response.headers.get("content-type", HTML).startswith(HTML):
        return text
    return f"<!doctype html><html lang='en'><title>Text</title><pre>{escape(text)}</pre></html>"


async def _nothing(_request: Request) -> Response:
    return Response()


def _page_at(handlers: Handlers[PortalContext]) -> RequestPage[PortalContext]:
    handler = handlers.get("GET")
    if handler is None:
        raise NotFound("There is no such page.")
    return handler.page


def _request(path: str, host: str) -> Request:
    parts = urlsplit(path)
    name, _, port = host.partition(":")
    return Request(
        {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": parts.path,
            "raw_path": parts.path.encode(),
            "root_path": "",
            "query_string": parts.query.encode(),
            "headers": [(b"host", host.encode())],
            "server": (name, int(port or 80)),
            "client": ("127.0.0.1", 0),
            "state": {},
        }
    )
