"""What lets API calls in: directory, counters, gateway, Service Management API, wired."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from anyio import to_thread

from gateway.app import Gateway, build_gateway
from gateway.counters.base import UsageSink
from gateway.counters.journal import SUFFIX, Journal
from gateway.counters.memory import MemoryCounters, MemorySettings
from gateway.counters.redis import RedisCounters, RedisSettings
from gateway.errors import DirectoryUnavailable
from gateway.response_codes import ResponseCodes
from gateway.settings import GatewaySettings
from gateway.transactions.app import TransactionsApp
from server.directory import DatabaseDirectory
from server.domain.events import EventKind, EventRecord
from server.runtime.feed import ChangeFeed
from server.runtime.ownership import Ownership
from server.runtime.storage import Storage
from server.runtime.subdomains import Subdomains
from server.settings import Settings
from server.usage import DatabaseSink

JOURNAL = "journal"


class CallPath:
    """All that a process needs to answer calls; `running` starts and stops it."""

    def __init__(self, settings: Settings, storage: Storage) -> None:
        self._sink = sink = DatabaseSink(storage.database)
        self._directory = DatabaseDirectory(storage.database, storage.installation, sink.read_ahead)
        self._counters = _counters_of(settings, sink)
        self._codes = ResponseCodes(sink)
        addresses = storage.installation.addresses
        self.gateway: Gateway = build_gateway(
            self._directory,
            self._counters,
            self._codes,
            GatewaySettings(
                private_networks=settings.private_networks == "allow",
                own=addresses.own,
            ),
        )
        self.transactions = TransactionsApp(self._directory, self._counters, self._codes)
        self.subdomains = Subdomains(storage.database)
        self.ownership = Ownership(addresses, self.subdomains.find_token, self._directory.owns_host)
        self._feed = ChangeFeed(storage.database, self._on_change)

    def _on_change(self, events: Sequence[EventRecord]) -> None:
        self._directory.forget(events)
        self.subdomains.note(events)
        taken = [
            event.subject_id
            for event in events
            if event.kind == EventKind.USAGE_TAKEN_OVER and event.subject_id is not None
        ]
        if taken:
            self._sink.renew(taken)
            self._counters.renew(taken)

    async def is_taken(self, host: str) -> bool:
        """Return whether a host is a tenant's; while nobody can tell it may be."""
        try:
            return await self._directory.owns_host(host)
        except DirectoryUnavailable:
            return True

    async def look_for_changes(self) -> None:
        """Take in what other processes have committed, now instead of in a moment."""
        await to_thread.run_sync(self._feed.poll)

    def is_counting(self) -> bool:
        return self._counters.is_ready

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Begin the counters before the first call; then count, fold and listen to changes."""
        self._feed.start()
        self.subdomains.load()  # afterwards: what comes in between is told
        await self._counters.start()
        try:
            async with asyncio.TaskGroup() as group:
                loops = (
                    self._counters.run_for_ever,
                    self._codes.fold_for_ever,
                    self._feed.run,
                    self._directory.compare_for_ever,
                )
                tasks = [group.create_task(loop()) for loop in loops]
                try:
                    yield
                finally:
                    for task in tasks:
                        task.cancel()
        finally:
            await self.gateway.close()
            await self._counters.stop()
            await self._codes.fold()


def _counters_of(settings: Settings, sink: UsageSink) -> MemoryCounters | RedisCounters:
    if settings.redis_url:
        return RedisCounters(RedisSettings(url=settings.redis_url), sink)
    return MemoryCounters(MemorySettings(directory=settings.data_dir / JOURNAL), sink)


def make_sure_of_counting(settings: Settings, storage: Storage) -> None:
    """Check before a start what would end it: a second embedded process, a Redis that is away.

    With Redis, what an embedded process left is brought to the statistics, where Redis begins.
    Raises: JournalLocked, JournalDamaged, StoreUnavailable, OSError.
    """
    folder = settings.data_dir / JOURNAL
    if not settings.redis_url:
        journal = Journal(folder)
        journal.open()
        journal.close()
        return
    sink = DatabaseSink(storage.database)
    asyncio.run(_check(RedisCounters(RedisSettings(url=settings.redis_url), sink)))
    if any(folder.glob(f"*{SUFFIX}")):
        asyncio.run(_take_over(MemoryCounters(MemorySettings(directory=folder), sink)))


async def _check(counters: RedisCounters) -> None:
    try:
        await counters.check()
    finally:
        await counters.close()


async def _take_over(counters: MemoryCounters) -> None:
    await counters.start()
    await counters.stop()
