"""The addresses of both GraphQL faces."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from server.auth.dependencies import Dependencies
from server.graphql import callers, graphiql, large
from server.graphql.admin.schema import ADMIN
from server.graphql.bulk import downloads
from server.graphql.developer.schema import DEVELOPER
from server.graphql.http import Endpoint, Face
from server.graphql.paths import ADMIN_PATH, DEVELOPER_PATH


def admin_routes(deps: Dependencies) -> list[BaseRoute]:
    """Make the routes of the provider's side."""
    face = Face(deps, ADMIN, callers.admin, deps.gates.staff_points, large.ADMIN)
    return [*downloads.routes(face, ADMIN_PATH), *_routes(ADMIN_PATH, face, graphiql.ADMIN)]


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

    async def talk(socket: WebSocket) -> None:
        from server.graphql.live.ws import Socket

        await Socket(endpoint.live, socket).run()

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    return [
        graphiql.files(path),
        Route(path, answer, methods=methods),
        WebSocketRoute(path, talk),
    ]
