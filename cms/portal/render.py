"""From a page's name and variables to a response with its headers."""

from collections.abc import Mapping
from datetime import UTC
from functools import cache

import structlog
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from cms.content.theme import Source
from cms.liquid.context import LOGGED_IN, OF_PAGE
from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.pages import Asked, FlashDrop, FlashMessage, RequestDrop, UrlsDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.engine import Engine
from cms.liquid.errors import TemplateError
from cms.markdown import html_of
from cms.portal.context import PortalContext
from server.domain.errors import NotFound

PARAMS = ("plan_ids[]", "return_to", "password_reset_token")
log = structlog.get_logger("gatehouse.portal")


@cache
def engine() -> Engine:
    """The process's engine for pages."""
    return Engine(autoescape=True)


def render_page(
    ctx: PortalContext, name: str, variables: Mapping[str, object] | None = None, status: int = 200
) -> Response:
    """Render a page of the portal's own by its system name."""
    given = variables or {}
    if set(given) != set(OF_PAGE[name]):
        raise ValueError(f"{name} receives {sorted(given)}, not what it is declared to")
    source = ctx.library.find("page", name)
    if source is None:
        raise NotFound("There is no such page.")
    return _answer(ctx, source, given, status)


def render_content(ctx: PortalContext, path: str) -> Response:
    """Render a content page by its exact path. Raises: NotFound."""
    source = ctx.library.find("page", path) if path.startswith("/") else None
    if source is None:
        raise NotFound("There is no such page.")
    return _answer(ctx, source, {}, 200)


def _answer(
    ctx: PortalContext, source: Source, given: Mapping[str, object], status: int
) -> Response:
    try:
        html = _html(ctx, source, given)
    except TemplateError as error:
        shipped = ctx.library.theme.find("page", source.name)
        if shipped is None or shipped.key == source.key:
            raise
        log.warning("a provider's page failed, the theme's is shown", error=str(error))
        html = _html(ctx, shipped, given)
    response = HTMLResponse(html, status)
    ctx.forget_notice(response)
    return response


def _html(ctx: PortalContext, source: Source, given: Mapping[str, object]) -> str:
    layout = ctx.library.find("layout", source.layout)
    if layout is None:
        raise TemplateError(f"There is no layout '{source.layout}'.")
    render_scope = engine().render_scope(ctx.library)
    render_scope.csrf_token = ctx.csrf_token
    render_scope.stylesheet = f"/css/portal.css?v={ctx.library.theme.version}"
    render_scope.params = {name: ctx.param(name) for name in PARAMS}
    variables = {**_everywhere(ctx, source), **given, "content_of": render_scope.stored}
    body = engine().render(source, render_scope, variables)
    if source.handler == "markdown":
        body = f'<div class="prose">{html_of(body)}</div>'
    render_scope.content = Markup(body)  # noqa: S704 - the engine escaped, or nh3 cleaned it
    return engine().render(layout, render_scope, variables)


def _everywhere(ctx: PortalContext, source: Source) -> dict[str, object]:
    data, url = ctx.data, ctx.request.url
    provider = ProviderDrop(ctx.provider, data)
    notice = ctx.find_notice()
    flash = (FlashMessage(notice.kind, notice.text),) if notice else ()
    variables: dict[str, object] = {
        "flash": FlashDrop(flash, data),
        "page_title": source.title,
        "provider": provider,
        "request": RequestDrop(Asked(url.path, ctx.uri, url.hostname or ""), data),
        "site_account": provider,
        "today": data.now.astimezone(UTC).date(),
        "urls": UrlsDrop(url.path, data),
        **dict.fromkeys(LOGGED_IN),
    }
    if ctx.visitor is not None and data.account is not None:
        variables["current_account"] = AccountDrop(data.account, data)
        variables["current_user"] = UserDrop(ctx.visitor.user, data)
    return variables
