"""The composition root: the only place that knows every part of a process that serves all."""

import asyncio
import gc
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from operator import attrgetter
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette
from starlette.types import ASGIApp

from gateway.echo import Echo
from server.auth.dependencies import Dependencies
from server.auth.gates import Gates
from server.runtime import ops
from server.runtime.calls import CallPath
from server.runtime.dispatch import Apps, Dispatch
from server.runtime.lazy import Lazy
from server.runtime.logs import RequestLog, set_up_logs
from server.runtime.probe import GatewayProbe
from server.runtime.storage import Storage, open_storage
from server.settings import Settings

if TYPE_CHECKING:
    from server.faces import Faces
    from server.jobs.queue import JobRunner

log = structlog.get_logger("gatehouse")
YOUNG_OBJECTS = 10_000  # a GraphQL answer makes as many: collecting each 700 cost a third of it


class Process:
    """All parts of a running process, wired; `run` starts and stops what has a life of its own."""

    def __init__(self, settings: Settings, storage: Storage) -> None:
        self._storage = storage
        self._settings = settings
        self.calls = CallPath(settings, storage)
        self._probe = GatewayProbe(storage.database, storage.installation)
        self.deps = Dependencies(
            storage.database,
            storage.installation,
            self._probe,
            mails_are_kept=not settings.smtp_url,
            gates=Gates(settings.redis_url),
        )
        self.faces = Lazy(self._load_faces)
        self._jobs: JobRunner | None = None

    def _load_faces(self) -> "Faces":
        # Here and not above: the gateway answers before templates, schemas and jobs are loaded.
        from server.faces import build_faces

        return build_faces(self.deps, self._settings)

    async def _open_faces(self) -> None:
        """Load what people see and begin the jobs; a process that can't is ended."""
        try:
            self._jobs = (await self.faces.get()).jobs
            self._jobs.start()
        except Exception:
            log.exception("the faces cannot be loaded")
            signal.raise_signal(signal.SIGTERM)
        settle_memory()

    @asynccontextmanager
    async def run(self, _app: Starlette) -> AsyncIterator[None]:
        """Answer calls first, then all the rest."""
        async with self.calls.running():
            self._probe.attach(self.calls.gateway, asyncio.get_running_loop())
            gc.disable()  # until the faces are loaded: they are nothing to collect
            opening = asyncio.create_task(self._open_faces())
            try:
                yield
            finally:
                await opening
                if self._jobs is not None:
                    await asyncio.to_thread(self._jobs.stop)
        self._storage.database.close()


def settle_memory() -> None:
    """Have the collector look at what requests make, seldom, and never again at what is loaded."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def build_app(settings: Settings, storage: Storage, *, one_of_many: bool = False) -> ASGIApp:
    """Build everything that one process serves."""
    process = Process(settings, storage)
    calls = process.calls
    operations = Starlette(
        routes=ops.routes(storage.database, calls.is_counting, one_of_many=one_of_many),
        lifespan=process.run,
    )
    apps = Apps(
        operations=RequestLog(operations),
        gateway=calls.gateway,
        mounted_gateway=calls.gateway.mounted,
        echo=Echo(),
        transactions=calls.transactions,
        admin=process.faces.app(attrgetter("admin")),
        portal=process.faces.app(attrgetter("portal")),
    )
    return Dispatch(apps, settings.domain, calls.subdomains.is_known)


def app_of_worker() -> ASGIApp:
    """Build the app in one of several processes, from the environment that their parent set."""
    settings = Settings.from_env(os.environ)
    set_up_logs(settings.log, settings.passwords)
    return build_app(settings, open_storage(settings), one_of_many=True)
