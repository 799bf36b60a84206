"""Subscriptions as server-sent events: the distinct connections mode of GraphQL over SSE.

Source: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from server.domain.errors import Unavailable
from server.graphql.errors import UNAVAILABLE
from server.graphql.live.hub import Full
from server.graphql.live.operation import Body, Ended, Operation, Refusal
from server.graphql.live.streams import Live, asked_of, every, first_of
from server.graphql.requests import EVENT_STREAM
from server.kit.strict_json import json_bytes
from server.web.requests import BadRequest

KEEP_ALIVE_S = 15.0
COMPLETE = b"event: complete\ndata:\n\n"
STILL_THERE = b":\n\n"
RETRY_AFTER_S = 10


async def answer(live: Live, request: Request, body: bytes) -> Response:
    """Answer with a stream. Raises: BadRequest."""
    view = live.view
    given = view.parse_query_params(request.query_params) if request.method == "GET" else None
    asked = asked_of(view, view.parse_json(body) if given is None else given)
    operation = Operation(view, request, asked)
    begun = await live.begin(operation)
    if begun is None:
        if request.method == "GET":
            raise BadRequest(400, "Send what is no subscription as application/json.")
        return EventStream(_one(await live.answer_once(request, asked)))
    if isinstance(begun, Refusal):
        return EventStream(_one(begun.body))
    connection = live.connection(request, begun.who)
    try:
        await live.hub.admit(connection)
    except Full as error:
        raise BadRequest(429, str(error), {"Retry-After": str(RETRY_AFTER_S)}) from error

    async def bodies() -> AsyncIterator[Body]:
        try:
            async for each in live.stream(connection, operation, begun):
                yield each
        except Ended as ended:
            yield {"data": None, "errors": ended.errors}
        except Unavailable as error:
            yield {"data": None, "errors": Ended(error.message, UNAVAILABLE).errors}

    return EventStream(bodies(), [live.hub.read], lambda: live.hub.dismiss(connection))


async def _one(body: Body) -> AsyncIterator[Body]:
    yield body


class EventStream(Response):
    """A stream of events; a comment now and then shows that it lives."""

    def __init__(
        self,
        bodies: AsyncIterator[Body],
        beside: Sequence[Callable[[], Coroutine[Any, Any, None]]] = (),
        end: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(media_type=EVENT_STREAM, headers={"X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._bodies, self._beside, self._end = bodies, beside, end

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send until the operation or the caller ends."""
        one_at_a_time = asyncio.Lock()

        async def write(data: bytes = STILL_THERE) -> None:
            async with one_at_a_time:
                await send({"type": "http.response.body", "body": data, "more_body": True})

        async def pump() -> None:
            async for body in self._bodies:
                await write(b"event: next\ndata: " + json_bytes(body) + b"\n\n")
            await write(COMPLETE)

        async def listen() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        start = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        try:
            await send(start)
            await write()  # the caller sees that it has begun
            others = (each() for each in self._beside)
            await first_of(pump(), listen(), every(KEEP_ALIVE_S, write), *others)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except* ConnectionError:
            pass  # nobody is there to read it
        finally:
            self._end()
