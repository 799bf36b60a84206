"""The composition root of a process that lets calls in and has pages answered beside it (D34)."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.echo import Echo
from server.runtime import ops
from server.runtime.calls import CallPath
from server.runtime.companion import Companion
from server.runtime.dispatch import Apps, Dispatch
from server.runtime.forwarded import behind_proxies
from server.runtime.logs import RequestLog, set_up_logs
from server.runtime.memory import settle_memory
from server.runtime.relay import CHANGED
from server.runtime.storage import Storage, open_storage
from server.settings import Settings

PAGES = "server.pages"  # a name, since this process must not load what it is spared


class Process:
    """All parts of a running process, wired; `run` starts and stops what has a life of its own."""

    def __init__(self, settings: Settings, storage: Storage) -> None:
        self._storage = storage
        self.calls = CallPath(settings, storage)
        env = {**os.environ, **settings.as_env()}
        self.companion = Companion(PAGES, env, self._answer_companion)

    async def _answer_companion(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look for changes that the pages made, or answer the test calls that they make."""
        if scope["type"] == CHANGED:
            await self.calls.look_for_changes()
        else:
            await self.calls.gateway.test(scope, receive, send)

    @asynccontextmanager
    async def run(self, _app: Starlette) -> AsyncIterator[None]:
        """Answer calls, and have pages answered beside."""
        async with self.calls.running(), self.companion.running():
            settle_memory()
            yield
        self._storage.database.close()


def build_app(settings: Settings, storage: Storage, *, one_of_many: bool = False) -> ASGIApp:
    """Build everything that one process serves."""
    process = Process(settings, storage)
    calls = process.calls
    operations = Starlette(
        routes=ops.routes(
            ops.checks_of(settings, storage.database, calls.is_counting),
            metrics_token=settings.metrics_token,
            one_of_many=one_of_many,
        ),
        lifespan=process.run,
    )
    apps = Apps(
        operations=RequestLog(operations),
        gateway=calls.gateway,
        mounted_gateway=calls.gateway.mounted,
        echo=Echo(),
        transactions=calls.transactions,
        ownership=calls.ownership,
        admin=process.companion.face("admin"),
        portal=process.companion.face("portal"),
    )
    dispatch = Dispatch(
        apps,
        settings.domain,
        calls.subdomains.find_kind,
        calls.is_taken,
        storage.installation.addresses.is_master,
    )
    return behind_proxies(dispatch, settings.trusted_proxies)


def app_of_worker() -> ASGIApp:
    """Build the app in one of several processes, from the environment that their parent set."""
    settings = Settings.from_env(os.environ)
    set_up_logs(settings.log, settings.passwords)
    return build_app(settings, open_storage(settings), one_of_many=True)
