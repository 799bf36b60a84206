"""The database: times in UTC, and events that are told after the commit and only then."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Column, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

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
