"""What is worth trying again is told from what is wrong."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from server.kit.db import Database
from server.kit.outage import is_outage, reason_of


def raised_by(database: Database, statement: str) -> Exception:
    with pytest.raises((SQLAlchemyError, sqlite3.Error)) as raised, database.write() as db:
        db.execute(text(statement))
    return raised.value


def test_a_wrong_statement_is_none(database_url: str) -> None:
    database = Database(database_url)
    error = raised_by(database, "SELECT nothing FROM nowhere")
    database.close()

    assert not is_outage(error)


def test_a_full_disk_and_a_read_only_file_are(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    with database.write() as db:
        db.execute(text("CREATE TABLE a (b TEXT)"))
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 2")
    full = raised_by(database, "INSERT INTO a SELECT hex(randomblob(100000))")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    read_only = raised_by(database, "INSERT INTO a VALUES ('x')")
    database.close()

    assert is_outage(full)
    assert is_outage(read_only)
    assert reason_of(full) == "database or disk is full"


@pytest.mark.parametrize(
    ("error", "is_one"),
    [
        (psycopg.errors.DiskFull(), True),
        (psycopg.errors.ReadOnlySqlTransaction(), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.OperationalError("connection refused"), True),
        (psycopg.errors.UndefinedTable(), False),
        (psycopg.errors.UniqueViolation(), False),
        (psycopg.ProgrammingError("no result"), False),
        (sqlite3.IntegrityError("UNIQUE"), False),
    ],
)
def test_errors_of_drivers(error: Exception, *, is_one: bool) -> None:
    assert is_outage(DBAPIError("SELECT 1", {}, error)) is is_one


def test_whether_a_database_can_be_written(database_url: str) -> None:
    database = Database(database_url)
    with database.write():
        assert database.can_write(), "somebody writes: so it can be"
    database.close()


def test_a_database_that_is_not_there_cannot(tmp_path: Path) -> None:
    gone = Database(f"sqlite:///{tmp_path}/no/such.db")
    away = Database("postgresql+psycopg://u@127.0.0.1:1/x")

    assert not gone.can_write()
    assert not away.can_write()
