"""What a provider put at a path: a redirect, a file, a page. Source: reference-portal 3."""

from starlette.responses import RedirectResponse, Response

from cms.portal.context import PortalContext
from cms.portal.files import file_response
from cms.portal.machines.addresses import find_shipped
from cms.portal.render import render_content
from server.domain.errors import NotFound


def show(ctx: PortalContext) -> Response:
    """Find what is at the path. Raises: NotFound, also for what who looks may not see."""
    library = ctx.library
    if library.redirect:
        return RedirectResponse(library.redirect, 301, {"Cache-Control": "no-cache"})
    file = library.file
    if file is None:
        shipped = None if library.holds else find_shipped(library.view.path)
        return shipped(ctx) if shipped else render_content(ctx, library.view.path)
    if not library.may_see(file.home_id):
        raise NotFound("There is no such page.")
    return file_response(ctx, file, is_public=library.is_public(file.home_id))
