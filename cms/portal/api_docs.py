"""ActiveDocs: the published specifications as files."""

from starlette.responses import Response

from cms.portal.context import PortalContext
from server.actions.portal.api_docs import get_published_api_docs

FOLDER = "/swagger/spec/"
SPEC = FOLDER + "{system_name}.json"


def show(ctx: PortalContext) -> Response:
    """Serve a specification as it was given. Raises: NotFound."""
    name = str(ctx.request.path_params["system_name"])
    api_docs = get_published_api_docs(ctx, name)
    return Response(api_docs.body, media_type="application/json")
