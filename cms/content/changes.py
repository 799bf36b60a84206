"""Whether anything of a provider has changed, and what is kept while nothing has.

SQLite tells of each commit. PostgreSQL is asked for the provider's events: whatever changes what
pages show is one.
"""

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from anyio import CapacityLimiter, to_thread
from sqlalchemy import bindparam, func
from sqlalchemy import select as select_rows
from sqlmodel import Session, col

from server.domain.events import EventRecord
from server.kit.db import Database
from server.kit.lru import LRU

WINDOW = 1_000  # the last events, among which a late commit of PostgreSQL is noticed
NEWEST = select_rows(func.max(col(EventRecord.id)), func.count()).where(
    col(EventRecord.provider_id) == bindparam("provider_id"),
    col(EventRecord.id) > bindparam("floor"),
)
THREADS = 2
MOST_CATALOGUES = 100
LIFETIME_S = 10  # pages may tell the time
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Mark:
    """A point in a history. Two are the same only when nothing was committed between them."""

    version: int = 0  # of all that is in the database; or of the provider's events:
    floor: int = 0  # those above this one
    newest: int = 0
    count: int = 0  # ids may be committed out of their order


class Changes:
    """Reads marks. What is read after one is at least as new."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._floors: dict[int, int] = {}
        self._turns: dict[int, asyncio.Lock] = {}
        self._next: dict[int, asyncio.Task[Mark]] = {}
        self._threads = CapacityLimiter(THREADS)

    def mark(self, db: Session, provider_id: int) -> Mark:
        """Read where a provider's history is. Cost: at most one look into an index."""
        version = self._database.version()
        return self._of_events(db, provider_id) if version is None else Mark(version)

    async def mark_soon(self, provider_id: int) -> Mark:
        """Read it beside the loop; those who ask at the same time share one reading.

        It begins after all of them have asked. Raises: SQLAlchemyError.
        """
        version = self._database.version()
        if version is not None:
            return Mark(version)
        reading = self._next.get(provider_id)
        if reading is None:
            reading = asyncio.create_task(self._in_turn(provider_id))
            self._next[provider_id] = reading
        return await asyncio.shield(reading)

    async def _in_turn(self, provider_id: int) -> Mark:
        async with self._turns.setdefault(provider_id, asyncio.Lock()):
            del self._next[provider_id]  # who asks from here on waits for the next reading
            return await to_thread.run_sync(self._look, provider_id, limiter=self._threads)

    def _look(self, provider_id: int) -> Mark:
        return self._database.look(lambda db: self._of_events(db, provider_id))

    def _of_events(self, db: Session, provider_id: int) -> Mark:
        floor = self._floors.get(provider_id, 0)
        asked = {"provider_id": provider_id, "floor": floor}
        newest, count = db.connection().execute(NEWEST, asked).one()
        if count > 2 * WINDOW:
            self._floors[provider_id] = newest - WINDOW
        return Mark(floor=floor, newest=newest or 0, count=count)


@dataclass(slots=True)
class Catalogue:
    """What is the same for all who look at a provider's portal, at one point of its history.

    Rows in it are read by many and changed by nobody.
    """

    provider_id: int
    mark: Mark
    turn: int  # of the clock: nothing is kept longer
    _found: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, name: Hashable, load: Callable[[], Kept]) -> Kept:
        """Give what was loaded under a name, or load it."""
        if name not in self._found:
            self._found[name] = load()
        found: Kept = self._found[name]
        return found


class Catalogues:
    """The catalogues of the providers that are looked at, for transactions that never write."""

    def __init__(self, database: Database) -> None:
        self._changes = Changes(database)
        self._kept: LRU[Catalogue] = LRU(most_entries=MOST_CATALOGUES, most_bytes=MOST_CATALOGUES)

    def open(self, db: Session, provider_id: int, turn: int) -> Catalogue:
        """Find the catalogue as a provider's history is now, or begin a new one."""
        mark = self._changes.mark(db, provider_id)
        found = self._kept.find(provider_id)
        if found is None or (found.mark, found.turn) != (mark, turn):
            found = Catalogue(provider_id, mark, turn)
            self._kept.keep(provider_id, found, 1)
        return found
