"""The GraphQL endpoint: one worker thread a request, refusals as GraphQL over HTTP wants them."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import structlog
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import Response
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.graphql import OperationType

from server.auth.dependencies import Dependencies, get_provider_by_host
from server.domain.actors import Actor
from server.domain.errors import NotFound
from server.graphql import errors
from server.graphql.callers import AuthContext
from server.graphql.context import Context
from server.graphql.limits import check_text
from server.graphql.requests import GRAPHQL_JSON, JSON, Asked, parse_request
from server.graphql.schemas import Side
from server.graphql.throttle import Bill, Buckets
from server.kit.ids import random_hex
from server.kit.strict_json import json_bytes
from server.web.requests import BadRequest, host_of

STATUS = {
    errors.UNAUTHENTICATED: 401,
    errors.FORBIDDEN: 403,
    errors.THROTTLED: 429,
    errors.INTERNAL: 500,
}
READS = {OperationType.QUERY}
READS_AND_WRITES = {OperationType.QUERY, OperationType.MUTATION}
log = structlog.get_logger("gatehouse.graphql")


@dataclass(frozen=True, slots=True)
class Face:
    """One side's schema, who may call it, and what each caller is granted."""

    deps: Dependencies
    side: Side
    recognise: Callable[[AuthContext], Actor]
    buckets: Buckets


class _OwnLoop:
    """An event loop that lives as long as its thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()

    def __del__(self) -> None:
        self.loop.close()


_thread = threading.local()


def _loop() -> asyncio.AbstractEventLoop:
    if not hasattr(_thread, "own"):
        _thread.own = _OwnLoop()
    own: _OwnLoop = _thread.own
    return own.loop


class Endpoint:
    """Answers GraphQL requests of one face."""

    def __init__(self, face: Face) -> None:
        self._face = face

    async def __call__(self, request: Request) -> Response:
        """Read the request, run it in a worker thread, answer."""
        try:
            asked = await parse_request(request)
            response = await self._face.deps.executor.run(self._answer, request, asked)
        except BadRequest as error:
            response = refusal(error)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Vary"] = "Accept, Authorization, Cookie"
        return response

    def _answer(self, request: Request, asked: Asked) -> Response:
        with ExitStack() as stack:
            ctx = self._context(request, stack)
            try:
                outcome = self._run(ctx, asked)
                response = answer_of(ctx, asked, outcome)
                for change in ctx.after:
                    change(response)
                return response
            finally:
                ctx.forget()

    def _context(self, request: Request, stack: ExitStack) -> Context:
        """Open the snapshot and see who asks. Raises: BadRequest."""
        face, own = self._face, ExitStack()
        stack.enter_context(own)
        db = own.enter_context(face.deps.database.read())
        host = host_of(request)
        try:
            provider = get_provider_by_host(db, face.deps.installation, host)
        except NotFound as error:
            raise BadRequest(404, error.message) from error
        actor = face.recognise(AuthContext(face.deps, db, provider, request))
        ctx = Context(
            face.deps, provider, actor, face.side.kinds, face.side.scopes, face.buckets, request
        )
        ctx.start(own, db)
        return ctx

    def _run(self, ctx: Context, asked: Asked) -> tuple[Any, list[GraphQLError]]:
        try:
            check_text(asked.query)
            running = self._face.side.schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=ctx,
                operation_name=asked.operation_name,
                allowed_operation_types=READS if asked.reads_only else READS_AND_WRITES,
            )
            result = _loop().run_until_complete(running)
        except InvalidOperationTypeError as error:
            if not asked.reads_only:
                raise BadRequest(400, "There are no subscriptions here.") from error
            raise BadRequest(405, "Send mutations by POST.", {"Allow": "POST"}) from error
        except CannotGetOperationTypeError:
            return None, [errors.refused("There is no such operation.", errors.BAD_REQUEST)]
        except GraphQLError as error:
            return None, [error]
        return result.data, list(result.errors or ())


def answer_of(ctx: Context, asked: Asked, outcome: tuple[Any, list[GraphQLError]]) -> Response:
    """Write the reply; what went wrong on our side is logged and told by its id only."""
    data, found = outcome
    told = [_told(ctx, error) for error in found]
    body: dict[str, Any] = {"errors": [error.formatted for error in told]} if told else {}
    if data is not None or any(error.path for error in told):
        body["data"] = data
    body["extensions"] = {"cost": cost_of(ctx.bill)}
    codes = [(error.extensions or {}).get("code", "") for error in told]
    status, headers = 200, {}
    if data is None and told:
        status = status_of(codes, executed=any(error.path for error in told))
    if status == 429:
        headers["Retry-After"] = str(ctx.bill.retry_after_s)
    elif asked.media_type == JSON:
        status = 200
    return _json(body, status, asked.media_type, headers)


def status_of(codes: list[str], *, executed: bool) -> int:
    """Tell the status of a reply without data."""
    known = [STATUS[code] for code in codes if code in STATUS]
    return max(known, default=200 if executed else 400)


def cost_of(bill: Bill) -> dict[str, int]:
    """Tell the bill as every reply carries it."""
    return {"requestedQueryCost": bill.requested, "maximumAvailable": bill.maximum}


def refusal(error: BadRequest) -> Response:
    """Answer a request that GraphQL never saw."""
    code = {401: errors.UNAUTHENTICATED, 403: errors.FORBIDDEN}.get(
        error.status, errors.BAD_REQUEST
    )
    body = {"errors": [{"message": error.message, "extensions": {"code": code}}]}
    return _json(body, error.status, JSON, error.headers)


def _told(ctx: Context, error: GraphQLError) -> GraphQLError:
    told = errors.public_error(error)
    if told is not None:
        return told
    request_id = getattr(ctx.request.state, "request_id", "") or random_hex(8)
    log.error(
        "graphql field failed",
        path=error.path,
        request_id=request_id,
        exc_info=error.original_error,
    )
    message = f"Something went wrong on our side. The log has the details under {request_id}."
    extensions = {"code": errors.INTERNAL, "requestId": request_id}
    return GraphQLError(message, path=error.path, extensions=extensions)


def _json(
    body: dict[str, Any], status: int, media_type: str, headers: Mapping[str, str]
) -> Response:
    kind = GRAPHQL_JSON if media_type == GRAPHQL_JSON else JSON
    return Response(json_bytes(body), status, dict(headers), f"{kind}; charset=utf-8")
