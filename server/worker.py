"""The composition root of a process that only runs jobs, beside those that serve."""

import asyncio
import signal
from contextlib import suppress

import structlog

from server.auth.site import Site
from server.jobs.queue import JobRunner
from server.runtime.feed import ChangeFeed
from server.runtime.probe import GatewayProbe
from server.runtime.root import Root
from server.settings import Settings

log = structlog.get_logger("gatehouse")


async def work(settings: Settings, root: Root) -> None:
    """Run jobs until the process is told to end; events of other processes wake them."""
    probe = GatewayProbe(root.database, root.installation)
    site = Site(root.database, root.installation, probe, mails_are_kept=not settings.smtp_url)
    jobs = JobRunner(site, settings)
    feed = ChangeFeed(root.database, lambda _events: jobs.wake())
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
    root.database.close()
