"""A place that documents are fetched from, and what fetches them, on a loop of their own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from server.domain.installation import Addresses, Installation
from server.kit.db import Database
from server.runtime.fetching import SpecificationFetcher
from server.runtime.outgoing import Asker
from server.settings import Networks, Settings
from tests.kit.gateway import serving
from tests.kit.make import TEST_VAULT

SPEC = b'{"openapi": "3.1.0", "info": {"title": "Rain"}, "paths": {}}'


@dataclass
class Site:
    """Answers what a test sets, by path; remembers what was asked."""

    answers: dict[str, Any] = field(default_factory=dict)  # path -> body, (status, headers), app
    asked: list[str] = field(default_factory=list)
    url: str = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        self.asked.append(path)
        answer = self.answers.get(path, (404, {}))
        if callable(answer):
            await answer(scope, receive, send)
            return
        status, headers = (200, {}) if isinstance(answer, bytes) else answer
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        body = answer if isinstance(answer, bytes) else b""
        await send({"type": "http.response.body", "body": body})


def a_fetcher(networks: Networks = "allow", public_url: str = "http://localhost:8000") -> Any:
    """Make what fetches, of an installation at an address."""
    installation = Installation(TEST_VAULT, Addresses(public_url, "localhost"))
    return SpecificationFetcher(Settings(private_networks=networks), installation)


@asynccontextmanager
async def a_site() -> AsyncIterator[Site]:
    """Serve a site on this loop."""
    site = Site({"/spec": SPEC})
    async with serving(site) as site.url:
        yield site


@contextmanager
def a_site_beside(*fetchers: Asker) -> Iterator[Site]:
    """Serve a site, and run fetchers, on a loop in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    opened = a_site()

    def on_loop(coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(10)

    try:
        site: Site = on_loop(opened.__aenter__())
        for fetcher in fetchers:
            fetcher.attach(loop)
        yield site
        on_loop(opened.__aexit__(None, None, None))
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def sends_on(url: str, status: int = 302) -> Any:
    """Make an answer that sends on."""
    return status, {"location": url}


def streams(chunk: bytes, times: int, before: Callable[[], Any]) -> Any:
    """Make an answer of many chunks, each of them after what is awaited."""

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(times):
            await before()
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    return app


def connections_in_use(database: Database) -> int:
    """Count the connections that somebody holds: each is one of a transaction."""
    pool: Any = database.engine.pool
    return int(pool.checkedout())
