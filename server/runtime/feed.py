"""Changes made by other processes: the newest events, read every moment."""

import asyncio
from collections.abc import Callable, Sequence

import structlog
from anyio import to_thread
from sqlalchemy import func
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, select

from server.domain.events import EventRecord
from server.kit.db import Database

POLL_S = 0.5  # design 5 promises that a change is everywhere within 2 s
OVERLAP = 200  # ids may become visible out of order: look this far back for late ones
log = structlog.get_logger("gatehouse.feed")


class ChangeFeed:
    """Tells `listener` of every committed event exactly once, whichever process made it."""

    def __init__(
        self, database: Database, listener: Callable[[Sequence[EventRecord]], None]
    ) -> None:
        self._database = database
        self._listener = listener
        self._seen: set[int] = set()
        self._last_id = 0

    def start(self) -> None:
        """Begin after the newest event, and listen to this process's own commits."""
        with self._database.read() as db:
            self._last_id = db.exec(select(func.max(EventRecord.id))).one() or 0
            floor = self._last_id - OVERLAP
            self._seen = set(db.exec(select(EventRecord.id).where(EventRecord.id > floor)))
        self._database.after_commit(self.tell)

    def tell(self, events: Sequence[EventRecord]) -> None:
        """Pass on what was not told before."""
        fresh = [event for event in events if event.id not in self._seen]
        if fresh:
            self._seen.update(event.id for event in fresh)
            self._last_id = max(self._last_id, *(event.id for event in fresh))
            self._listener(fresh)

    def poll(self) -> None:
        """Look for events of other processes once."""
        floor = self._last_id - OVERLAP
        query = select(EventRecord).where(EventRecord.id > floor).order_by(col(EventRecord.id))
        with self._database.read() as db:
            self.tell(db.exec(query).all())
        self._seen = {event_id for event_id in self._seen if event_id > floor}

    async def run(self) -> None:
        """Look for ever; a database that does not answer is tried again."""
        while True:
            await asyncio.sleep(POLL_S)
            try:
                await to_thread.run_sync(self.poll)
            except SQLAlchemyError as error:
                log.warning("the change feed could not read", error=str(error))
