"""The protocol graphql-transport-ws over a WebSocket.

Source: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

import asyncio
import json
from contextlib import suppress
from typing import Any

import structlog
from starlette.requests import Request
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from server.domain.errors import Unavailable
from server.graphql import errors
from server.graphql.live.hub import MOST_SUBSCRIPTIONS, Connection, Full
from server.graphql.live.operation import Body, Ended, Operation, Refusal
from server.graphql.live.streams import Live, as_request, asked_of
from server.kit.strict_json import json_bytes, parse_json
from server.web.requests import BadRequest

PROTOCOL = "graphql-transport-ws"
INIT_S = 10.0  # until the client has said who it is
IDLE_S = 120.0  # without any subscription
CLOSED, BAD, UNAUTHORIZED, FORBIDDEN = 1000, 4400, 4401, 4403
NOT_SPOKEN, NO_INIT, DUPLICATE, TOO_MANY = 4406, 4408, 4409, 4429
AWAY = 1013
MOST_ID = 200  # characters
log = structlog.get_logger("gatehouse.graphql")


class Close(Exception):
    """The connection ends, with a code that says why."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason = code, reason


class Socket:
    """One connection, from its handshake to its end."""

    def __init__(self, live: Live, socket: WebSocket) -> None:
        self._live, self._socket = live, socket
        self._connection: Connection | None = None
        self._request: Request | None = None
        self._running: dict[str, asyncio.Task[None]] = {}
        self._one_at_a_time = asyncio.Lock()
        self._group = asyncio.TaskGroup()
        self._admitted = asyncio.Event()
        self._wait: asyncio.Timeout | None = None
        self._why: Close | None = None  # decided elsewhere

    async def run(self) -> None:
        """Serve until one side ends it."""
        if PROTOCOL not in self._socket.scope["subprotocols"]:
            await self._socket.accept()
            await self._close(Close(NOT_SPOKEN, f"Speak {PROTOCOL}"))
            return
        await self._socket.accept(PROTOCOL)
        try:
            async with self._group:
                reading = self._group.create_task(self._read_along())
                why: Close | None = None
                try:
                    await self._serve()
                except Close as close:
                    why = close
                except (WebSocketDisconnect, ConnectionError):
                    pass
                for task in (reading, *self._running.values()):
                    task.cancel()
                if why is not None:
                    await self._close(why)
        finally:
            if self._connection is not None:
                self._live.hub.dismiss(self._connection)

    async def _read_along(self) -> None:
        await self._admitted.wait()
        await self._live.hub.read()

    async def _serve(self) -> None:
        """Take messages one after the other. Raises: Close, WebSocketDisconnect."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + INIT_S
        while True:
            try:
                async with asyncio.timeout_at(deadline) as self._wait:
                    message = await self._read()
            except TimeoutError:
                if self._why is not None:
                    raise self._why from None
                if self._connection is None:
                    raise Close(NO_INIT, "Connection initialisation timeout") from None
                if not self._running:
                    raise Close(CLOSED, "Idle") from None
            else:
                await self._take(message)
            if self._why is not None:
                raise self._why
            if self._connection is not None:
                deadline = loop.time() + IDLE_S

    async def _read(self) -> Body:
        """Read a message. Raises: Close, WebSocketDisconnect."""
        came = await self._socket.receive()
        if came["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(came.get("code", CLOSED))
        try:
            message = parse_json(came.get("text") or "")
        except (ValueError, RecursionError):
            message = None
        if not isinstance(message, dict):
            raise Close(BAD, "Send messages as JSON objects")
        return message

    async def _take(self, message: Body) -> None:
        match message.get("type"):
            case "connection_init":
                await self._init(message.get("payload"))
            case "ping":
                pong: Body = {"type": "pong"}
                if message.get("payload") is not None:
                    pong["payload"] = message["payload"]
                await self._send(pong)
            case "pong":
                pass
            case "subscribe":
                self._subscribe(message.get("id"), message.get("payload"))
            case "complete":
                task = self._running.pop(str(message.get("id")), None)
                if task is not None:
                    task.cancel()
            case _:
                raise Close(BAD, "Unknown type of message")

    async def _init(self, payload: object) -> None:
        """Recognise who it is. Raises: Close."""
        if self._request is not None:
            raise Close(TOO_MANY, "Too many initialisation requests")
        given = payload if isinstance(payload, dict) else {}
        # No cookies: a browser does not tell which page of ours it is that opens a socket.
        self._request = as_request(
            without_cookies(self._socket.scope), [], self._credentials(given)
        )
        try:
            who = await self._live.find_who(self._request)
        except Unavailable as error:
            raise Close(AWAY, "Try again later") from error
        if who is None:
            raise Close(FORBIDDEN, "Forbidden")
        connection = self._live.connection(self._request, who)
        connection.on_end = self._end
        try:
            await self._live.hub.admit(connection)
        except Full as error:
            raise Close(TOO_MANY, str(error)) from error
        self._connection = connection
        self._admitted.set()
        await self._send({"type": "connection_ack"})

    def _credentials(self, given: Body) -> str | None:
        """Find the credentials: in the first message, whose names have any case, or the headers."""
        inner = given.get("headers")
        for names in (given, inner if isinstance(inner, dict) else {}):
            for name, value in names.items():
                if name.lower() == "authorization" and isinstance(value, str):
                    return value
        return self._socket.headers.get("authorization")

    def _end(self, why: Ended) -> None:
        self._why = Close(UNAUTHORIZED, why.message)
        if self._wait is not None:
            with suppress(RuntimeError):  # it is over: nobody waits just now
                self._wait.reschedule(asyncio.get_running_loop().time())

    def _subscribe(self, operation_id: object, payload: object) -> None:
        """Begin an operation. Raises: Close."""
        if self._connection is None or self._request is None:
            raise Close(UNAUTHORIZED, "Unauthorized")
        if not isinstance(operation_id, str) or not 0 < len(operation_id) <= MOST_ID:
            raise Close(BAD, "A subscription needs an id")
        if operation_id in self._running:
            raise Close(DUPLICATE, f"Subscriber for {operation_id} already exists")
        if len(self._running) >= MOST_SUBSCRIPTIONS:
            raise Close(TOO_MANY, f"At most {MOST_SUBSCRIPTIONS} operations at once")
        if not isinstance(payload, dict):
            raise Close(BAD, "A subscription needs a payload")
        operation = self._operate(operation_id, self._request, payload)
        self._running[operation_id] = self._group.create_task(operation)

    async def _operate(self, operation_id: str, request: Request, payload: Body) -> None:
        with suppress(ConnectionError, WebSocketDisconnect):
            await self._tell(operation_id, request, payload)

    async def _tell(self, operation_id: str, request: Request, payload: Body) -> None:
        """Answer, or say why not. Raises: ConnectionError, WebSocketDisconnect."""
        try:
            await self._carry_out(operation_id, request, payload)
        except (ConnectionError, WebSocketDisconnect):
            raise
        except (Ended, BadRequest, Unavailable) as error:
            refused = error.errors if isinstance(error, Ended) else [_told(error)]
            await self._finish(operation_id, "error", refused)
        except Exception:
            log.exception("a subscription failed")
            await self._finish(operation_id, "error", [_told(Unavailable("It failed."))])

    async def _carry_out(self, operation_id: str, request: Request, payload: Body) -> None:
        """Answer, once or often. Raises: Ended, BadRequest."""
        live = self._live
        asked = asked_of(live.view, live.view.parse_json(json.dumps(payload)))
        operation = Operation(live.view, request, asked)
        begun = await live.begin(operation)
        if begun is None:
            await self._next(operation_id, await live.answer_once(request, asked))
        elif isinstance(begun, Refusal):
            await self._finish(operation_id, "error", begun.body["errors"])
            return
        elif self._connection is not None:
            async for body in live.stream(self._connection, operation, begun):
                await self._next(operation_id, body)
        await self._finish(operation_id, "complete")

    async def _next(self, operation_id: str, body: Body) -> None:
        await self._send({"id": operation_id, "type": "next", "payload": body})

    async def _finish(self, operation_id: str, how: str, payload: Any = None) -> None:
        """Tell that an operation is over; its id is free again."""
        self._running.pop(operation_id, None)
        message = {"id": operation_id, "type": how}
        await self._send(message if payload is None else {**message, "payload": payload})

    async def _send(self, message: Body) -> None:
        async with self._one_at_a_time:
            await self._socket.send_text(json_bytes(message).decode())

    async def _close(self, why: Close) -> None:
        if self._socket.application_state is not WebSocketState.DISCONNECTED:
            with suppress(ConnectionError, RuntimeError):
                await self._socket.close(why.code, why.reason[:120])


def without_cookies(scope: Any) -> Any:
    """Leave out what browsers send by themselves."""
    headers = [(name, value) for name, value in scope["headers"] if name != b"cookie"]
    return {**scope, "headers": headers}


def _told(error: BadRequest | Unavailable) -> Body:
    codes = {401: errors.UNAUTHENTICATED, 403: errors.FORBIDDEN}
    status = error.status if isinstance(error, BadRequest) else 503
    code = errors.UNAVAILABLE if status == 503 else codes.get(status, errors.BAD_REQUEST)
    return {"message": error.message, "extensions": {"code": code}}
