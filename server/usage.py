"""The gateway's sinks: counted calls, response codes and refusals, folded into the statistics."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from anyio import to_thread
from sqlalchemy import case, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from gateway.counters.base import MOST_COUNT, StoredCount
from gateway.counters.base import UsageBatch as Batch
from gateway.refusals import RefusalKey
from gateway.response_codes import CodeKey
from gateway.windows import PERIODS, Period, window_of
from server.domain.analytics.usage import RefusalTotal, ResponseCodeTotal, UsageBatch, UsageTotal
from server.domain.applications.applications import Application
from server.kit.db import Database

ROWS_A_STATEMENT = 500
KEY = ("application_id", "metric_id", "period", "window_start")
REFUSAL_KEY = ("service_id", "application_id", "code", "period", "window_start")
CODE_KEY = ("application_id", "code", "period", "window_start")
CODE_PERIODS = [period for period in PERIODS if period not in {Period.MINUTE, Period.ETERNITY}]

TotalKey = tuple[int, int, str, datetime]


class Total:
    """What a batch does to one number: add to it, or put another in its place."""

    __slots__ = ("is_set", "service_id", "value")

    def __init__(self, service_id: int) -> None:
        self.service_id = service_id
        self.is_set = False
        self.value = 0


class DatabaseSink:
    """Folds usage into `usage_totals`, codes and refusals into tables of their own.

    Source: design 6, promise 2.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: set[int] = set()  # applications whose first traffic is noted

    async def take(self, batch: Batch) -> None:
        """Fold a batch, all or nothing; one seen before changes nothing."""
        await to_thread.run_sync(self._fold, batch)

    async def counts_of(self, application_id: int, now: datetime) -> Sequence[StoredCount]:
        """Read what the application used in the windows that hold `now`, and in later ones."""
        return await to_thread.run_sync(self._counts_of, application_id, now)

    async def take_codes(self, sums: Mapping[CodeKey, int]) -> None:
        """Add sums of response codes, all or nothing."""
        await to_thread.run_sync(self._fold_codes, sums)

    def _fold_codes(self, sums: Mapping[CodeKey, int]) -> None:
        totals: dict[tuple[int, int, str, datetime], dict[str, Any]] = {}
        for (service_id, application_id, minute, code), calls in sums.items():
            at = datetime.fromtimestamp(minute * 60, UTC)
            for period in CODE_PERIODS:
                key = (application_id, code, period.value, window_of(period, at).start)
                row = dict(zip(CODE_KEY, key, strict=True), service_id=service_id, value=0)
                totals.setdefault(key, row)["value"] += calls
        with self._database.write() as db:
            _upsert(db, ResponseCodeTotal, CODE_KEY, list(totals.values()))

    async def take_refusals(self, sums: Mapping[RefusalKey, int]) -> None:
        """Add sums of refused calls, all or nothing."""
        await to_thread.run_sync(self._fold_refusals, sums)

    def _fold_refusals(self, sums: Mapping[RefusalKey, int]) -> None:
        totals: Counter[tuple[int, int, str, str, datetime]] = Counter()
        for (service_id, application_id, minute, code), calls in sums.items():
            at = datetime.fromtimestamp(minute * 60, UTC)
            for period in CODE_PERIODS:
                start = window_of(period, at).start
                totals[service_id, application_id, code, period.value, start] += calls
        rows = [
            dict(zip(REFUSAL_KEY, key, strict=True), value=value) for key, value in totals.items()
        ]
        with self._database.write() as db:
            _upsert(db, RefusalTotal, REFUSAL_KEY, rows)

    def _fold(self, batch: Batch) -> None:
        totals = totals_of(batch)
        with self._database.write() as db:
            if db.get(UsageBatch, batch.id) is not None:
                return
            db.add(UsageBatch(id=batch.id))
            for is_set in (True, False):
                rows = [
                    dict(
                        zip(KEY, key, strict=True),
                        service_id=total.service_id,
                        value=min(total.value, MOST_COUNT),
                    )
                    for key, total in totals.items()
                    if total.is_set is is_set
                ]
                _upsert(db, UsageTotal, KEY, rows, replace=is_set)
            self._note_first_traffic(db, batch)
        self._known.update(entry.application_id for entry in batch.entries)

    def _note_first_traffic(self, db: Session, batch: Batch) -> None:
        first: dict[int, float] = {}
        for entry in batch.entries:
            if entry.application_id not in self._known:
                first.setdefault(entry.application_id, entry.at_s)
        for application_id, at_s in sorted(first.items()):
            db.execute(
                update(Application)
                .where(
                    col(Application.id) == application_id,
                    col(Application.first_traffic_at).is_(None),
                )
                .values(first_traffic_at=datetime.fromtimestamp(at_s, UTC))
            )

    def _counts_of(self, application_id: int, now: datetime) -> list[StoredCount]:
        starts = {period.value: window_of(period, now).start for period in PERIODS}
        start = col(UsageTotal.window_start)
        query = select(UsageTotal).where(
            UsageTotal.application_id == application_id,
            start.in_(set(starts.values())) | (start > now),
        )
        with self._database.read() as db:
            return [
                StoredCount(
                    row.metric_id,
                    Period(row.period),
                    int(row.window_start.timestamp()),
                    row.value,
                )
                for row in db.exec(query)
                if row.window_start >= starts[row.period]
            ]


def totals_of(batch: Batch) -> dict[TotalKey, Total]:
    """Add a batch up, in order: what comes after a set adds to it. Pure."""
    totals: dict[TotalKey, Total] = {}
    starts: dict[int, list[tuple[str, datetime]]] = {}
    for entry in batch.entries:
        minute = int(entry.at_s // 60)
        if minute not in starts:
            at = datetime.fromtimestamp(minute * 60, UTC)
            starts[minute] = [(period.value, window_of(period, at).start) for period in PERIODS]
        for delta in entry.deltas:
            for period, start in starts[minute]:
                key = (entry.application_id, delta.metric_id, period, start)
                total = totals.setdefault(key, Total(entry.service_id))
                if delta.is_set:
                    total.is_set, total.value = True, delta.amount
                else:
                    total.value += delta.amount
    return totals


def _upsert(
    db: Session,
    table: type[UsageTotal] | type[ResponseCodeTotal] | type[RefusalTotal],
    key: Sequence[str],
    rows: list[dict[str, Any]],
    *,
    replace: bool = False,
) -> None:
    insert: Any = sqlite.insert if db.get_bind().dialect.name == "sqlite" else postgresql.insert
    rows.sort(key=lambda row: [str(row[name]) for name in key])  # two folds never cross
    for at in range(0, len(rows), ROWS_A_STATEMENT):
        statement = insert(table).values(rows[at : at + ROWS_A_STATEMENT])
        new = statement.excluded.value
        value = new if replace else _sum(col(table.value), new)
        db.execute(statement.on_conflict_do_update(index_elements=key, set_={"value": value}))


def _sum(before: Any, more: Any) -> Any:
    """Add in SQL, up to the most that a counter holds; what was more before stays."""
    return case(
        (before > MOST_COUNT, before),
        (before > MOST_COUNT - more, MOST_COUNT),
        else_=before + more,
    )
