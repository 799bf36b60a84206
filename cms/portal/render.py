"""From a page's name and variables to a response with its headers."""

from collections.abc import Hashable, Mapping
from dataclasses import replace

import structlog
from starlette.background import BackgroundTask
from starlette.responses import HTMLResponse, Response

from cms.content.console import MARK
from cms.content.library import Library
from cms.liquid.context import LOGGED_IN, OF_PAGE, OLD_NAMES
from cms.liquid.drops.accounts import AccountDrop, CurrentUserDrop
from cms.liquid.drops.forum import ForumDrop
from cms.liquid.drops.languages import I18nDrop
from cms.liquid.drops.pages import Asked, FlashDrop, FlashMessage, RequestDrop, UrlsDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.drops.signup import NewSignupDrop
from cms.liquid.drops.site import MenuDrop, SiteDrop, TodayDrop
from cms.liquid.drops.themes import ThemeDrop
from cms.liquid.errors import Place, TemplateError
from cms.liquid.forms import KEPT_AT
from cms.portal.captcha import puzzle_of
from cms.portal.console_policy import console_policy
from cms.portal.context import PortalContext
from cms.portal.faults import Fault
from cms.portal.kept_pages import mark_kept_for_one
from cms.portal.languages import keep_choice
from cms.portal.looks import own_stylesheets
from cms.portal.machines.twins import links_of_page, links_of_twin, wants_markdown
from cms.portal.previews import broken_draft, with_toolbar
from cms.rendering.order import Order, Rendered
from cms.rendering.stand_in import MOST_FAULTS, find_culprit, has_stand_in
from server.domain.errors import NotFound, Unavailable
from server.domain.portal.pages import HTML
from server.kit.redaction import redact
from server.kit.zones import zone_of
from server.web.kept_forms import KEPT

SHEET = "/css/portal.css"
FAULT_PAGE = "errors/internal_server_error"
BROKEN = "This page cannot be shown, since its template fails. Tell us the number below."
OBJECTS = {  # the pages about one thing -> the variable that is it
    "applications/show": "application",
    "applications/edit": "application",
    "applications/new": "service",
    "stats/index": "application",
    "api_docs/show": "spec",
    "api_docs/operation": "operation",
    "api_docs/changes": "spec",
    "applications/alerts/index": "application",
    "forum/index": "category",
    "forum/topics/show": "topic",
    "gallery/edit": "application",
    "messages/inbox/show": "message",
    "messages/outbox/show": "message",
    "messages/trash/show": "message",
}
PARAMS = ("plan_ids[]", "return_to", "password_reset_token")
WITH_SECRET = (
    "/activate/",
    "/signup/",
    "/leave_mail/",
    "/forum/leave/",
)  # and behind it what opens something
log = structlog.get_logger("gatehouse.portal")


def render_page(
    ctx: PortalContext, name: str, variables: Mapping[str, object] | None = None, status: int = 200
) -> Response:
    """Render a page of the portal's own by its system name. Raises: Unavailable."""
    given = variables or {}
    if set(given) != set(OF_PAGE[name]):
        raise ValueError(f"{name} receives {sorted(given)}, not what it is declared to")
    return _answer(ctx, name, given, status)


def render_content(ctx: PortalContext, path: str) -> Response:
    """Render a content page by its exact path. Raises: NotFound, Unavailable."""
    if not path.startswith("/") or ctx.library.find_page(path) is None:
        raise NotFound("There is no such page.")
    return _answer(ctx, _in_own_words(ctx, path), {}, 200)


def _in_own_words(ctx: PortalContext, path: str) -> str:
    """Take the page that the provider wrote in the visitor's language: `/es/docs` for `/docs`."""
    spoken = f"/{ctx.data.locale}{path.rstrip('/')}"
    return spoken if ctx.library.find_page(spoken) is not None else path


def _answer(ctx: PortalContext, name: str, given: Mapping[str, object], status: int) -> Response:
    source = ctx.library.find("page", name)
    if source is None:
        raise NotFound("There is no such page.")
    as_markdown = source.content_type == HTML and wants_markdown(ctx)
    page = _Page(ctx, name, given, as_markdown=as_markdown)
    key = ctx.kept_pages.key_of(ctx, name, as_markdown=as_markdown)
    try:
        html = ctx.kept_pages.find(key) or page.html(ctx.library)
        page.remember(key, html)
    except TemplateError as error:
        if ctx.preview.drafts and not as_markdown:
            return broken_draft(error)
        html, status = page.mended(error, status)
    except Unavailable:
        if name not in OF_PAGE or not name.startswith("errors/"):
            raise
        html = page.html(ctx.library.shipped())  # an error page waits for nobody
    if source.content_type != HTML:
        return Response(html, status, page.headers, source.content_type, page.background())
    if as_markdown:
        return _as_markdown(ctx, html, status, page)
    html = with_toolbar(ctx.preview, html, ctx.path)
    response = HTMLResponse(html, status, page.headers, background=page.background())
    if MARK in html:
        response.headers["Content-Security-Policy"] = console_policy(ctx)
    if status == 200 and page.is_content:
        response.headers["Link"] = links_of_page(ctx)
    response.headers.add_vary_header("Accept")
    ctx.forget_notice(response)
    keep_choice(ctx, response)
    return response


def _as_markdown(ctx: PortalContext, text: str, status: int, page: "_Page") -> Response:
    """Answer with the twin of a page; the notice waits for one that people read."""
    headers = {**page.headers, "Vary": "Accept", "Content-Language": ctx.data.locale}
    if status == 200 and page.is_content:
        headers["Link"] = links_of_twin(ctx)
    media_type = "text/markdown; charset=utf-8"
    return Response(text, status, headers, media_type, page.background())


class _Page:
    """One page that is being made, and what of it failed."""

    def __init__(
        self, ctx: PortalContext, name: str, given: Mapping[str, object], *, as_markdown: bool
    ) -> None:
        self._ctx, self._name, self._given = ctx, name, given
        self._as_markdown = as_markdown
        self._faults: list[Fault] = []
        self._is_guess = False  # the last of them
        self.headers: Mapping[str, str] = {}  # that a template wants

    @property
    def is_content(self) -> bool:
        """Return whether it is at an address of its own."""
        return self._name.startswith("/")

    def html(self, library: Library) -> str:
        """Render it. Raises: TemplateError, Unavailable."""
        rendered = self._rendered(self._name, self._given, library)
        self.headers = rendered.headers
        return rendered.text

    def remember(self, key: Hashable | None, html: str) -> None:
        """Keep it, where it may be given again. What is kept has no headers of its own."""
        if not self.headers:
            self._ctx.kept_pages.keep(self._ctx, key, html)
            mark_kept_for_one(self._ctx, self._name)

    def mended(self, error: TemplateError, status: int) -> tuple[str, int]:
        """Render it with the theme's in the place of what fails, or say that it can't be shown."""
        library, theme = self._ctx.library, self._ctx.library.shipped()
        has_page = theme.find("page", self._name) is not None
        for _ in range(MOST_FAULTS):
            culprit = find_culprit(library, "page", self._name, error)
            self._note(library, culprit, error)
            if culprit is None:
                break
            if has_page and not has_stand_in(library, culprit):
                break  # the theme's page says more than half a page
            library = library.without(culprit.kind, culprit.name)
            if library.find("page", self._name) is None:
                break
            try:
                return self.html(library), status
            except TemplateError as another:
                error = another
        return self._of_theme(theme, status)

    def background(self) -> BackgroundTask | None:
        """Tell the provider afterwards, when there is something that he was not told."""
        new = [fault for fault in self._faults if not self._ctx.fault_book.is_known(fault)]
        return BackgroundTask(self._ctx.fault_book.tell, self._ctx.deps, new) if new else None

    def _of_theme(self, theme: Library, status: int) -> tuple[str, int]:
        """Render the theme's page, or its error page where it has none or that fails as well."""
        if theme.find("page", self._name) is not None and self._ctx.library.has_own():
            try:
                return self.html(theme), status
            except TemplateError as error:
                self._note(theme, None, error)
        told = {"message": self._ctx.data.language.say(BROKEN), "request_id": self._ctx.request_id}
        return self._rendered(FAULT_PAGE, told, theme).text, 500

    def _rendered(self, name: str, given: Mapping[str, object], library: Library) -> Rendered:
        order = _order(self._ctx, name, given, library)
        return self._ctx.renderer.render(replace(order, as_markdown=self._as_markdown), library)

    def _note(self, library: Library, culprit: Place | None, error: TemplateError) -> None:
        log.warning(
            "a page failed, the theme's is shown",
            provider_id=self._ctx.provider.id,
            page=self._name,
            error=str(error),
            request_id=self._ctx.request_id,
        )
        is_guess = error.place is not None and not error.place.kind
        if self._is_guess:
            self._faults.pop()  # it fails without it too, so maybe that takes no time at all
        source = library.find(culprit.kind, culprit.name) if culprit else None
        self._is_guess = is_guess and source is not None
        if culprit is not None and source is not None:
            fault = Fault(self._ctx.provider.id, culprit, error.message, source.key)
            self._faults.append(fault)


def _order(ctx: PortalContext, name: str, given: Mapping[str, object], library: Library) -> Order:
    return Order(
        kind="page",
        name=name,
        about=_about(name, given),
        data=ctx.data,
        now=ctx.data.now,
        variables=_with_old_names({**_everywhere(ctx), **given}),
        csrf_token=ctx.csrf_token,
        captcha=puzzle_of(ctx),
        stylesheet=library.stylesheet,
        more_stylesheets=(*library.theme.own_sheets(SHEET), *own_stylesheets(ctx.provider)),
        drafts=library.view.drafts,
        params={param: ctx.param(param) for param in PARAMS} | _kept(ctx),
    )


def _kept(ctx: PortalContext) -> dict[str, str]:
    """Tell the login form what waits for it, and where; never what an address says."""
    sealed = ctx.values.get(KEPT, "")
    return {KEPT: sealed, KEPT_AT: ctx.path} if sealed else {}


def _about(name: str, given: Mapping[str, object]) -> str:
    """Name what a page is about: its title says it before its own words."""
    return str(given.get(OBJECTS.get(name, "")) or "")


def _address_to_tell(uri: str) -> str:
    """Leave out the address of a page whose link is a secret: other links never repeat it."""
    is_secret = uri.startswith(WITH_SECRET) or redact(uri) != uri
    return "/" if is_secret else uri


def _everywhere(ctx: PortalContext) -> dict[str, object]:
    data, url = ctx.data, ctx.request.url
    provider = ProviderDrop(ctx.provider, data)
    today = data.now.astimezone(zone_of(ctx.provider.timezone)).date()
    notice = ctx.find_notice()
    flash = (FlashMessage(notice.kind, notice.text),) if notice else ()
    variables: dict[str, object] = {
        "flash": FlashDrop(flash, data),
        "forum": ForumDrop(ctx.provider, data),
        "i18n": I18nDrop(_address_to_tell(ctx.uri), data),
        "menu": MenuDrop(url.path, data),
        "model": NewSignupDrop(ctx.provider, data),
        "provider": provider,
        "request": RequestDrop(Asked(url.path, ctx.uri, url.hostname or "", url.netloc), data),
        "site": SiteDrop(ctx.provider, data),
        "site_account": provider,
        "theme": ThemeDrop(ctx.provider, data),
        "today": TodayDrop(today, data),
        "urls": UrlsDrop(url.path, data),
        **dict.fromkeys(LOGGED_IN),
    }
    if ctx.visitor is not None and data.account is not None:
        variables["current_account"] = AccountDrop(data.account, data)
        variables["current_user"] = CurrentUserDrop(ctx.visitor.user, data)
    return variables


def _with_old_names(variables: Mapping[str, object]) -> dict[str, object]:
    """Add what old templates call the variables of a page."""
    old = {name: variables[now] for name, now in OLD_NAMES.items() if now in variables}
    return {**old, **variables}
