"""The job queue: huey on a file beside the database or on Redis, run by threads of our own."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from redis.exceptions import RedisError

from server.auth.dependencies import Dependencies
from server.domain.events import EventKind, EventRecord
from server.domain.messages.rendered import RenderMail
from server.jobs.addresses import ascii_domain
from server.jobs.alerts import AlertWatch
from server.jobs.audit import ChainKeeper
from server.jobs.cleanup import clean_up, drop_dead_links_of
from server.jobs.domains import check_domains
from server.jobs.feeds import refresh_feeds
from server.jobs.mail import MailSender, MailWriter
from server.jobs.messages import MessageDelivery
from server.jobs.outbox import Outbox
from server.jobs.publishing import publish_all_due
from server.jobs.smtp import SMTPServer
from server.jobs.tenants import delete_tenants
from server.jobs.trials import check_trials
from server.jobs.webhooks import HookSender, HookWriter
from server.kit.beside import Beside
from server.settings import Settings

FILE = "jobs.db"
WORKERS = 3  # slow mail servers and receivers of webhooks hold up one each, not the outbox
POLL_S = 1.0
STOP_S = 20
WEBHOOKS = {EventKind.WEBHOOK_CREATED, EventKind.WEBHOOK_UPDATED, EventKind.WEBHOOK_RESUMED}
RETRY = {"retries": 5, "retry_delay": 30, "retry_backoff": 2}  # of jobs that failed unexpectedly
log = structlog.get_logger("gatehouse.jobs")


def do_nothing() -> bool:
    """Bring no bulk operation on."""
    return False


class _QuietConsumer(Consumer):  # type: ignore[misc]  # huey ships without type information
    """A consumer that leaves the process's signals to its owner."""

    def _set_signal_handlers(self) -> None:
        pass


class JobRunner:
    """Runs what follows from events, and what is due: mails, the outbox, cleaning up.

    `start()` and `stop()` may be called from any thread, once each.
    """

    def __init__(
        self,
        deps: Dependencies,
        settings: Settings,
        *,
        render: RenderMail,
        run_bulk: Callable[[], bool] = do_nothing,
    ) -> None:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._deps, self._run_bulk = deps, run_bulk
        self._queue = _queue_of(settings)
        self._mail_sender = _mail_sender_or_none(deps, settings)
        post = self._post if self._mail_sender else None
        mail_writer = MailWriter(deps.installation, render, post)
        self.hook_sender = HookSender(deps)
        hook_writer = HookWriter(deps, lambda: self._ask_for(self._hook_task))
        listeners = (mail_writer.listener(), hook_writer.listener())
        self.outbox = Outbox(deps.database, deps.installation.clock, listeners)
        self.message_delivery = MessageDelivery(deps)
        self.alert_watch = AlertWatch(deps)
        self.chain_keeper = ChainKeeper(deps)
        self._register()
        self._consumer = _QuietConsumer(
            self._queue, workers=WORKERS, max_delay=POLL_S, shutdown_timeout=STOP_S
        )
        self._waker = Beside("outbox", self._sweep_when_woken)

    def start(self) -> None:
        """Begin to work, first at what an earlier process left; listen to this one's commits."""
        self._deps.database.after_commit(self._note)
        self._consumer.start()
        self._waker.start()
        self.alert_watch.start()
        self.chain_keeper.start()
        self._ask_for(self._recover_task)
        self.wake()

    def stop(self) -> None:
        """Finish the running jobs and end the threads; what is queued stays queued."""
        self._waker.stop(STOP_S)
        self.alert_watch.stop()
        self.chain_keeper.stop()
        self._consumer.stop(graceful=True)
        self._queue.storage.close()

    def wake(self) -> None:
        """Have the outbox swept soon. Thread-safe; costs next to nothing."""
        self._waker.wake()

    def _note(self, events: Sequence[EventRecord]) -> None:
        self.chain_keeper.wake()
        if self.outbox.concerns(events):
            self.wake()
        kinds = {event.kind for event in events}
        if EventKind.MESSAGE_QUEUED in kinds:
            self._ask_for(self._deliver_task)
        if kinds & WEBHOOKS:  # the sweep learns whom to tell; a resumed one is told what waits
            self.wake()
            self._ask_for(self._hook_task)

        if EventKind.BULK_STARTED in kinds:
            self._ask_for(self._bulk_task)

    def _sweep_when_woken(self) -> None:
        """Turn any number of wakes into one sweep after the other."""
        self._waker.wait_for_wake()
        self._waker.take_wakes()
        if not self._waker.is_stopping:
            self._ask_for(self._sweep_task)

    def _ask_for(self, task: Callable[[], object]) -> None:
        """Queue a task; where the queue is away, it is done at its time instead."""
        try:
            task()
        except RedisError as error:
            log.warning("the queue does not answer", error=str(error))

    def _register(self) -> None:
        """Name the jobs; the names are in the file, so they stay."""
        every_minute, every_ten_minutes = crontab(minute="*"), crontab(minute="*/10")
        every_hour = crontab(minute="31")
        queue: Any = self._queue
        self._sweep_task = queue.task(name="sweep", **RETRY)(self.outbox.sweep)
        self._send_task = queue.task(name="send", **RETRY)(self._send)
        self._deliver_task = queue.task(name="deliver", **RETRY)(self.message_delivery.run)
        self._hook_task = queue.task(name="send_hooks", **RETRY)(self._send_hooks)
        self._recover_task = queue.task(name="recover", **RETRY)(self._recover)
        self._bulk_task = queue.task(name="bulk", **RETRY)(self._bulk)
        queue.periodic_task(every_minute, name="bulk_by_time")(self._bulk)
        queue.periodic_task(every_minute, name="sweep_by_time")(self.outbox.sweep)
        queue.periodic_task(every_minute, name="publish_due")(partial(publish_all_due, self._deps))
        queue.periodic_task(every_minute, name="refresh_feeds")(partial(refresh_feeds, self._deps))
        queue.periodic_task(every_minute, name="check_domains")(partial(check_domains, self._deps))
        queue.periodic_task(every_minute, name="deliver_by_time")(self.message_delivery.run)
        queue.periodic_task(every_minute, name="send_hooks_by_time")(self._send_hooks)
        queue.periodic_task(every_hour, name="recover_by_time")(self._recover)
        queue.periodic_task(every_ten_minutes, name="check_trials")(
            partial(check_trials, self._deps)
        )
        queue.periodic_task(every_ten_minutes, name="clean_up")(self._clean_up)
        queue.periodic_task(every_ten_minutes, name="delete_tenants")(
            partial(delete_tenants, self._deps)
        )

    def _post(self, mail_id: int) -> None:
        self._send_task(mail_id, 0)

    def _send(self, mail_id: int, attempt: int) -> None:
        if self._mail_sender is None:
            return  # SMTP was switched off since
        delay: timedelta | None = self._mail_sender.send(mail_id, attempt)
        if delay is not None:
            self._send_task.schedule((mail_id, attempt + 1), delay=delay.total_seconds())

    def _send_hooks(self) -> None:
        delay = self.hook_sender.run()
        if delay is not None:
            self._hook_task.schedule((), delay=delay.total_seconds())

    def _bulk(self) -> None:
        """Bring a bulk operation on; what is left of it when others have had their turn."""
        if self._run_bulk():
            self._ask_for(self._bulk_task)

    def _recover(self) -> None:
        """Send what an ended process or a failed job left queued; other tries do no harm."""
        for mail_id, attempt in self._mail_sender.queued() if self._mail_sender else ():
            self._send_task(mail_id, attempt)

    def _clean_up(self) -> None:
        drop_dead_links_of(self._deps.database, self._deps.installation)
        deleted = clean_up(self._deps.database, self._deps.installation.clock.now())
        log.info("cleaned up", rows=deleted)


def _queue_of(settings: Settings) -> Huey:
    if settings.redis_url:
        return RedisHuey("gatehouse", url=settings.redis_url, results=False)
    return SqliteHuey("gatehouse", filename=str(settings.data_dir / FILE), results=False)


def _mail_sender_or_none(deps: Dependencies, settings: Settings) -> MailSender | None:
    if not settings.smtp_url:
        return None
    helo = ascii_domain(deps.installation.addresses.domain)
    return MailSender(deps, SMTPServer.of(settings.smtp_url, helo=helo))
