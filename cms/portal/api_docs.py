"""ActiveDocs: the published specifications as files."""

from starlette.responses import Response

from cms.portal.visit import PortalVisit
from server.actions.portal.api_docs import published_api_docs

SPEC = "/swagger/spec/{system_name}.json"


def show(visit: PortalVisit) -> Response:
    """Serve a specification as it was given. Raises: NotFound."""
    name = str(visit.request.path_params["system_name"])
    api_docs = published_api_docs(visit.db, visit.actor, name)
    return Response(api_docs.body, media_type="application/json")
