"""Whether anything of a provider has changed: SQLite tells of each commit, PostgreSQL is asked.

It is asked for the provider's events: whatever changes what pages show is one.
"""

from dataclasses import dataclass

from anyio import CapacityLimiter, to_thread
from sqlalchemy import bindparam, func
from sqlalchemy import select as select_rows
from sqlmodel import Session, col

from server.domain.events import EventRecord
from server.kit.db import Database

WINDOW = 1_000  # the last events, among which a late commit of PostgreSQL is noticed
NEWEST = select_rows(func.max(col(EventRecord.id)), func.count()).where(
    col(EventRecord.provider_id) == bindparam("provider_id"),
    col(EventRecord.id) > bindparam("floor"),
)
MOST_LOOKING = 2  # threads that ask PostgreSQL


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in a provider's history. Two are the same only when nothing came between them."""

    provider_id: int
    version: int | None  # of all that is in the database; None: the provider's events tell
    floor: int = 0  # those above this one
    newest: int = 0
    count: int = 0  # ids may be committed out of their order


class Changes:
    """Reads marks. What a transaction reads that begins afterwards is at least as new."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._floors: dict[int, int] = {}
        self._threads = CapacityLimiter(MOST_LOOKING)

    async def mark(self, provider_id: int) -> Mark:
        """Read where a provider's history is now. Raises: SQLAlchemyError.

        Cost: microseconds on SQLite, a look into an index on PostgreSQL.
        """
        version = self._database.version()
        if version is not None:
            return Mark(provider_id, version)
        return await to_thread.run_sync(self.mark_of_events, provider_id, limiter=self._threads)

    def mark_of_events(self, provider_id: int) -> Mark:
        """Read it from the events."""

        def look(db: Session) -> Mark:
            floor = self._floors.get(provider_id, 0)
            asked = {"provider_id": provider_id, "floor": floor}
            newest, count = db.connection().execute(NEWEST, asked).one()
            if count > 2 * WINDOW:
                self._floors[provider_id] = newest - WINDOW
            return Mark(provider_id, None, floor, newest or 0, count)

        return self._database.look(look)
