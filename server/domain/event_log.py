"""Reading committed events in such a way that none is passed over, however late its commit.

On SQLite writers take turns, so ids are in the order of commits: what is above the last id is new.
On PostgreSQL a later id may be committed first. There a position is the snapshot of the last
reading, and new is what this snapshot sees and that one did not (D10).
"""

from collections.abc import Sequence

from sqlalchemy import Select, Text, cast, func, outerjoin, text
from sqlalchemy import select as select_rows
from sqlmodel import col, select

from server.domain.events import EventRecord
from server.kit.db import Database

# The first condition alone finds little by the index: the oldest transaction that ran last time.
# The last one leaves out rows of a dump, whose transactions were another server's.
IS_NEW = text(
    "events.transaction_id >= CAST(CAST(pg_snapshot_xmin(CAST(:before AS pg_snapshot)) AS text)"
    " AS bigint)"
    " AND NOT pg_visible_in_snapshot("
    "CAST(CAST(events.transaction_id AS text) AS xid8), CAST(:before AS pg_snapshot))"
    " AND pg_visible_in_snapshot("
    "CAST(CAST(events.transaction_id AS text) AS xid8), pg_current_snapshot())"
)
SNAPSHOT = select_rows(cast(func.pg_current_snapshot(), Text).label("snapshot")).subquery("seen")


class EventLog:
    """The table of events, as one who follows it reads it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def now(self) -> str:
        """Return the position behind all that is committed by now."""
        if self._database.is_sqlite:
            return str(self.last_id())
        with self._database.read() as db:
            return str(db.execute(select_rows(SNAPSHOT.c.snapshot)).scalar_one())

    def since(self, position: str) -> tuple[list[EventRecord], str]:
        """Read what was committed since, in the order of ids, and the position behind it.

        Cost: one query by an index.
        """
        if self._database.is_sqlite:
            last_id = int(position)
            query = select(EventRecord).where(EventRecord.id > last_id)
            with self._database.read() as db:
                events = list(db.exec(query.order_by(col(EventRecord.id))))
            return events, str(events[-1].id if events else last_id)
        with self._database.read() as db:
            rows = db.execute(_new(), {"before": position}).all()
        return [event for _, event in rows if event is not None], str(rows[0][0])

    def last_id(self) -> int:
        """Return the highest id that is committed."""
        with self._database.read() as db:
            return db.exec(select(func.max(EventRecord.id))).one() or 0

    def ids_above(self, floor: int) -> Sequence[int]:
        """List the committed ids above one. Cost: reads the index of ids, no rows."""
        with self._database.read() as db:
            return db.exec(select(EventRecord.id).where(EventRecord.id > floor)).all()

    def with_ids(self, ids: Sequence[int]) -> list[EventRecord]:
        """Read the events of these ids."""
        query = select(EventRecord).where(col(EventRecord.id).in_(ids))
        with self._database.read() as db:
            return list(db.exec(query.order_by(col(EventRecord.id))))


def _new() -> Select[tuple[str, EventRecord]]:
    """Select the snapshot, and with it the events that are new: at least one row."""
    both = outerjoin(SNAPSHOT, EventRecord, IS_NEW)
    query = select_rows(SNAPSHOT.c.snapshot, EventRecord).select_from(both)
    return query.order_by(col(EventRecord.id))
