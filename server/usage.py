"""The gateway's sinks: counted calls, response codes and refusals, folded into the statistics."""

import json
import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from threading import Lock
from typing import NamedTuple

from anyio import to_thread
from sqlalchemy import bindparam, text, update
from sqlalchemy.sql.elements import TextClause
from sqlalchemy.sql.selectable import TextualSelect
from sqlmodel import Session, col

from gateway.counters.base import MOST_COUNT, StoredCount, UsageEntry
from gateway.counters.base import UsageBatch as Batch
from gateway.refusals import RefusalKey
from gateway.response_codes import CodeKey
from gateway.windows import PERIODS, Period, window_of
from server.domain.analytics.usage import RefusalTotal, ResponseCodeTotal, UsageBatch, UsageTotal
from server.folding import Span, Totals
from server.kit.clock import utc_now
from server.kit.db import Database, UTCDateTime, json_rows, stamp, stamped

MOST_KNOWN = 100_000  # applications of which is known when they had traffic last: 10 MB
DAY_S = 86_400
MOST_AHEAD, AHEAD_S = 1_000, 1.0  # applications, and how long what was read of them holds
MOST_FIRST = 500  # applications a statement
USAGE = Totals(UsageTotal, ("application_id", "metric_id"))
CODES = Totals(ResponseCodeTotal, ("application_id", "code"))
REFUSALS = Totals(RefusalTotal, ("service_id", "application_id", "code"))
NO_MINUTE = 2**40  # numbers of windows that are none of a minute's begin here
CODE_PERIODS = [period for period in PERIODS if period not in {Period.MINUTE, Period.ETERNITY}]
Count = tuple[int, int, int, int, int]  # application, metric, service, number of windows, amount

# Rows are held in the order of their ids, as whoever changes several does.
FIRST_TRAFFIC = """
WITH seen AS (SELECT CAST(value ->> 0 AS BIGINT) AS id, value ->> 1 AS first, value ->> 2 AS today,
  value ->> 3 AS day FROM {rows}),
held AS (SELECT applications.id FROM applications JOIN seen ON seen.id = applications.id
  WHERE applications.first_daily_traffic_at IS NULL OR applications.first_daily_traffic_at < {day}
  ORDER BY applications.id {lock})
UPDATE applications SET first_traffic_at = COALESCE(first_traffic_at, {first}),
  first_daily_traffic_at = {today},
  updated_at = CASE WHEN first_traffic_at IS NULL THEN {now} ELSE updated_at END
FROM seen JOIN held ON held.id = seen.id WHERE applications.id = seen.id
"""
# From the applications through their metrics to the key of each number: what they used long ago
# is not looked at. SQLite takes the tables in this order.
COUNTS = """
SELECT total.application_id, total.metric_id, total.period, total.window_start, total.value,
  total.taken_over
FROM (SELECT CAST(value ->> 0 AS BIGINT) AS id FROM {applications}) AS wanted
CROSS JOIN {application} AS application CROSS JOIN {metric} AS metric
CROSS JOIN (SELECT value ->> 0 AS period, value ->> 1 AS start FROM {windows}) AS spans
CROSS JOIN {total} AS total
"""
STEP = "LATERAL (SELECT * FROM {table} WHERE {rule} OFFSET 0)"
STEPS = {
    "application": ("applications", "{0}.id = wanted.id"),
    "metric": ("metrics", "{0}.service_id = application.service_id"),
    "total": (
        "usage_totals",
        "{0}.application_id = application.id AND {0}.metric_id = metric.id"
        " AND {0}.period = spans.period AND {0}.window_start >= {start}",
    ),
}


_NOTE_TAKEN = (
    update(UsageTotal)
    .where(
        col(UsageTotal.application_id) == bindparam("b_application"),
        col(UsageTotal.metric_id) == bindparam("b_metric"),
        col(UsageTotal.period) == bindparam("b_period"),
        col(UsageTotal.window_start) == bindparam("b_start"),
    )
    .values(taken_over=col(UsageTotal.taken_over) + bindparam("b_amount"))
)


class _Ahead(NamedTuple):
    """The counts of an application, read before they were asked for."""

    at_s: float
    minute: datetime  # the windows that hold it are among them, and later ones
    counts: Sequence[StoredCount]


@dataclass(slots=True)
class _Fold:
    """One that runs or has run lately: what was read before its end lacks what it brought."""

    applications: frozenset[int]
    ended_s: float = math.inf


class DatabaseSink:
    """Folds usage into `usage_totals`, codes and refusals into tables of their own.

    Source: design 6, promise 2.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._dialect = database.engine.dialect.name
        self._known: dict[int, int] = {}  # the day of the newest traffic that is noted
        self._folds: tuple[_Fold, ...] = ()  # of the last `AHEAD_S`
        self._noting = Lock()
        self._ahead: dict[int, _Ahead] = {}

    async def take(self, batch: Batch) -> None:
        """Fold a batch, all or nothing; one seen before changes nothing."""
        await to_thread.run_sync(self._fold, batch)

    async def counts_of(
        self, application_ids: Sequence[int], now: datetime
    ) -> Mapping[int, Sequence[StoredCount]]:
        """Read what applications used in the windows that hold `now`, and in later ones."""
        ahead = {number: self._find_ahead(number, now) for number in application_ids}
        found = {number: counts for number, counts in ahead.items() if counts is not None}
        left = [number for number in application_ids if number not in found]
        if left:
            found |= await to_thread.run_sync(self._counts_of, left, now)
        return found

    def read_ahead(self, db: Session, application_ids: Sequence[int]) -> None:
        """Read what applications used, with what else is read of them for their first call.

        It is given out once, if nothing of the application was folded since and it is no older than
        `AHEAD_S`. So it is what the statistics hold: with embedded counters nobody else folds, and
        those in Redis begin with it only where nobody has begun them, so that nothing of them can
        have been folded meanwhile.
        """
        at_s, now = time.monotonic(), utc_now()
        if not application_ids:
            return
        counts = self._counts_from(db, application_ids, now)
        if len(self._ahead) > MOST_AHEAD:
            self._ahead.clear()
        for number, found in counts.items():
            self._ahead[number] = _Ahead(at_s, now.replace(second=0, microsecond=0), found)

    def _find_ahead(self, application_id: int, now: datetime) -> Sequence[StoredCount] | None:
        ahead = self._ahead.pop(application_id, None)
        if ahead is None or ahead.minute > now or ahead.at_s < time.monotonic() - AHEAD_S:
            return None  # a clock of another machine may be a little behind: no minute is shorter
        past = any(
            application_id in fold.applications
            for fold in self._folds
            if fold.ended_s >= ahead.at_s
        )
        return None if past else ahead.counts

    async def take_codes(self, sums: Mapping[CodeKey, int]) -> None:
        """Add sums of response codes, all or nothing."""
        await to_thread.run_sync(self._fold_codes, sums)

    def _fold_codes(self, sums: Mapping[CodeKey, int]) -> None:
        counts = [
            (application_id, code, service_id, minute, calls)
            for (service_id, application_id, minute, code), calls in sums.items()
        ]
        windows = _spans_of({minute for _, _, _, minute, _ in counts}, CODE_PERIODS)
        with self._database.write() as db:
            CODES.move(db, counts, windows)

    async def take_refusals(self, sums: Mapping[RefusalKey, int]) -> None:
        """Add sums of refused calls, all or nothing."""
        await to_thread.run_sync(self._fold_refusals, sums)

    def _fold_refusals(self, sums: Mapping[RefusalKey, int]) -> None:
        counts = [
            (service_id, application_id, code, minute, calls)
            for (service_id, application_id, minute, code), calls in sums.items()
        ]
        windows = _spans_of({minute for _, _, _, minute, _ in counts}, CODE_PERIODS)
        with self._database.write() as db:
            REFUSALS.move(db, counts, windows)

    def renew(self, application_ids: Iterable[int]) -> None:
        """Give out nothing that was read ahead until now: something was taken over."""
        self._begin(application_ids).ended_s = time.monotonic()

    def _begin(self, application_ids: Iterable[int]) -> _Fold:
        fold = _Fold(frozenset(application_ids))
        lately = time.monotonic() - AHEAD_S
        with self._noting:
            self._folds = (*(each for each in self._folds if each.ended_s >= lately), fold)
        return fold

    def _fold(self, batch: Batch) -> None:
        fold = self._begin([entry.application_id for entry in batch.entries])
        try:
            with self._database.write() as db:
                if db.get(UsageBatch, batch.id) is not None:
                    return
                db.add(UsageBatch(id=batch.id))
                _fold_usage(db, batch.entries)
                days = self._note_traffic(db, batch.entries)
        finally:
            fold.ended_s = time.monotonic()
        if len(self._known) > MOST_KNOWN:
            self._known.clear()
        self._known.update(days)

    def _note_traffic(self, db: Session, entries: Iterable[UsageEntry]) -> dict[int, int]:
        """Note when applications were called first, at all and on their newest day.

        Tells the newest day of each that was not known to have it.
        """
        first: dict[int, float] = {}
        days: dict[int, tuple[int, float]] = {}
        for entry in entries:
            number, day = entry.application_id, int(entry.at_s // DAY_S)
            if self._known.get(number, -1) < day:
                first.setdefault(number, entry.at_s)
                if number not in days or days[number][0] < day:
                    days[number] = day, entry.at_s
        rows = sorted((number, first[number], at_s, day) for number, (day, at_s) in days.items())
        for at in range(0, len(rows), MOST_FIRST):
            seen = [
                (number, _stamp_of(first_s), _stamp_of(at_s), _stamp_of(day * DAY_S))
                for number, first_s, at_s, day in rows[at : at + MOST_FIRST]
            ]
            values = {"rows": json.dumps(seen), "now": stamp(utc_now())}
            db.execute(_first_traffic(self._dialect), values)
        return {number: day for number, (day, _) in days.items()}

    def _counts_of(
        self, application_ids: Sequence[int], now: datetime
    ) -> dict[int, Sequence[StoredCount]]:
        return self._database.look(lambda db: self._counts_from(db, application_ids, now))

    def _counts_from(
        self, db: Session, application_ids: Sequence[int], now: datetime
    ) -> dict[int, Sequence[StoredCount]]:
        spans = [(period.value, stamp(window_of(period, now).start)) for period in PERIODS]
        wanted = [(application_id,) for application_id in application_ids]
        values = {"applications": json.dumps(wanted), "windows": json.dumps(spans)}
        found: dict[int, list[StoredCount]] = {number: [] for number in application_ids}
        for application_id, metric_id, period, start, value, taken in db.execute(
            _counts(self._dialect), values
        ):
            count = StoredCount(metric_id, Period(period), int(start.timestamp()), value, taken)
            found[application_id].append(count)
        return {**found}


def take_over(db: Session, counts: Sequence[tuple[int, int, int, str, datetime, int]]) -> None:
    """Add what was used elsewhere, each amount to one window alone: those around it are told, too.

    How much of a number came so is kept beside it: counters that run add what they lack of that.
    A count is application, metric, service, period, start of the window, amount.
    """
    spans = {(period, start) for _, _, _, period, start, _ in counts}
    places = {span: NO_MINUTE + at for at, span in enumerate(sorted(spans))}
    windows = {place: [(period, stamp(start))] for (period, start), place in places.items()}
    moved = [
        (application_id, metric_id, service_id, places[period, start], min(amount, MOST_COUNT))
        for application_id, metric_id, service_id, period, start, amount in counts
    ]
    USAGE.move(db, moved, windows)
    rows = [
        {"b_application": row[0], "b_metric": row[1], "b_period": row[3], "b_start": row[4]}
        | {"b_amount": min(row[5], MOST_COUNT)}
        for row in sorted(counts)
    ]
    if rows:
        db.connection().execute(_NOTE_TAKEN, rows)


def _stamp_of(at_s: float) -> str:
    return stamp(datetime.fromtimestamp(at_s, UTC))


@cache
def _first_traffic(dialect: str) -> TextClause:
    return text(
        FIRST_TRAFFIC.format(
            rows=json_rows(dialect, "rows"),
            first=stamped(dialect, "seen.first"),
            today=stamped(dialect, "seen.today"),
            day=stamped(dialect, "seen.day"),
            now=stamped(dialect, ":now"),
            lock="" if dialect == "sqlite" else "FOR NO KEY UPDATE OF applications",
        )
    )


@cache
def _counts(dialect: str) -> TextualSelect:
    """Write the query of counts; PostgreSQL has to be kept to the order of its steps.

    It would read whole tables instead, as long as nobody has told it how large they have become.
    """
    start = stamped(dialect, "spans.start")
    rows = {name: json_rows(dialect, name) for name in ("applications", "windows")}
    if dialect == "sqlite":
        tables = {name: table for name, (table, _) in STEPS.items()}
        where = " AND ".join(rule.format(name, start=start) for name, (_, rule) in STEPS.items())
        statement = f"{COUNTS.format(**rows, **tables)} WHERE {where}"
    else:
        steps = {
            name: STEP.format(table=table, rule=rule.format(table, start=start))
            for name, (table, rule) in STEPS.items()
        }
        statement = COUNTS.format(**rows, **steps)
    return text(statement).columns(window_start=UTCDateTime)


def _fold_usage(db: Session, entries: Sequence[UsageEntry]) -> None:
    """Add what only adds as it comes; numbers that something sets are worked out in order first."""
    put = {
        (entry.application_id, delta.metric_id)
        for entry in entries
        for delta in entry.deltas
        if delta.is_set
    }
    windows = _spans_of({int(entry.at_s // 60) for entry in entries}, PERIODS)
    adds: list[Count] = []
    in_order: list[tuple[Count, bool]] = []
    for service_id, application_id, at_s, deltas in entries:
        minute = int(at_s // 60)
        for metric_id, amount, is_set in deltas:
            count = (application_id, metric_id, service_id, minute, min(amount, MOST_COUNT))
            if (application_id, metric_id) in put:
                in_order.append((count, is_set))
            else:
                adds.append(count)
    if in_order:
        sets, more, own_windows = worked_out(in_order, windows)
        USAGE.move(db, sets, own_windows, replace=True)
        adds, windows = adds + more, windows | own_windows
    USAGE.move(db, adds, windows)


def worked_out(
    counts: Iterable[tuple[Count, bool]], windows: Mapping[int, Sequence[Span]]
) -> tuple[list[Count], list[Count], dict[int, list[Span]]]:
    """Add up in order, window by window: what comes after a set adds to it. Pure.

    The answer is what to put in its place, what to add, and the windows they name.
    """
    totals: dict[tuple[int, int, int, Span], tuple[bool, int]] = {}
    for (application_id, metric_id, service_id, minute, amount), is_set in counts:
        for span in windows[minute]:
            key = (application_id, metric_id, service_id, span)
            was_set, before = totals.get(key, (False, 0))
            totals[key] = (True, amount) if is_set else (was_set, before + amount)
    places = {span: NO_MINUTE + at for at, span in enumerate({key[3] for key in totals})}
    sets: list[Count] = []
    adds: list[Count] = []
    for (application_id, metric_id, service_id, span), (is_set, value) in totals.items():
        count = (application_id, metric_id, service_id, places[span], min(value, MOST_COUNT))
        (sets if is_set else adds).append(count)
    return sets, adds, {place: [span] for span, place in places.items()}


def _spans_of(minutes: Iterable[int], periods: Iterable[Period]) -> dict[int, list[Span]]:
    """List the windows of minutes, by the minute."""
    found: dict[int, list[Span]] = {}
    for minute in minutes:
        at = datetime.fromtimestamp(minute * 60, UTC)
        found[minute] = [(period.value, stamp(window_of(period, at).start)) for period in periods]
    return found
