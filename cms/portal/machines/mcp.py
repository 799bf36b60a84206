"""The door of the MCP server: who asks, how much and how often. The rest comes with the first call.

Source: modelcontextprotocol.io, Streamable HTTP without sessions. Nobody is known by a cookie
here: an access token says who asks, and whoever sends none is a visitor.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from sqlmodel import Session
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive, Scope, Send

from cms.portal.context import PortalContext
from cms.portal.machines.pages import as_reader
from server.auth.actors import find_actor_by_token
from server.auth.callers import presented
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.auth.origins import origins_of
from server.domain.actors import Actor
from server.domain.errors import DomainError
from server.domain.provider.providers import Provider
from server.domain.provider.settings import ANY_ORIGIN, Setting
from server.web.csrf import new_seed
from server.web.headers import NO_SNIFFING
from server.web.origin import netloc_of
from server.web.outages import outages_told
from server.web.pages import PageFace, PageRequest
from server.web.requests import BadRequest, address_of, host_of, read_body
from server.web.statuses import status_of, tell_when

MCP_PATH = "/mcp"
MOST_BODY_BYTES = 65_536
SERVER = "cms.portal.machines.mcp_server"  # which loads the library
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="gatehouse"'}
CLOSED = "This portal is not open yet. Send the access token of a developer."
OFF = "There is no MCP server here: the provider has switched it off."
FOREIGN = "A page of another site may not ask here. Its provider can allow its origin."
NO_SESSIONS = "Send requests by POST: there are no sessions."
REFUSED = -32000  # the code of JSON-RPC; what it is says `data.code`
CODES = {
    400: "bad_request", 401: "unauthenticated", 403: "forbidden", 405: "method_not_allowed",
    413: "too_large", 415: "unsupported_media_type",
}  # fmt: skip
HEADERS = {"Cache-Control": "no-store", "Vary": "Authorization", **NO_SNIFFING}
Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, and the contexts in which its questions are answered."""

    deps: Dependencies
    face: PageFace[PortalContext]
    request: Request

    @contextmanager
    def open(self) -> Iterator[PortalContext]:
        """Open a transaction that reads, with the rights of who asks.

        Raises: BadRequest 401, 403 or 404; NotFound for a host of nobody's.
        """
        with outages_told(), self.deps.database.read() as db:
            provider = get_provider_by_host(db, self.deps.installation, host_of(self.request))
            if not db.get_one(Setting, provider.id).mcp_enabled:
                raise BadRequest(404, OFF)
            self._check_origin(db, provider)
            actor = self._actor(db, provider)
            page_request = PageRequest(self.deps, self.face, self.request, {}, new_seed())
            installation = self.deps.installation
            ctx = self.face.context(db, actor, installation, page_request, provider, None)
            if ctx.data.settings.site_access_code and actor.account_id is None:
                raise BadRequest(401, CLOSED, CHALLENGE)
            yield as_reader(ctx)

    def admit(self) -> None:
        """Count the request. Raises: what `open` raises; LimitReached."""
        with self.open() as ctx:
            user_id = ctx.actor.user_id
            key = "" if user_id is None else f"user {user_id}"
            address = address_of(self.request)
            self.deps.gates.mcp_calls.enter(ctx.provider.id, key, address)

    def _check_origin(self, db: Session, provider: Provider) -> None:
        """Refuse what a page of another site sends, whatever name it reached us by."""
        origin = self.request.headers.get("origin")
        if origin is None or netloc_of(origin) == self.request.headers.get("host"):
            return
        allowed = origins_of(db, self.deps.installation.addresses, provider.id)
        if ANY_ORIGIN not in allowed and origin.lower() not in allowed:
            raise BadRequest(403, FOREIGN)

    def _actor(self, db: Session, provider: Provider) -> Actor:
        authorization = self.request.headers.get("authorization", "")
        if not authorization:
            return Actor.anonymous(provider.id)
        token = presented(authorization, {}).token
        clock = self.deps.installation.clock
        actor = find_actor_by_token(db, clock, provider.id, "developer", token)
        if actor is None:
            raise BadRequest(401, "This access token is not valid.", CHALLENGE)
        if actor.token_id is not None:
            self.deps.note_token(actor.token_id)
        return actor


class McpEndpoint:
    """Answers MCP requests. What a provider has at this path himself, people still get."""

    def __init__(self, deps: Dependencies, face: PageFace[PortalContext], own: Endpoint) -> None:
        self._deps, self._face, self._own = deps, face, own

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        is_stream = "text/event-stream" in request.headers.get("accept", "")
        if request.method in {"GET", "HEAD"} and not is_stream:
            await (await self._own(request))(scope, receive, send)
            return
        try:
            await self._answer(request, send)
        except BadRequest as error:
            answer = _refusal(error.status, error.message, CODES.get(error.status, "not_found"))
            answer.headers.update(error.headers)
            await answer(scope, receive, send)
        except DomainError as error:
            answer = _refusal(status_of(error), error.message, error.code)
            tell_when(answer, error)
            await answer(scope, receive, send)
        except ClientDisconnect:
            await Response(status_code=400)(scope, receive, send)  # nobody is there to read it

    async def _answer(self, request: Request, send: Send) -> None:
        """Serve one request. Raises: BadRequest, DomainError before anything is sent."""
        visit = Visit(self._deps, self._face, request)
        await self._deps.executor.run(visit.admit)
        if request.method != "POST":
            raise BadRequest(405, NO_SESSIONS, {"Allow": "POST"})
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise BadRequest(415, "Send the request as application/json.")
        body = await read_body(request, MOST_BODY_BYTES, "request")
        server = await self._deps.executor.run(import_module, SERVER)
        scope = {**request.scope, "headers": [*request.scope["headers"]]}
        await server.serve(visit, scope, _received(body), _with_headers(send))


def _received(body: bytes) -> Receive:
    """Give a body that is here already, then wait: nobody goes away."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


def _with_headers(send: Send) -> Send:
    added = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0].lower() != b"cache-control"]
            # The relay passes on plain numbers only, and the library says `HTTPStatus`.
            status = int(message["status"])
            message = {**message, "status": status, "headers": [*kept, *added]}
        await send(message)

    return send_with


def _refusal(status: int, message: str, code: str) -> Response:
    """Refuse as JSON-RPC does, for a request that is not read."""
    error: dict[str, Any] = {"code": REFUSED, "message": message, "data": {"code": code}}
    return JSONResponse({"jsonrpc": "2.0", "id": None, "error": error}, status, HEADERS)
