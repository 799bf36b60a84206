"""The composition root: the only place that knows every part of the one-process install."""

import asyncio
import gc
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from cms.portal.routes import routes as portal_routes
from gateway.app import Gateway, build_gateway
from gateway.counters.journal import Journal
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.echo import Echo
from gateway.settings import GatewaySettings
from gateway.transactions.app import TransactionsApp
from server.admin.routes import routes as admin_routes
from server.auth.site import Site
from server.directory import DatabaseDirectory
from server.domain.events import EventRecord
from server.graphql.routes import admin_routes as admin_graphql_routes
from server.graphql.routes import developer_routes as developer_graphql_routes
from server.jobs.queue import JobRunner
from server.rest.routes import routes as rest_routes
from server.runtime import ops
from server.runtime.dispatch import Apps, Dispatch
from server.runtime.feed import ChangeFeed
from server.runtime.logs import RequestLog
from server.runtime.probe import GatewayProbe
from server.runtime.root import Root
from server.runtime.subdomains import Subdomains
from server.settings import Settings
from server.usage import DatabaseSink

JOURNAL = "journal"
YOUNG_OBJECTS = 10_000  # a GraphQL answer makes as many: collecting each 700 cost a third of it


class Process:
    """All parts of a running process, wired; `run` starts and stops what has a life of its own."""

    def __init__(self, settings: Settings, root: Root) -> None:
        self._root = root
        self._directory = DatabaseDirectory(root.database, root.installation)
        journal = MemorySettings(directory=settings.data_dir / JOURNAL)
        self._counters = MemoryCounters(journal, DatabaseSink(root.database))
        self._counting = False
        addresses = root.installation.addresses
        gateway_settings = GatewaySettings(
            private_networks=settings.private_networks == "allow",
            trusted_origins=frozenset({addresses.public_url}),
        )
        self.gateway: Gateway = build_gateway(self._directory, self._counters, gateway_settings)
        self.transactions = TransactionsApp(self._directory, self._counters)
        self._probe = GatewayProbe(root.database, root.installation)
        self.site = Site(
            root.database, root.installation, self._probe, mails_are_kept=not settings.smtp_url
        )
        self._jobs = JobRunner(self.site, settings)
        self.subdomains = Subdomains(root.database)
        self._feed = ChangeFeed(root.database, self._on_change)

    def _on_change(self, events: Sequence[EventRecord]) -> None:
        self._directory.forget(events)
        self.subdomains.note(events)

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
        self._jobs.start()
        tasks = [
            asyncio.create_task(self._counters.fold_for_ever()),
            asyncio.create_task(self._feed.run()),
        ]
        settle_memory()
        try:
            yield
        finally:
            self._counting = False
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await asyncio.to_thread(self._jobs.stop)
            await self.gateway.close()
            await self._counters.stop()
            self._root.database.close()


def settle_memory() -> None:
    """Have the collector look at what requests make, seldom, and never again at what is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def refuse_second_process(settings: Settings) -> None:
    """Make sure that nobody else counts on this data. Raises: JournalLocked."""
    journal = Journal(settings.data_dir / JOURNAL)
    journal.open()
    journal.close()


def build_app(settings: Settings, root: Root) -> ASGIApp:
    """Build everything that one process serves."""
    process = Process(settings, root)
    site = process.site
    admin: list[BaseRoute] = [
        *ops.routes(root.database, process.is_counting),
        *admin_graphql_routes(site),
        *rest_routes(site),
        *admin_routes(site),
    ]
    portal = [*developer_graphql_routes(site), *portal_routes(site)]
    apps = Apps(
        gateway=process.gateway,
        mounted_gateway=process.gateway.mounted,
        echo=Echo(),
        transactions=process.transactions,
        admin=RequestLog(Starlette(routes=admin)),
        portal=RequestLog(Starlette(routes=portal)),
        bare=RequestLog(Starlette(routes=[*admin, *portal], lifespan=process.run)),
    )
    return Dispatch(apps, settings.domain, process.subdomains.is_known)
