"""Adding counts to tables of totals, many in one statement that is compiled once.

The counts travel as one JSON text, which the database takes apart and spreads over the windows.
So nearly all of the work is done where no interpreter lock is held, beside the calls.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Integer, TextClause, text
from sqlmodel import Session, SQLModel

from gateway.counters.base import MOST_COUNT
from server.kit.db import json_rows, stamped

MOST_COUNTS, MOST_WINDOWS = 500, 112  # a statement: half a millisecond of the interpreter's time

Count = tuple[Any, ...]
Span = tuple[str, str]  # a period, and the start of a window as `stamp` writes it
STATEMENT = """
INSERT INTO {table} ({key}, period, window_start{beside}, value)
SELECT {key}, period, {start}{its_own},
  CASE WHEN sum(amount) > {most} THEN {most} ELSE sum(amount) END
FROM (SELECT {columns} FROM {counts}) AS counted
JOIN (SELECT CAST(value ->> 0 AS BIGINT) AS place, value ->> 1 AS period, value ->> 2 AS start
  FROM {windows}) AS spans ON spans.place = counted.place
WHERE true GROUP BY {key}, period, start ORDER BY {key}, period, start
ON CONFLICT ({key}, period, window_start) DO UPDATE SET value = {value}
"""
SUM = """CASE WHEN {table}.value > {most} THEN {table}.value
  WHEN {table}.value > {most} - excluded.value THEN {most}
  ELSE {table}.value + excluded.value END"""


class Totals:
    """One table of totals: its key is `key`, a period and a window's start.

    A service that is not part of the key is noted beside it.
    """

    def __init__(self, table: type[SQLModel], key: Sequence[str]) -> None:
        self._columns = table.metadata.tables[str(table.__tablename__)].c
        self._table, self._key = str(table.__tablename__), tuple(key)
        self._beside = () if "service_id" in key else ("service_id",)
        self._statement = cache(self._made)

    def move(
        self,
        db: Session,
        counts: Sequence[Count],
        windows: Mapping[int, Sequence[Span]],
        *,
        replace: bool = False,
    ) -> None:
        """Add each count to its windows, or put it in their place.

        A count is its key, what is beside it, a number of `windows` and an amount. They are moved
        in the order of their keys, so that two who do so at once never wait for each other.
        """
        dialect = db.get_bind().dialect.name
        for chunk in _chunks(sorted(counts), windows):
            used = {count[-2] for count in chunk}
            spans = [(number, *span) for number in used for span in windows[number]]
            values = {"counts": json.dumps(chunk), "windows": json.dumps(spans)}
            db.execute(self._statement(dialect, replace), values)

    def _made(self, dialect: str, replace: bool) -> TextClause:
        names = [*self._key, *self._beside, "place", "amount"]
        columns = [
            f"CAST(value ->> {at} AS {self._type(name)}) AS {name}" for at, name in enumerate(names)
        ]
        value = "excluded.value" if replace else SUM.format(table=self._table, most=MOST_COUNT)
        statement = STATEMENT.format(
            table=self._table,
            key=", ".join(self._key),
            beside="".join(f", {name}" for name in self._beside),
            its_own="".join(f", min({name})" for name in self._beside),
            start=stamped(dialect, "start"),
            most=MOST_COUNT,
            columns=", ".join(columns),
            counts=json_rows(dialect, "counts"),
            windows=json_rows(dialect, "windows"),
            value=value,
        )
        return text(statement)

    def _type(self, name: str) -> str:
        column = self._columns.get(name)
        return "BIGINT" if column is None or isinstance(column.type, Integer) else "TEXT"


def _chunks(
    counts: Sequence[Count], windows: Mapping[int, Sequence[Span]]
) -> Iterator[list[Count]]:
    """Part counts, so that no statement has many, and none many times many windows."""
    chunk: list[Count] = []
    used: set[int] = set()
    for count in counts:
        used.add(count[-2])
        chunk.append(count)
        if len(chunk) >= MOST_COUNTS or sum(len(windows[each]) for each in used) >= MOST_WINDOWS:
            yield chunk
            chunk, used = [], set()
    if chunk:
        yield chunk
