"""Bring a database to the newest step, from code: there is no alembic.ini."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from server.kit.crypto import Vault
from server.migrations.search_index import index_texts
from server.migrations.version import BrokenReference, newest, version_of

HERE = Path(__file__).parent
TURN = 4_718_206_311  # names the turn among PostgreSQL's advisory locks


def config_of(connection: Connection, vault: Vault | None = None) -> Config:
    """Make an Alembic configuration that works on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["vault"] = vault
    return config


def migrate(engine: Engine, vault: Vault | None = None) -> None:
    """Run all steps that the database has not seen, in one transaction.

    Of several processes that start at once, one does it and the others find it done. The step that
    seals what earlier versions kept in clear needs the keys, unless there is nothing to seal.
    """
    is_upgrade = version_of(engine) not in {"", newest()}
    opened = engine.connect().execution_options(gatehouse_write=True)  # alone, on SQLite
    with (
        opened as connection,
        _nothing_left_behind(connection, is_upgrade),
        _tables_may_be_rebuilt(connection),
        connection.begin(),
    ):
        _wait_for_others(connection)
        command.upgrade(config_of(connection, vault), "head")
        index_texts(connection)
        _refuse_broken_references(connection)


def _wait_for_others(connection: Connection) -> None:
    """Take the turn to migrate on PostgreSQL, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


@contextmanager
def _nothing_left_behind(connection: Connection, is_upgrade: bool) -> Iterator[None]:
    """Leave none of an SQLite file's old content in pages that nothing uses any more.

    The file is rewritten first, so that a start that ends half-way has lost nothing by it.
    """
    if connection.dialect.name != "sqlite" or not is_upgrade:
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("VACUUM")
    driver.execute("PRAGMA secure_delete=ON")
    yield
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """Let SQLite drop a table that others point at: a step puts another in its place."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Asked of the driver: within a transaction the pragma says nothing and does nothing.
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _refuse_broken_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise BrokenReference(f"The upgrade would break references: {broken[:3]}")
