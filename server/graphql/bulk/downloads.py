"""Where the files of bulk operations are read from."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from server.actions.provider.bulk import get_result
from server.actions.work import Work
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.domain.errors import Forbidden, NotFound, Unavailable
from server.domain.provider.bulk import BulkOperation
from server.graphql.callers import AuthContext
from server.graphql.http import HEADERS, Face, refusal
from server.graphql.paths import ADMIN_PATH
from server.kit.ids import id_or_none
from server.web.bulk_files import errors_file, result_file
from server.web.outages import outages_told
from server.web.requests import BadRequest, host_of

Write = Callable[[Dependencies, BulkOperation], Response]


def path_of(operation_id: int) -> str:
    """Tell where the file of an operation is."""
    return f"{ADMIN_PATH}/bulk/{operation_id}.jsonl"


def errors_path_of(operation_id: int) -> str:
    """Tell where the file of its errors is."""
    return f"{ADMIN_PATH}/bulk/{operation_id}-errors.jsonl"


def routes(face: Face, path: str) -> list[BaseRoute]:
    """Make the routes of the files."""
    run = face.deps.executor.run

    def answering(write: Write) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            number = id_or_none(str(request.path_params["number"]))
            try:
                operation = await run(_told_of_outages, lambda: _get(face, request, number))
            except BadRequest as error:
                return refusal(error)
            except Unavailable as error:
                return refusal(BadRequest(503, error.message))
            response = write(face.deps, operation)
            response.headers.update(HEADERS)
            return response

        return answer

    return [
        Route(f"{path}/bulk/{{number:int}}.jsonl", answering(result_file), methods=["GET"]),
        Route(f"{path}/bulk/{{number:int}}-errors.jsonl", answering(errors_file), methods=["GET"]),
    ]


def _told_of_outages(do: Callable[[], BulkOperation]) -> BulkOperation:
    with outages_told():
        return do()


def _get(face: Face, request: Request, number: int | None) -> BulkOperation:
    """Find what the caller may have the file of. Raises: BadRequest."""
    deps = face.deps
    with deps.database.read() as db:
        try:
            provider = get_provider_by_host(db, deps.installation, host_of(request))
            actor = face.recognise(AuthContext(deps, db, provider, request))
            return get_result(Work(db, actor, deps.installation), number)
        except NotFound as error:
            raise BadRequest(404, error.message) from error
        except Forbidden as error:
            raise BadRequest(403, error.message) from error
