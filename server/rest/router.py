"""The way each call of the REST API takes."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from server.auth.dependencies import Dependencies
from server.auth.throttle import pay, pay_for_size
from server.domain.errors import DomainError
from server.domain.events import Face, came_through
from server.rest.callers import Caller, CallerRequest, get_caller, require
from server.rest.context import RestContext
from server.rest.errors import (
    AccessDenied,
    NotTheMaster,
    ProviderClosed,
    access_denied,
    provider_closed,
    refusal,
    told_by_parameter,
    unauthorized,
    unknown_format,
    unreadable,
)
from server.rest.formats import (
    Format,
    UnknownFormat,
    parse_format,
    parse_json_format,
    unless_known,
)
from server.rest.large import Reader
from server.rest.operations import Operation
from server.rest.params import Params
from server.web.outages import outages_told
from server.web.requests import SAFE_METHODS, BadRequest, host_of


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request that could be read."""

    request: Request
    language: Format
    params: Params
    path: Mapping[str, Any]
    find_caller: "FindCaller | None" = None


FindCaller = Callable[[Session, CallerRequest, Mapping[str, Any]], Caller]


def endpoint(
    deps: Dependencies, operation: Operation, find_caller: FindCaller | None = None
) -> Callable[[Request], Awaitable[Response]]:
    """Read the request, run the operation in a transaction in the fair executor, answer.

    `find_caller` recognises who calls where it is not a tenant's.
    """
    reader = Reader(deps, operation)

    async def run(request: Request) -> Response:
        async with reader.turn(request):
            return await answer(request)

    async def answer(request: Request) -> Response:
        try:
            path = _path_of(request, operation)
            suffix = path.get("format")
            accept = request.headers.get("accept", "")
            language = (parse_json_format if operation.only_json else parse_format)(suffix, accept)
            params = await reader.read(request)
        except UnknownFormat:
            return unknown_format()
        except BadRequest as error:
            return unreadable(error)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        arrival = Arrival(request, language, params, path, find_caller)
        return await deps.executor.run(serve, deps, operation, arrival)

    return run


def _path_of(request: Request, operation: Operation) -> Mapping[str, Any]:
    """Take the path apart: where it ends in any text, what is no format belongs to the text."""
    path = dict(request.path_params)
    if operation.texts and path.get("format", Format.XML) not in set(Format):
        name = operation.texts[-1]
        path[name] = f"{path[name]}.{path.pop('format')}"
    return path


def serve(deps: Dependencies, operation: Operation, arrival: Arrival) -> Response:
    """Run one operation; a refusal rolls its transaction back."""
    request, language = arrival.request, arrival.language
    is_read = request.method in SAFE_METHODS
    opened = deps.database.read if is_read else deps.database.write
    try:
        with outages_told(), opened() as db:
            came_through(db, Face.REST)
            response = _run(db, deps, operation, arrival)
    except AccessDenied:
        return access_denied(language)
    except NotTheMaster:
        return unauthorized()
    except ProviderClosed:
        return provider_closed()
    except BadRequest as error:
        return unreadable(error)
    except DomainError as error:
        told = told_by_parameter(error, operation.called)
        return refusal(language, told, request.method)
    if is_read:
        return unless_known(response, request.headers.get("if-none-match", ""))
    return response


def _run(db: Session, deps: Dependencies, operation: Operation, arrival: Arrival) -> Response:
    headers = arrival.request.headers
    asking = CallerRequest(
        host_of(arrival.request),
        headers.get("authorization", ""),
        arrival.params.flat(),
    )
    if arrival.find_caller is not None:
        caller = arrival.find_caller(db, asking, arrival.path)
    else:
        caller = get_caller(db, deps, asking)
    points, writes = deps.gates.staff_points, arrival.request.method not in SAFE_METHODS
    pay(points, caller.actor, writes=writes)
    for permission in (operation.permission, *operation.also):
        require(db, caller.actor, permission)
    params = arrival.params.wrapped_in(*operation.wrappers)
    if operation.needs and not params.pick(operation.attributes):
        raise BadRequest(400, f"A parameter is missing, or its value is empty: {operation.needs}")
    ctx = RestContext(
        db=db,
        installation=deps.installation,
        provider=caller.provider,
        actor=caller.actor,
        language=arrival.language,
        params=params,
        path=arrival.path,
        folders=deps.folders,
    )
    outcome = operation.run(ctx)
    db.flush()  # fills in what the database is told by itself, such as when a row changed
    response = operation.answer.write(ctx, outcome)
    pay_for_size(points, caller.actor, len(response.body))
    return response
