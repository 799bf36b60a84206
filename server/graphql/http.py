"""The GraphQL endpoint: one worker thread a request, refusals as GraphQL over HTTP wants them."""

import asyncio
import json
import re
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError
from sqlmodel import Session
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from server.actions.provider.registered_documents import find_document
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.auth.points import Bill, Buckets
from server.domain.actors import Actor
from server.domain.errors import Conflict, NotFound, Unavailable
from server.domain.provider.providers import Provider
from server.graphql import errors, large
from server.graphql.answers import AGAIN, Written, written
from server.graphql.callers import AuthContext
from server.graphql.context import Context
from server.graphql.levels.answer import find_result
from server.graphql.once import Answered
from server.graphql.persisted import with_hash
from server.graphql.requests import (
    EVENT_STREAM,
    JSON,
    MAX_BODY_BYTES,
    check_data,
    check_head,
    parse_accept,
    parse_object,
)
from server.graphql.schemas import Side
from server.kit.ids import random_hex
from server.kit.strict_json import json_bytes
from server.web.headers import NO_SNIFFING
from server.web.outages import outages_told
from server.web.requests import BadRequest, host_of, read_body
from server.web.statuses import RETRY_AFTER_S, tell_when

STATUS = {
    errors.UNAUTHENTICATED: 401,
    errors.FORBIDDEN: 403,
    errors.THROTTLED: 429,
    errors.INTERNAL: 500,
    errors.UNAVAILABLE: 503,
}
CODES = {
    401: errors.UNAUTHENTICATED,
    403: errors.FORBIDDEN,
    409: errors.CONFLICT,
    503: errors.UNAVAILABLE,
}
FAULTS = {errors.INTERNAL, errors.UNAVAILABLE}
READS = {OperationType.QUERY}
READS_AND_WRITES = {OperationType.QUERY, OperationType.MUTATION}
HEADERS = {
    "Cache-Control": "no-store",
    **NO_SNIFFING,
    "Vary": "Accept, Authorization, Cookie",
}
SEPARATORS = re.compile(r"""[\\"'\s:(){},\[\]]+""")
LEAST_WORD = 8  # characters: shorter pieces of a request stand in the words of any line
Answer = TypeVar("Answer")
log = structlog.get_logger("gatehouse.graphql")


@dataclass(frozen=True, slots=True)
class Face:
    """One side's schema, who may call it, and what each caller is granted."""

    deps: Dependencies
    side: Side
    recognise: Callable[[AuthContext], Actor]
    buckets: Buckets
    larger: large.Mutations = field(default_factory=dict)  # whose requests may be larger


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


class View(GraphQL[None, None]):
    """The library's view of one face, which opens its context when a request is understood.

    It is run in a worker thread, its loop there included (D23).
    """

    def __init__(self, face: Face) -> None:
        super().__init__(face.side.schema, graphql_ide=None, subscription_protocols=())
        self._face = face

    @property
    def side(self) -> Side:
        """What it shows."""
        return self._face.side

    def should_render_graphql_ide(self, request: object) -> bool:
        return False  # the page stands beside us

    def parse_json(self, data: str | bytes) -> Any:
        return with_hash(parse_object(data))

    def parse_query_params(self, params: Any) -> dict[str, Any]:
        """Read what a GET asks, where a document's id is a parameter, too."""
        return with_hash(super().parse_query_params(params))

    def encode_json(self, data: object) -> bytes:
        return json_bytes(data)

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Begin the response, in the media type that the caller likes best. Raises: BadRequest."""
        response = await super().get_sub_response(request)
        response.media_type = parse_accept(request.headers.get("accept"))
        return response

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """Read a request. Raises: BadRequest, HTTPException."""
        data = await super().parse_http_body(request)
        assert isinstance(data, GraphQLRequestData)  # noqa: S101 - parse_json refuses batches
        check_data(data)
        return data

    async def execute_single(  # noqa: PLR0913 - as the library calls it
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: None,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """Run an operation in its context; `sub_response` gets its status and headers."""
        answers = self._face.side.schema.answers
        with self.open(request) as ctx:
            try:
                request_data = self.complete(ctx, request_data)
            except GraphQLError as error:
                refused = told(ctx, ExecutionResult(None, [error]))
                describe(sub_response, ctx, refused)
                return refused
            body = answers.find(request_data)
            if body is not None and ctx.pay(AGAIN):
                sub_response.status_code = 200
                return written(body)
            ctx.asked = text_of(request_data)
            raw = await self._run(ctx, request_data)
            if ctx.keyed.answer is not None:
                return answered(sub_response, ctx.keyed.answer)
            result = told(ctx, raw)
            describe(sub_response, ctx, result)
            if ctx.keyed.once is not None:
                return await self._keep(ctx, result, sub_response)
            if not ctx.asks_schema_only or result.errors:
                return result
            body = self.encode_json(await self.process_result(request, result))
            answers.keep(request_data, body)
            return written(body)

    def complete(self, ctx: Context, asked: GraphQLRequestData) -> GraphQLRequestData:
        """Put a document's text in the place of its hash. Raises: GraphQLError."""
        side = self._face.side
        return side.schema.persisted.complete(
            asked,
            ctx.actor,
            lambda digest: find_document(ctx.db, ctx.provider.id, side.name, digest),
        )

    async def _keep(
        self, ctx: Context, result: ExecutionResult, sub_response: Response
    ) -> ExecutionResult:
        """Commit what a request with a key did, with its answer; or undo it, if it went wrong."""
        if ctx.keyed.passes or result.data is None or is_fault(result):
            ctx.forget()
            ctx.keyed.undo()
            result.data = None if is_fault(result) else result.data
            describe(sub_response, ctx, result)
            return result
        body = self.encode_json(await self.process_result(ctx.request, result))
        ctx.forget()
        try:
            ctx.keyed.keep(body.decode())
        except Answered:
            return answered(sub_response, ctx.keyed.answer or "")
        except Conflict as error:
            raise BadRequest(409, error.message) from error
        return written(body)

    def find_provider(self, db: Session, request: Request) -> Provider:
        """Find whose side is asked. Raises: NotFound."""
        return get_provider_by_host(db, self._face.deps.installation, host_of(request))

    @contextmanager
    def open(self, request: Request, *, is_there: bool = True) -> Iterator[Context]:
        """Open the snapshot and see who asks. Raises: BadRequest.

        A subscription that goes on by itself is not there: it keeps no session alive.
        """
        face = self._face
        with ExitStack() as stack:
            db = stack.enter_context(face.deps.database.read())
            try:
                provider = self.find_provider(db, request)
            except NotFound as error:
                raise BadRequest(404, error.message) from error
            actor = face.recognise(AuthContext(face.deps, db, provider, request, is_there))
            ctx = Context(
                face.deps, provider, actor, face.side.kinds, face.side.scopes, face.buckets, request
            )
            ctx.start(stack, db)
            try:
                yield ctx
            finally:
                ctx.end()

    async def _run(self, ctx: Context, asked: GraphQLRequestData) -> ExecutionResult:
        reads_only = ctx.request.method == "GET"
        found: ExecutionResult | None = await find_result(self.schema, ctx, asked)
        if found is not None:
            return found
        try:
            return await self.schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=ctx,
                operation_name=asked.operation_name or None,
                allowed_operation_types=READS if reads_only else READS_AND_WRITES,
            )
        except InvalidOperationTypeError as error:
            if not reads_only:
                raise BadRequest(400, "There are no subscriptions here.") from error
            raise BadRequest(405, "Send mutations by POST.", {"Allow": "POST"}) from error
        except CannotGetOperationTypeError:
            unknown = errors.refused("There is no such operation.", errors.BAD_REQUEST)
            return ExecutionResult(None, [unknown])
        except GraphQLError as error:
            return ExecutionResult(None, [error])

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """Make a result's body: without `data` when nothing was carried out."""
        if isinstance(result, Written):
            return result.body  # type: ignore[return-value]  # `create_response` takes both
        body: GraphQLHTTPResponse = {}
        if result.errors:
            body["errors"] = [error.formatted for error in result.errors]
        if result.data is not None or was_executed(result):
            body["data"] = result.data
        body["extensions"] = result.extensions
        return body

    def create_response(self, response_data: object, sub_response: Response) -> Response:
        """Write a response in the media type that was chosen."""
        media_type = f"{sub_response.media_type}; charset=utf-8"
        status = sub_response.status_code
        body = (
            response_data if isinstance(response_data, bytes) else self.encode_json(response_data)
        )
        response = Response(body, status, media_type=media_type)
        response.raw_headers.extend(sub_response.raw_headers)
        return response


class Endpoint:
    """Answers GraphQL requests of one face."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.view = View(face)
        self._executor = face.deps.executor
        self._live: Any = None  # see `live`
        self._one_large = asyncio.Semaphore(1)  # each takes a multiple of its size in memory

    @property
    def live(self) -> Any:
        """The subscriptions, which are loaded when the first one comes."""
        if self._live is None:
            from server.graphql.live.streams import Live

            self._live = Live(self)
        return self._live

    async def __call__(self, request: Request) -> Response:
        """Read the request, run it in a worker thread, answer."""
        try:
            check_head(request)
            if large.is_large(request, self.face.larger):
                response = await self._answer_large(request)
            else:
                body = await read_body(request, MAX_BODY_BYTES, "request")
                response = await self._answer(request, body)
        except BadRequest as error:
            response = refusal(error)
        except HTTPException as error:  # the library's
            response = refusal(BadRequest(error.status_code, error.reason))
        except Unavailable as error:
            response = refusal(BadRequest(503, error.message))
            tell_when(response, error)
        except ClientDisconnect:
            response = Response(status_code=400)  # nobody is there to read it
        response.headers.update(HEADERS)
        return response

    async def _answer(self, request: Request, body: bytes) -> Response:
        if EVENT_STREAM not in request.headers.get("accept", "").lower():
            return await self.answer_to(request, body)
        from server.graphql.live import sse

        request.state.said = body
        return await sse.answer(self.live, with_body(request, body), body)

    async def _answer_large(self, request: Request) -> Response:
        """Take one large request after the other, of who may send one. Raises: BadRequest."""
        face, run = self.face, self._executor.run
        most = await run(large.get_most_bytes, face.deps, face.recognise, face.larger, request)
        async with self._one_large if most > large.ALONE_BYTES else nullcontext():
            body = await read_body(request, most, "request")
            await run(large.check_large, body, face.larger)
            return await self.answer_to(request, body)

    async def answer_to(self, request: Request, body: bytes) -> Response:
        """Answer in a worker thread."""
        request.state.said = body
        return await self._executor.run(self._run, with_body(request, body))

    def _run(self, request: Request) -> Response:
        return run_in_thread(self.view.run(request, context=None))


def run_in_thread(coroutine: Coroutine[Any, Any, Answer]) -> Answer:
    """Run to the end in the loop of this worker thread. Raises: Unavailable."""
    with outages_told():
        return _loop().run_until_complete(coroutine)


def with_body(request: Request, body: bytes) -> Request:
    """Make a request whose body is here already, for another thread's loop."""

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request(request.scope, receive)


def told(ctx: Context, result: ExecutionResult) -> ExecutionResult:
    """Say what a caller may know: faults are logged and told by their id only."""
    found = [_told(ctx, error) for error in result.errors or ()]
    cost = cost_of(ctx.bill)
    if not ctx.asks_schema_only:
        cost["throttleStatus"] = status_of_bucket(ctx.bill)
    return ExecutionResult(result.data, found, {"cost": cost})


def is_fault(result: ExecutionResult) -> bool:
    """Return whether something went wrong on our side."""
    codes = {(error.extensions or {}).get("code") for error in result.errors or ()}
    return bool(codes & FAULTS)


def answered(response: Response, body: str) -> ExecutionResult:
    """Tell what was told before."""
    response.status_code = 200
    return written(body.encode())


def text_of(asked: GraphQLRequestData) -> str:
    """Write a request so that the same one is the same text."""
    parts = [asked.query, asked.operation_name or "", asked.variables or {}]
    return json.dumps(parts, sort_keys=True)


def was_executed(result: ExecutionResult) -> bool:
    """Return whether resolvers ran: their errors have a path."""
    return any(error.path for error in result.errors or ())


def describe(response: Response, ctx: Context, result: ExecutionResult) -> None:
    """Set status and headers of a result's response."""
    status = 200
    if result.data is None and result.errors:
        codes = [(error.extensions or {}).get("code", "") for error in result.errors]
        status = status_of(codes, executed=was_executed(result))
    if status == 429:
        response.headers["Retry-After"] = str(ctx.bill.retry_after_s)
    elif status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
    elif response.media_type == JSON:
        status = 200
    response.status_code = status
    for change in ctx.after:
        change(response)


def status_of(codes: list[str], *, executed: bool) -> int:
    """Return the status of a reply without data."""
    known = [STATUS[code] for code in codes if code in STATUS]
    return max(known, default=200 if executed else 400)


def cost_of(bill: Bill) -> dict[str, Any]:
    """Return the bill as every reply carries it."""
    return {"requestedQueryCost": bill.requested, "maximumAvailable": bill.maximum}


def status_of_bucket(bill: Bill) -> dict[str, int]:
    """Return what the caller has left; an answer that is everybody's doesn't say."""
    return {
        "maximumAvailable": bill.bucket,
        "currentlyAvailable": bill.left,
        "restoreRate": bill.restored_per_s,
    }


def refusal(error: BadRequest) -> Response:
    """Answer a request that GraphQL never saw."""
    code = error.code or CODES.get(error.status, errors.BAD_REQUEST)
    body = {"errors": [{"message": error.message, "extensions": {"code": code}}]}
    media_type = f"{JSON}; charset=utf-8"
    return Response(json_bytes(body), error.status, error.headers, media_type)


def words_in(body: bytes) -> list[str]:
    """List the pieces of a request that no log line may repeat: a secret may be among them."""
    words = SEPARATORS.split(body.decode(errors="replace"))
    return [word for word in words if len(word) >= LEAST_WORD]


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
        quiet=words_in(getattr(ctx.request.state, "said", b"")),
    )
    message = f"Something went wrong on our side. The log has the details under {request_id}."
    extensions = {"code": errors.INTERNAL, "requestId": request_id}
    return GraphQLError(message, path=error.path, extensions=extensions)
