"""All that people and their programs see, and the jobs behind it: loaded after the gateway."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from starlette.applications import Starlette
from starlette.types import ASGIApp

from cms.portal.api_docs import FOLDER as SPECIFICATIONS
from cms.portal.kept_answers import KeptAnswers
from cms.portal.machines.mcp import MCP_PATH
from cms.portal.preview import PortalPreview
from cms.portal.routes import routes as portal_routes
from cms.rendering.mails import MailRenderer
from cms.rendering.renderer import Renderer
from server.admin.routes import routes as admin_routes
from server.auth.dependencies import Dependencies
from server.graphql.paths import ADMIN_PATH, DEVELOPER_PATH
from server.jobs.queue import JobRunner
from server.rest.master import master_routes
from server.rest.objects import RestObjects
from server.rest.routes import routes as rest_routes
from server.runtime.bulk import bulk_of
from server.runtime.documents import document_reader
from server.runtime.folders import LateFolders
from server.runtime.logs import RequestLog
from server.runtime.memory import loading
from server.settings import Settings
from server.web.compression import Compressed
from server.web.cross_origin import CrossOrigin
from server.web.late import Late

OPEN_TO_OTHERS = (DEVELOPER_PATH, SPECIFICATIONS, MCP_PATH)


@dataclass(frozen=True, slots=True)
class Faces:
    """The apps of one process by who they are for, and its jobs, which are not started."""

    admin: ASGIApp  # admin portal and admin APIs
    portal: ASGIApp  # developer portal and its API
    jobs: JobRunner
    renderer: Renderer
    late: Sequence[Late]  # what is loaded when it is asked for

    def stop(self) -> None:
        """Finish the running jobs, then end the processes that render."""
        self.jobs.stop()
        self.renderer.close()


def build_faces(deps: Dependencies, settings: Settings) -> Faces:
    """Build the faces. Cost: loading this module takes longer than all the rest of the start."""
    renderer = Renderer(deps.database, deps.installation)
    deps = replace(
        deps,
        render_mail=MailRenderer(renderer),
        preview=PortalPreview(deps, renderer),
        objects=RestObjects(),
        documents=document_reader,
        folders=LateFolders(),
    )
    admin_graphql, developer_graphql = _graphql_of(deps)
    admin = Starlette(routes=[*rest_routes(deps), *master_routes(deps), *admin_routes(deps)])
    portal = Starlette(routes=portal_routes(deps, renderer))
    late = Late(admin, ADMIN_PATH, admin_graphql), Late(portal, DEVELOPER_PATH, developer_graphql)
    open_to_others = CrossOrigin(late[1], deps, OPEN_TO_OTHERS)
    return Faces(
        admin=RequestLog(Compressed(late[0])),
        portal=RequestLog(KeptAnswers(Compressed(open_to_others), deps)),
        jobs=JobRunner(deps, settings, render=MailRenderer(renderer), run_bulk=bulk_of(deps)),
        renderer=renderer,
        late=late,
    )


def _graphql_of(deps: Dependencies) -> tuple[Callable[[], ASGIApp], Callable[[], ASGIApp]]:
    """Tell how both GraphQL faces are loaded: a fifth of the start, and not everybody asks them."""

    def load_admin() -> ASGIApp:
        with loading():
            from server.graphql.routes import admin_routes

            return Starlette(routes=admin_routes(deps))

    def load_developer() -> ASGIApp:
        with loading():
            from server.graphql.routes import developer_routes

            return Starlette(routes=developer_routes(deps))

    return load_admin, load_developer
