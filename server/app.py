"""The composition root: the only place that knows every part of the one-process install."""

import asyncio
import gc
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from operator import attrgetter
from typing import TYPE_CHECKING

import structlog
from starlette.applications import Starlette
from starlette.types import ASGIApp

from gateway.app import Gateway, build_gateway
from gateway.counters.journal import Journal
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.echo import Echo
from gateway.response_codes import ResponseCodes
from gateway.settings import GatewaySettings
from gateway.transactions.app import TransactionsApp
from server.auth.site import Site
from server.directory import DatabaseDirectory
from server.domain.events import EventRecord
from server.runtime import ops
from server.runtime.dispatch import Apps, Dispatch
from server.runtime.feed import ChangeFeed
from server.runtime.late import Late
from server.runtime.logs import RequestLog
from server.runtime.probe import GatewayProbe
from server.runtime.root import Root
from server.runtime.subdomains import Subdomains
from server.settings import Settings
from server.usage import DatabaseSink

if TYPE_CHECKING:
    from server.faces import Faces
    from server.jobs.queue import JobRunner

log = structlog.get_logger("gatehouse")
JOURNAL = "journal"
YOUNG_OBJECTS = 10_000  # a GraphQL answer makes as many: collecting each 700 cost a third of it


class Process:
    """All parts of a running process, wired; `run` starts and stops what has a life of its own."""

    def __init__(self, settings: Settings, root: Root) -> None:
        self._root = root
        self._directory = DatabaseDirectory(root.database, root.installation)
        journal = MemorySettings(directory=settings.data_dir / JOURNAL)
        sink = DatabaseSink(root.database)
        self._counters = MemoryCounters(journal, sink)
        self._codes = ResponseCodes(sink)
        self._counting = False
        addresses = root.installation.addresses
        gateway_settings = GatewaySettings(
            private_networks=settings.private_networks == "allow",
            trusted_origins=frozenset({addresses.public_url}),
        )
        self.gateway: Gateway = build_gateway(
            self._directory, self._counters, self._codes, gateway_settings
        )
        self.transactions = TransactionsApp(self._directory, self._counters, self._codes)
        self._probe = GatewayProbe(root.database, root.installation)
        self.site = Site(
            root.database, root.installation, self._probe, mails_are_kept=not settings.smtp_url
        )
        self._settings = settings
        self.faces = Late(self._load_faces)
        self._jobs: JobRunner | None = None
        self.subdomains = Subdomains(root.database)
        self._feed = ChangeFeed(root.database, self._on_change)

    def _on_change(self, events: Sequence[EventRecord]) -> None:
        self._directory.forget(events)
        self.subdomains.note(events)

    def _load_faces(self) -> "Faces":
        # Here and not above: the gateway answers before templates, schemas and jobs are loaded.
        from server.faces import build_faces

        return build_faces(self.site, self._settings)

    async def _open_faces(self) -> None:
        """Load what people see and begin the jobs; a process that can't is ended."""
        try:
            self._jobs = (await self.faces.get()).jobs
            self._jobs.start()
        except Exception:
            log.exception("the faces cannot be loaded")
            signal.raise_signal(signal.SIGTERM)
        settle_memory()

    def is_counting(self) -> bool:
        """Tell whether calls can be counted."""
        return self._counting

    @asynccontextmanager
    async def run(self, _app: Starlette) -> AsyncIterator[None]:
        """Replay the journal before the first call, then count, fold, listen and work."""
        self.subdomains.load()
        self._feed.start()
        await self._counters.start()
        self._counting = True
        self._probe.attach(self.gateway, asyncio.get_running_loop())
        gc.disable()  # until the faces are loaded: they are nothing to collect
        opening = asyncio.create_task(self._open_faces())
        tasks = [
            asyncio.create_task(self._counters.fold_for_ever()),
            asyncio.create_task(self._codes.fold_for_ever()),
            asyncio.create_task(self._feed.run()),
        ]
        try:
            yield
        finally:
            self._counting = False
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await opening
            if self._jobs is not None:
                await asyncio.to_thread(self._jobs.stop)
            await self.gateway.close()
            await self._counters.stop()
            await self._codes.fold()
            self._root.database.close()


def settle_memory() -> None:
    """Have the collector look at what requests make, seldom, and never again at what is loaded."""
    gc.collect()
    gc.freeze()
    gc.enable()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def refuse_second_process(settings: Settings) -> None:
    """Make sure that nobody else counts on this data. Raises: JournalLocked."""
    journal = Journal(settings.data_dir / JOURNAL)
    journal.open()
    journal.close()


def build_app(settings: Settings, root: Root) -> ASGIApp:
    """Build everything that one process serves."""
    process = Process(settings, root)
    operations = Starlette(
        routes=ops.routes(root.database, process.is_counting), lifespan=process.run
    )
    apps = Apps(
        operations=RequestLog(operations),
        gateway=process.gateway,
        mounted_gateway=process.gateway.mounted,
        echo=Echo(),
        transactions=process.transactions,
        admin=process.faces.app(attrgetter("admin")),
        portal=process.faces.app(attrgetter("portal")),
    )
    return Dispatch(apps, settings.domain, process.subdomains.is_known)
