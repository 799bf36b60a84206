"""The database: engine, column types and the only place that commits."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, Numeric, event
from sqlalchemy.types import TypeDecorator
from sqlmodel import Session, create_engine

from server.kit.money import MOST_DECIMALS, tidy

BUSY_TIMEOUT_MS = 5_000  # a writer waits this long for its turn before it gives up


class UTCDateTime(TypeDecorator[datetime]):
    """Aware UTC datetimes on every database; SQLite stores them without the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values, store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a zone is not stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class AmountColumn(TypeDecorator[Decimal]):
    """Amounts as fine as any currency; read with two decimals where that is all of it."""

    impl = Numeric(10 + MOST_DECIMALS, MOST_DECIMALS)
    cache_ok = True

    def process_result_value(self, value: Decimal | None, dialect: Dialect) -> Decimal | None:
        """Leave zeros out that say nothing."""
        return None if value is None else tidy(value)


Listener = Callable[[list[Any]], None]


class Database:
    """Opens transactions.

    What is put into `session.info["events"]` reaches the listeners after the commit, and only then.
    """

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._listeners: list[Listener] = []

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def after_commit(self, listener: Listener) -> None:
        """Call `listener` with the events of each committed transaction, in the same thread."""
        self._listeners.append(listener)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a transaction that never writes; its rows stay readable afterwards."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session  # closing rolls back

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open a transaction that takes the write lock at once, and commit it at the end."""
        with Session(self.engine, expire_on_commit=False) as session:
            session.connection(execution_options={"gatehouse_write": True})
            yield session
            session.commit()
        events = session.info.get("events", [])
        if events:
            for listener in self._listeners:
                listener(events)

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(
            url, pool_size=20, max_overflow=20, pool_pre_ping=True, hide_parameters=True
        )
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_MS / 1000},
        hide_parameters=True,  # an error would tell the values of a statement
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not open transactions by itself: _begin_sqlite does.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Any) -> None:
    # BEGIN IMMEDIATE takes the write lock first, so that no upgrade can fail half-way.
    # Asked of the driver, because the library's own way doubles what a read transaction costs.
    write = connection.get_execution_options().get("gatehouse_write", False)
    driver = connection.connection.driver_connection
    driver.execute("BEGIN IMMEDIATE" if write else "BEGIN")
