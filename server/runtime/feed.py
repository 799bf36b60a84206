"""Changes made by other processes: every committed event is told, whichever process made it."""

import asyncio
import threading
from collections import deque
from collections.abc import Callable, Sequence

import structlog
from anyio import to_thread
from prometheus_client import Counter
from sqlalchemy.exc import SQLAlchemyError

from server.domain.event_log import EventLog
from server.domain.events import EventRecord
from server.kit.db import Database

POLL_S = 0.5  # design 5 promises that a change is everywhere within 2 s
COMPARE_S = 30.0  # a change that was passed over is told after so long
COMPARED = 20  # comparisons that an id stays under watch: ten minutes
MOST_AT_ONCE = 500  # recovered events
RECOVERED = Counter(
    "gatehouse_feed_recovered_events", "Events that only the comparison of the log found."
)
log = structlog.get_logger("gatehouse.feed")


class ChangeFeed:
    """Tells `listener` of every committed event: this process's own at once, others when it reads.

    Each is told once, and again only when the listener failed at it or its transaction took
    longer than an id is under watch: listeners drop caches and wake jobs, which can be repeated.
    The listener is called by one thread at a time.
    """

    def __init__(
        self, database: Database, listener: Callable[[Sequence[EventRecord]], None]
    ) -> None:
        self._database = database
        self._log = EventLog(database)
        self._listener = listener
        self._position = ""
        self._told: set[int] = set()
        self._floors: deque[int] = deque(maxlen=COMPARED)  # highest ids at the last comparisons
        self._telling = threading.Lock()
        self._reading = threading.Lock()
        self._begun = self._finished = 0  # readings, by their number

    def start(self) -> None:
        """Begin behind all that is committed, and listen to this process's own commits."""
        self._position = self._log.now()
        self._floors.append(self._log.last_id())
        self._database.after_commit(self._tell_own)

    def tell(self, events: Sequence[EventRecord]) -> None:
        """Pass on what was not told before."""
        with self._telling:
            fresh = [event for event in events if event.id not in self._told]
            if fresh:
                self._listener(fresh)
                self._told.update(event.id for event in fresh)

    def poll(self) -> None:
        """Tell what others have committed by now. Thread-safe, one reading at a time.

        Who has to wait shares a reading that began after he asked. Cost: one query by an index.
        Raises: SQLAlchemyError; what was not told then is told by the next reading.
        """
        wanted = self._begun + 1
        with self._reading:
            if self._finished >= wanted:
                return
            self._begun += 1
            events, position = self._log.since(self._position)
            self.tell(events)
            self._position, self._finished = position, self._begun

    def compare(self) -> int:
        """Tell what the log holds and nobody was told: a net, for what no reading found.

        How many there were is the answer. Cost: a query for the ids of the last ten minutes.
        """
        newest, floor = self._log.last_id(), self._floors[0]
        lost = sorted(set(self._log.ids_above(floor)) - self._told)
        if lost:
            self.poll()  # it may be on its way only
            lost = [event_id for event_id in lost if event_id not in self._told]
        for at in range(0, len(lost), MOST_AT_ONCE):
            self.tell(self._log.with_ids(lost[at : at + MOST_AT_ONCE]))
        if lost:
            RECOVERED.inc(len(lost))
            log.warning("the change feed had passed over events", count=len(lost), first=lost[0])
        self._floors.append(newest)
        with self._telling:
            self._told = {event_id for event_id in self._told if event_id > floor}
        return len(lost)

    async def run(self) -> None:
        """Look for ever; a database that does not answer is tried again."""
        loop = asyncio.get_running_loop()
        compare_at = loop.time() + COMPARE_S
        while True:
            await asyncio.sleep(POLL_S)
            try:
                await to_thread.run_sync(self.poll)
                if loop.time() >= compare_at:
                    compare_at = loop.time() + COMPARE_S
                    await to_thread.run_sync(self.compare)
            except SQLAlchemyError as error:
                log.warning("the change feed could not read", error=str(error))

    def _tell_own(self, events: Sequence[EventRecord]) -> None:
        try:
            self.tell(events)
        except SQLAlchemyError as error:  # what is committed is no failure of who committed it
            log.warning("an own change is told by the next reading", error=str(error))
