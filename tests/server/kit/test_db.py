"""The database: times in UTC, and events that are told after the commit and only then."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from anyio import to_thread
from sqlalchemy import Column, MetaData, Table, insert, select, text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import Session

from server.kit.db import Database, UTCDateTime

AT = datetime(2031, 3, 1, 12, 30, tzinfo=UTC)
MOMENTS = Table("moments", MetaData(), Column("at", UTCDateTime()))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Make a database with one table."""
    database = Database(database_url)
    MOMENTS.create(database.engine)
    yield database
    database.close()


def moments(database: Database) -> list[datetime | None]:
    with database.read() as db:
        return list(db.execute(select(MOMENTS.c.at)).scalars())


class Refused(Exception):
    """What the owner of a database makes of a clash."""


@pytest.mark.parametrize(
    ("statement", "is_clash"),
    [
        ("INSERT INTO things VALUES (1)", True),
        ("INSERT INTO parts VALUES (7)", True),
        ("INSERT INTO things VALUES (NULL)", False),
        ("INSERT INTO nothing VALUES (1)", False),
    ],
)
def test_only_what_another_writer_may_have_caused_is_a_clash(
    database_url: str, statement: str, is_clash: bool
) -> None:
    database = Database(database_url, Refused)
    with database.write() as db:
        db.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY)"))
        db.execute(text("CREATE TABLE parts (thing_id INTEGER REFERENCES things)"))
        db.execute(text("INSERT INTO things VALUES (1)"))
    if database.is_sqlite and not is_clash:
        statement = statement.replace("things", "nothing")  # NULL is a new number there
    expected = Refused if is_clash and not database.is_sqlite else DBAPIError

    with pytest.raises(expected), database.write() as db:
        db.execute(text(statement))
    with database.read() as db:
        assert db.execute(text("SELECT count(*) FROM things")).scalar() == 1
    database.close()


@pytest.mark.postgres
def test_postgresql_compiles_no_statement_of_ours(postgres_url: str) -> None:
    database = Database(postgres_url)

    with database.read() as db:
        assert db.execute(text("SHOW jit")).scalar() == "off"
    assert database.look(lambda db: db.execute(text("SHOW jit")).scalar()) == "off"
    database.close()


def test_who_only_looks_opens_no_transaction(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'looked-at.db'}")

    def look(db: Session) -> bool:
        db.execute(text("SELECT 1"))
        driver: Any = db.connection().connection.driver_connection
        return bool(driver.in_transaction)

    assert not database.look(look)
    database.close()


@pytest.mark.postgres
def test_who_looks_by_a_connection_that_was_closed_gets_another(postgres_url: str) -> None:
    database = Database(postgres_url)

    def number_of(db: Session) -> int:
        return int(db.execute(text("SELECT pg_backend_pid()")).scalar_one())

    number = database.look(number_of)
    with database.write() as db:
        db.execute(text("SELECT pg_terminate_backend(:number)"), {"number": number})

    assert database.look(number_of) != number
    database.close()


@pytest.mark.postgres
def test_of_two_who_wait_for_each_other_one_is_refused(postgres_url: str) -> None:
    database = Database(postgres_url, Refused)
    with database.write() as db:
        db.execute(text("CREATE TABLE things (id INTEGER PRIMARY KEY, n INTEGER)"))
        db.execute(text("INSERT INTO things VALUES (1, 0), (2, 0)"))
    both_hold_one, count_up = (
        threading.Barrier(2),
        text("UPDATE things SET n = n + 1 WHERE id = :id"),
    )
    outcomes: list[str] = []

    def change(first: int, second: int) -> None:
        try:
            with database.write() as db:
                db.execute(count_up, {"id": first})
                both_hold_one.wait()
                db.execute(count_up, {"id": second})
            outcomes.append("done")
        except Refused:
            outcomes.append("refused")

    threads = [threading.Thread(target=change, args=pair) for pair in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["done", "refused"]
    database.close()


@pytest.mark.parametrize("at", [AT, AT.astimezone(timezone(timedelta(hours=-7))), None])
def test_a_time_comes_back_in_utc(database: Database, at: datetime | None) -> None:
    with database.write() as db:
        db.execute(insert(MOMENTS).values(at=at))

    (found,) = moments(database)
    assert found == at
    assert found is None or found.utcoffset() == timedelta(0)


def test_a_time_without_a_zone_is_not_stored(database: Database) -> None:
    with database.write() as db, pytest.raises(StatementError, match="without a zone"):
        db.execute(insert(MOMENTS).values(at=AT.replace(tzinfo=None)))

    assert moments(database) == []


def test_events_are_told_once_and_after_the_commit(database: Database) -> None:
    told: list[tuple[list[Any], int]] = []
    database.after_commit(lambda events: told.append((events, len(moments(database)))))

    with database.write() as db:
        db.execute(insert(MOMENTS).values(at=AT))
        db.info["events"] = ["one", "two"]
        assert told == []

    assert told == [(["one", "two"], 1)]


def write_and_fail(database: Database) -> None:
    with database.write() as db:
        db.execute(insert(MOMENTS).values(at=AT))
        db.info["events"] = ["one"]
        raise RuntimeError("on purpose")


def test_what_fails_is_neither_kept_nor_told(database: Database) -> None:
    told: list[list[Any]] = []
    database.after_commit(told.append)

    with pytest.raises(RuntimeError, match="on purpose"):
        write_and_fail(database)

    assert moments(database) == []
    assert told == []


def test_a_read_keeps_nothing(database: Database) -> None:
    with database.read() as db:
        db.execute(insert(MOMENTS).values(at=AT))

    assert moments(database) == []


def test_without_events_nobody_is_told(database: Database) -> None:
    told: list[list[Any]] = []
    database.after_commit(told.append)

    with database.write() as db:
        db.execute(insert(MOMENTS).values(at=AT))

    assert told == []
    assert database.is_sqlite is database.engine.url.drivername.startswith("sqlite")


async def test_no_thread_waits_for_another_ones_connection(database: Database) -> None:
    threads = int(to_thread.current_default_thread_limiter().total_tokens)
    all_there = threading.Barrier(threads, timeout=30)

    def hold() -> None:
        with database.read() as db:
            db.execute(text("SELECT 1"))
            all_there.wait()

    async with asyncio.TaskGroup() as group:
        for _ in range(threads):
            group.create_task(to_thread.run_sync(hold))
