"""From a page's name and variables to a response with its headers."""

from collections.abc import Mapping

import structlog
from starlette.responses import HTMLResponse, Response

from cms.content.library import Library
from cms.liquid.context import LOGGED_IN, OF_PAGE
from cms.liquid.drops.accounts import AccountDrop, UserDrop
from cms.liquid.drops.pages import Asked, FlashDrop, FlashMessage, RequestDrop, UrlsDrop
from cms.liquid.drops.providers import ProviderDrop
from cms.liquid.errors import TemplateError
from cms.liquid.forms import KEPT_AT
from cms.portal.context import PortalContext
from cms.rendering.order import Order
from server.domain.errors import NotFound, Unavailable
from server.kit.zones import zone_of
from server.web.kept_forms import KEPT

FAULT_PAGE = "errors/internal_server_error"
BROKEN = "This page cannot be shown, since its template fails. Tell us the number below."
OBJECTS = {  # the pages about one thing -> the variable that is it
    "applications/show": "application",
    "applications/edit": "application",
    "applications/new": "service",
    "stats/index": "application",
}
PARAMS = ("plan_ids[]", "return_to", "password_reset_token")
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
    if not path.startswith("/"):
        raise NotFound("There is no such page.")
    return _answer(ctx, path, {}, 200)


def _answer(ctx: PortalContext, name: str, given: Mapping[str, object], status: int) -> Response:
    if ctx.library.find("page", name) is None:
        raise NotFound("There is no such page.")
    try:
        html = _html(ctx, name, given, ctx.library)
    except TemplateError as error:
        _note(ctx, name, error)
        html, status = _html_of_theme(ctx, name, given, status)
    except Unavailable:
        if name not in OF_PAGE or not name.startswith("errors/"):
            raise
        html = _html(ctx, name, given, ctx.library.shipped())  # an error page waits for nobody
    response = HTMLResponse(html, status)
    ctx.forget_notice(response)
    return response


def _html_of_theme(
    ctx: PortalContext, name: str, given: Mapping[str, object], status: int
) -> tuple[str, int]:
    """Render the theme's page, or its error page where it has none or that fails as well."""
    theme = ctx.library.shipped()
    if ctx.library.has_own() and theme.find("page", name) is not None:
        try:
            return _html(ctx, name, given, theme), status
        except TemplateError as error:
            _note(ctx, name, error)
    told = {"message": BROKEN, "request_id": ctx.request_id}
    return _html(ctx, FAULT_PAGE, told, theme), 500


def _note(ctx: PortalContext, name: str, error: TemplateError) -> None:
    log.warning(
        "a page failed, the theme's is shown",
        provider_id=ctx.provider.id,
        page=name,
        error=str(error),
        request_id=ctx.request_id,
    )


def _html(ctx: PortalContext, name: str, given: Mapping[str, object], library: Library) -> str:
    order = Order(
        kind="page",
        name=name,
        about=_about(name, given),
        data=ctx.data,
        now=ctx.data.now,
        variables={**_everywhere(ctx), **given},
        csrf_token=ctx.csrf_token,
        stylesheet=library.theme.address_of("/css/portal.css"),
        params={param: ctx.param(param) for param in PARAMS} | _kept(ctx),
    )
    return ctx.renderer.render(order, library).text


def _kept(ctx: PortalContext) -> dict[str, str]:
    """Tell the login form what waits for it, and where; never what an address says."""
    sealed = ctx.values.get(KEPT, "")
    return {KEPT: sealed, KEPT_AT: ctx.path} if sealed else {}


def _about(name: str, given: Mapping[str, object]) -> str:
    """Name what a page is about: its title says it before its own words."""
    return str(given.get(OBJECTS.get(name, "")) or "")


def _everywhere(ctx: PortalContext) -> dict[str, object]:
    data, url = ctx.data, ctx.request.url
    provider = ProviderDrop(ctx.provider, data)
    notice = ctx.find_notice()
    flash = (FlashMessage(notice.kind, notice.text),) if notice else ()
    variables: dict[str, object] = {
        "flash": FlashDrop(flash, data),
        "provider": provider,
        "request": RequestDrop(Asked(url.path, ctx.uri, url.hostname or ""), data),
        "site_account": provider,
        "today": data.now.astimezone(zone_of(ctx.provider.timezone)).date(),
        "urls": UrlsDrop(url.path, data),
        **dict.fromkeys(LOGGED_IN),
    }
    if ctx.visitor is not None and data.account is not None:
        variables["current_account"] = AccountDrop(data.account, data)
        variables["current_user"] = UserDrop(ctx.visitor.user, data)
    return variables
