"""The files of a provider's look: his style sheet and his logo, from the portal's own address."""

from starlette.responses import Response

from cms.liquid.drops.themes import LOGO, STYLESHEET
from cms.portal.context import PortalContext
from server.actions.portal.looks import find_look_file
from server.domain.errors import NotFound
from server.domain.portal.looks import logo_of, style_of, version_of
from server.domain.provider.providers import Provider
from server.web.headers import KEPT_AN_HOUR, KEPT_FOR_EVER, picture_answer

STYLED = ("accent", "accent_dark", "font", "heading_font", "corners", "css")

__all__ = ["LOGO", "STYLESHEET", "own_stylesheets", "show_logo", "show_stylesheet"]


def own_stylesheets(provider: Provider) -> tuple[str, ...]:
    """Tell where the style sheet of a look is; none when it would say nothing."""
    if not any(name in provider.look for name in STYLED):
        return ()
    return (f"{STYLESHEET}?v={version_of(provider.look)}",)


def show_stylesheet(ctx: PortalContext) -> Response:
    """Give the variables and rules that the provider has set."""
    css = find_look_file(ctx.db, ctx.provider.id, "css")
    response = Response(style_of(ctx.provider.look, css), media_type="text/css")
    return _kept(ctx, response, version_of(ctx.provider.look))


def show_logo(ctx: PortalContext) -> Response:
    """Give the logo. Raises: NotFound."""
    logo = find_look_file(ctx.db, ctx.provider.id, "logo")
    if not logo:
        raise NotFound("There is no logo.")
    media_type, content = logo_of(logo)
    response = picture_answer(content, media_type)
    return _kept(ctx, response, str(ctx.provider.look.get("logo", "")))


def _kept(ctx: PortalContext, response: Response, version: str) -> Response:
    """Have browsers keep a file for ever when they ask with its version."""
    is_this = ctx.request.query_params.get("v") == version
    response.headers.update(KEPT_FOR_EVER if is_this else KEPT_AN_HOUR)
    return response
