"""From a page's name and variables to a response with its headers."""

from collections.abc import Mapping
from datetime import UTC
from functools import cache

import structlog
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cms.content.theme import Source
from cms.liquid.context import LOGGED_IN, OF_PAGE
from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.pages import Asked, FlashDrop, RequestDrop, Told, UrlsDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from cms.markdown import html_of
from cms.portal.cookies import FLASH, put_flash
from cms.portal.visit import PortalVisit
from server.domain.errors import NotFound

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
PARAMS = ("plan_ids[]", "return_to", "password_reset_token")
log = structlog.get_logger("gatehouse.portal")


@cache
def engine() -> Engine:
    """The process's engine for pages."""
    return Engine(autoescape=True)


def render_page(
    visit: PortalVisit, name: str, variables: Mapping[str, object] | None = None, status: int = 200
) -> Response:
    """Render a page of the portal's own by its system name."""
    given = variables or {}
    if set(given) != set(OF_PAGE[name]):
        raise ValueError(f"{name} receives {sorted(given)}, not what it is declared to")
    source = visit.library.find("page", name)
    if source is None:
        raise NotFound("There is no such page.")
    return _answer(visit, source, given, status)


def render_content(visit: PortalVisit, path: str) -> Response:
    """Render a content page by its exact path. Raises: NotFound."""
    source = visit.library.find("page", path) if path.startswith("/") else None
    if source is None:
        raise NotFound("There is no such page.")
    return _answer(visit, source, {}, 200)


def go(visit: PortalVisit, path: str, text: str = "", kind: str = "success") -> Response:
    """Send the browser to a page of the portal, which tells the text once."""
    response = RedirectResponse(path, status_code=303)
    if text:
        put_flash(response, visit.site, Told(kind, text))
    return response


def _answer(
    visit: PortalVisit, source: Source, given: Mapping[str, object], status: int
) -> Response:
    try:
        html = _html(visit, source, given)
    except TemplateError as error:
        shipped = visit.library.theme.find("page", source.name)
        if shipped is None or shipped.key == source.key:
            raise
        log.warning("a provider's page failed, the theme's is shown", error=str(error))
        html = _html(visit, shipped, given)
    response = HTMLResponse(html, status)
    if visit.told:
        response.delete_cookie(FLASH, path="/")
    return response


def _html(visit: PortalVisit, source: Source, given: Mapping[str, object]) -> str:
    layout = visit.library.find("layout", source.layout)
    if layout is None:
        raise TemplateError(f"There is no layout '{source.layout}'.")
    scene = engine().scene(visit.library)
    scene.csrf_token = visit.csrf_token
    scene.stylesheet = f"/css/portal.css?v={visit.library.theme.version}"
    scene.params = {name: visit.param(name) for name in PARAMS}
    variables = {**_everywhere(visit, source), **given, "content_of": scene.stored}
    body = engine().render(source, scene, variables)
    if source.handler == "markdown":
        body = f'<div class="prose">{html_of(body)}</div>'
    scene.content = Markup(body)  # noqa: S704 - the engine escaped, or nh3 cleaned it
    return engine().render(layout, scene, variables)


def _everywhere(visit: PortalVisit, source: Source) -> dict[str, object]:
    desk, url = visit.desk, visit.request.url
    provider = ProviderDrop(visit.provider, desk)
    variables: dict[str, object] = {
        "flash": FlashDrop(visit.told, desk),
        "page_title": source.title,
        "provider": provider,
        "request": RequestDrop(Asked(url.path, visit.uri, url.hostname or ""), desk),
        "site_account": provider,
        "today": desk.now.astimezone(UTC).date(),
        "urls": UrlsDrop(url.path, desk),
        **dict.fromkeys(LOGGED_IN),
    }
    if visit.login is not None and desk.account is not None:
        variables["current_account"] = AccountDrop(desk.account, desk)
        variables["current_user"] = UserDrop(visit.login.user, desk)
    return variables
