"""What came of a bulk operation, as a file of JSON lines."""

from collections.abc import AsyncIterator, Callable

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from server.actions.provider.bulk import get_result, read_part
from server.actions.work import Work
from server.auth.dependencies import get_provider_by_host
from server.domain.errors import Forbidden, NotFound, Unavailable
from server.graphql.callers import AuthContext
from server.graphql.http import HEADERS, Face, refusal
from server.web.outages import outages_told
from server.web.requests import BadRequest, host_of

MEDIA_TYPE = "application/jsonl"


def path_of(operation_id: int) -> str:
    """Tell where the file of an operation is."""
    return f"/admin/api/graphql/bulk/{operation_id}.jsonl"


def routes(face: Face, path: str) -> list[BaseRoute]:
    """Make the route of the files."""
    run = face.deps.executor.run

    async def answer(request: Request) -> Response:
        number = int(request.path_params["number"])
        try:
            await run(_told_of_outages, lambda: _check(face, request, number))
        except BadRequest as error:
            return refusal(error)
        except Unavailable as error:
            return refusal(BadRequest(503, error.message))
        name = f'attachment; filename="bulk-{number}.jsonl"'
        headers = {**HEADERS, "Content-Disposition": name}
        return StreamingResponse(parts(number), headers=headers, media_type=MEDIA_TYPE)

    async def parts(number: int) -> AsyncIterator[str]:
        at = 0
        while (text := await run(_part, face, number, at)) is not None:
            yield text
            at += 1

    return [Route(f"{path}/bulk/{{number:int}}.jsonl", answer, methods=["GET"])]


def _told_of_outages(do: Callable[[], None]) -> None:
    with outages_told():
        do()


def _part(face: Face, number: int, at: int) -> str | None:
    with face.deps.database.read() as db:
        return read_part(db, face.deps.installation, number, at, is_result=True)


def _check(face: Face, request: Request, number: int) -> None:
    """Look whether the caller may have the file. Raises: BadRequest."""
    deps = face.deps
    with deps.database.read() as db:
        try:
            provider = get_provider_by_host(db, deps.installation, host_of(request))
            actor = face.recognise(AuthContext(deps, db, provider, request))
            get_result(Work(db, actor, deps.installation), number)
        except NotFound as error:
            raise BadRequest(404, error.message) from error
        except Forbidden as error:
            raise BadRequest(403, error.message) from error
