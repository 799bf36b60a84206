"""The composition root of a process that only runs jobs, beside those that serve."""

import asyncio
import signal
from contextlib import suppress

import structlog

from cms.rendering.mails import MailRenderer
from cms.rendering.renderer import Renderer
from server.auth.dependencies import Dependencies
from server.jobs.queue import JobRunner
from server.rest.objects import RestObjects
from server.runtime.bulk import bulk_of
from server.runtime.feed import ChangeFeed
from server.runtime.fetching import SpecificationFetcher
from server.runtime.hook_calls import HookCalls
from server.runtime.probe import GatewayProbe
from server.runtime.proving import DomainProver
from server.runtime.storage import Storage
from server.settings import Settings

log = structlog.get_logger("gatehouse")


async def work(settings: Settings, storage: Storage) -> None:
    """Run jobs until the process is told to end; events of other processes wake them."""
    probe = GatewayProbe(storage.database, storage.installation)
    fetcher = SpecificationFetcher(settings, storage.installation)
    fetcher.attach(asyncio.get_running_loop())
    prover = DomainProver(settings, storage.installation)
    prover.attach(asyncio.get_running_loop())
    hooks = HookCalls(settings, storage.installation)
    hooks.attach(asyncio.get_running_loop())
    deps = Dependencies(
        storage.database,
        storage.installation,
        probe,
        mails_are_kept=not settings.smtp_url,
        fetch_feed=fetcher.feed,
        prove=prover,
        call_hooks=hooks,
        objects=RestObjects(),
    )
    renderer = Renderer(storage.database, storage.installation)
    jobs = JobRunner(deps, settings, render=MailRenderer(renderer), run_bulk=bulk_of(deps))
    feed = ChangeFeed(storage.database, lambda _events: jobs.wake())
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    feed.start()
    jobs.start()
    watching = asyncio.create_task(feed.run())
    log.info("the worker runs")
    await stopping.wait()
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await asyncio.to_thread(jobs.stop)
    renderer.close()
    storage.database.close()
