"""An HTTP client of an app, with one way there and back between threads where others have eight.

For tests that send thousands of requests one after the other. No lifespan is run.
"""

import asyncio
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread

import httpx2 as httpx
from starlette.types import ASGIApp


class Direct(httpx.BaseTransport):
    """Carries requests to an app on an event loop of another thread."""

    def __init__(self, app: ASGIApp, loop: asyncio.AbstractEventLoop) -> None:
        self._inner = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._loop = loop

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Have the app answer, and read all of it."""
        return asyncio.run_coroutine_threadsafe(self._answered(request), self._loop).result()

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        answer = await self._inner.handle_async_request(request)
        return httpx.Response(
            answer.status_code, headers=answer.headers, content=await answer.aread()
        )


@contextmanager
def direct_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """Run a loop for clients to share; its worker threads stay for as long as it does."""
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        stopped = asyncio.Event()
        started.set_result((asyncio.get_running_loop(), stopped))
        await stopped.wait()

    thread = Thread(target=asyncio.run, args=(run(),), name="direct", daemon=True)
    thread.start()
    loop, stopped = started.result()
    yield loop
    loop.call_soon_threadsafe(stopped.set)
    thread.join()


def direct_client(
    app: ASGIApp,
    loop: asyncio.AbstractEventLoop,
    base_url: str = "http://localhost",
    headers: Mapping[str, str] | None = None,
) -> httpx.Client:
    """Make a client; cookies are kept."""
    return httpx.Client(transport=Direct(app, loop), base_url=base_url, headers=headers or {})
