"""The addresses of both GraphQL faces."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.auth.dependencies import Dependencies
from server.graphql import callers, graphiql, large
from server.graphql.admin.schema import ADMIN
from server.graphql.developer.schema import DEVELOPER
from server.graphql.http import Endpoint, Face
from server.graphql.paths import ADMIN_PATH, DEVELOPER_PATH


def admin_routes(deps: Dependencies) -> list[BaseRoute]:
    """Make the routes of the provider's side."""
    face = Face(deps, ADMIN, callers.admin, deps.gates.staff_points, large.ADMIN)
    return _routes(ADMIN_PATH, face, graphiql.ADMIN)


def developer_routes(deps: Dependencies) -> list[BaseRoute]:
    face = Face(deps, DEVELOPER, callers.developer, deps.gates.developer_points, large.DEVELOPER)
    return _routes(DEVELOPER_PATH, face, graphiql.DEVELOPER)


def routes(deps: Dependencies) -> list[BaseRoute]:
    """Make all routes, as a bare host serves them."""
    return [*admin_routes(deps), *developer_routes(deps)]


def _routes(path: str, face: Face, guide: graphiql.Guide) -> list[BaseRoute]:
    endpoint = Endpoint(face)

    async def answer(request: Request) -> Response:
        if graphiql.wants_page(request):
            return graphiql.page(path, guide)
        return await endpoint(request)

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return [graphiql.files(path), Route(path, answer, methods=methods)]
