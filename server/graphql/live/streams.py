"""What all protocols have in common: an operation becomes a stream of what it answers."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from strawberry.http import GraphQLRequestData

from server.graphql.http import Endpoint, View, run_in_thread
from server.graphql.live.hub import Connection, Hub
from server.graphql.live.operation import (
    Answers,
    Body,
    Operation,
    Refusal,
    Started,
    Who,
    find_who,
)
from server.graphql.requests import JSON, check_data
from server.graphql.watches import Root
from server.kit.strict_json import json_bytes
from server.web.requests import BadRequest

Answer = TypeVar("Answer")
UNUSED = frozenset({b"accept", b"authorization", b"connection", b"content-length", b"upgrade"})


@dataclass(slots=True)
class Live:
    """The subscriptions of one face in this process."""

    endpoint: Endpoint
    hub: Hub = field(init=False)

    def __post_init__(self) -> None:
        self.hub = Hub(self.endpoint.face.deps)

    @property
    def view(self) -> View:
        return self.endpoint.view

    async def find_who(self, request: Request) -> Who | None:
        """Recognise who asks."""
        return await self._run(find_who, self.view, request)

    async def begin(self, operation: Operation) -> Started | Refusal | None:
        """Begin an operation; None for what is no subscription. Raises: BadRequest."""
        return await self._run(_in_loop, operation.begin)

    def connection(self, request: Request, who: Who) -> Connection:
        """Make a connection that holds as long as the same caller is recognised."""
        return Connection(who.provider_id, who.caller, lambda: find_who(self.view, request) == who)

    async def stream(
        self, connection: Connection, operation: Operation, started: Started
    ) -> AsyncIterator[Body]:
        """Give what a subscription answers. Raises: Ended."""
        subscription = self.hub.subscribe(connection, started.watch)

        async def answer(roots: Sequence[Root]) -> Answers:
            return await self._run(_in_loop, lambda: operation.answer(roots))

        try:
            async with aclosing(subscription.answers(answer)) as bodies:
                async for body in bodies:
                    yield body
        finally:
            connection.subscriptions.discard(subscription)

    async def answer_once(self, request: Request, asked: GraphQLRequestData) -> Any:
        """Answer what is no subscription, as a request of its own is answered."""
        given = {
            "query": asked.query,
            "variables": asked.variables,
            "operationName": asked.operation_name,
            "extensions": asked.extensions,
        }
        body = json_bytes({name: value for name, value in given.items() if value is not None})
        length = str(len(body)).encode()
        plain = as_request(
            request.scope,
            [(b"content-type", JSON.encode()), (b"content-length", length)],
            request.headers.get("authorization"),
        )
        response: Response = await self.endpoint.answer_to(plain, body)
        return json.loads(bytes(response.body))

    async def _run(self, work: Callable[..., Answer], *given: Any) -> Answer:
        return await self.endpoint.face.deps.executor.run(work, *given)


def _in_loop(make: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
    return run_in_thread(make())


def as_request(
    scope: Any, headers: Sequence[tuple[bytes, bytes]], authorization: str | None
) -> Request:
    """Make a request of what came in another way, with the caller's credentials."""
    kept = [(name, value) for name, value in scope["headers"] if name not in UNUSED]
    kept += [*headers, (b"accept", JSON.encode())]
    if authorization is not None:
        kept.append((b"authorization", authorization.encode("latin-1", "replace")))
    scheme = {"ws": "http", "wss": "https"}.get(scope["scheme"], scope["scheme"])
    made = {**scope, "type": "http", "method": "POST", "scheme": scheme, "headers": kept}
    return Request({**made, "state": {**scope.get("state", {})}})


def asked_of(view: View, given: dict[str, Any]) -> GraphQLRequestData:
    """Read what is asked. Raises: BadRequest."""
    for name, kind in (("query", str), ("variables", dict), ("extensions", dict)):
        if not isinstance(given.get(name), kind | None):
            raise BadRequest(400, f"The parameter {name} has the wrong type.")
    asked = GraphQLRequestData(
        query=given.get("query"),
        variables=given.get("variables"),
        operation_name=given.get("operationName"),
        extensions=given.get("extensions"),
    )
    check_data(asked)
    return asked


async def every(seconds: float, do: Callable[[], Awaitable[None]]) -> None:
    """Do something again and again, until it is cancelled."""
    while True:
        await asyncio.sleep(seconds)
        await do()


async def first_of(*coroutines: Coroutine[Any, Any, None]) -> None:
    """Run until one of them is done, and end the others. Raises: what one raises, in a group."""
    async with asyncio.TaskGroup() as group:
        tasks: list[asyncio.Task[None]] = []

        async def run(coroutine: Coroutine[Any, Any, None]) -> None:
            await coroutine
            for task in tasks:
                task.cancel()

        tasks += [group.create_task(run(each)) for each in coroutines]
