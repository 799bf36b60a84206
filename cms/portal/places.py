"""Addresses that are the portal's own while a switch is on, and a provider's while it is off."""

from starlette.responses import Response

from cms.portal import content, forum, gallery
from cms.portal.context import PortalContext


def show_forum(ctx: PortalContext) -> Response:
    """Show the topics; where there is no forum, what the provider has put at its address."""
    return forum.index(ctx) if ctx.data.settings.forum_enabled else content.show(ctx)


def show_gallery(ctx: PortalContext) -> Response:
    """Show the gallery; where there is none, what the provider has put at its address."""
    is_on = ctx.data.settings.app_gallery_enabled
    return gallery.index(ctx) if is_on else content.show(ctx)
