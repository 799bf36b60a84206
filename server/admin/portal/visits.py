"""From here to the portal as it will be, with its drafts."""

from starlette.responses import Response

from server.actions.portal.previews import preview_link
from server.admin.context import AdminContext
from server.web.notices import go_to


def visit(ctx: AdminContext) -> Response:
    """Send the browser to a page of the portal that shows drafts, by a link that is soon past."""
    path = ctx.text("path") or "/"
    return go_to(preview_link(ctx, ctx.provider, path))
