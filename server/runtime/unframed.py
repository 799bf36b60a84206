"""Answers to callers of HTTP/1.0, who know no chunks: closing ends a body of unknown length."""

from collections.abc import Awaitable, Callable
from typing import Any

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

App = Callable[[Any, Any, Any], Awaitable[None]]


def unframed(app: App, cycle: RequestResponseCycle, reset: Callable[[], None]) -> App:
    """Stand between an app and what writes its answer; `reset` breaks the connection off.

    A caller can't tell a body that was broken off from one that ended, but by a reset.
    """

    async def run(scope: Any, receive: Any, send: Any) -> None:
        is_sized = True

        async def send_unframed(message: Any) -> None:
            nonlocal is_sized
            if message["type"] == "http.response.start":
                is_sized = any(name.lower() == b"content-length" for name, _ in message["headers"])
                if not is_sized:
                    cycle.chunked_encoding = False
            elif not is_sized:
                cycle.expected_content_length = len(message.get("body", b""))
            await send(message)

        await app(scope, receive, send_unframed)
        if cycle.response_started and not cycle.response_complete:
            reset()

    return run
