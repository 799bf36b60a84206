"""Migrations: they make the tables that the code declares, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlmodel import SQLModel

import server.domain  # noqa: F401 - registers every table
from server.kit.db import Database
from server.migrations.run import is_current, migrate


def test_the_migrated_schema_is_the_declared_one(database_url: str) -> None:
    database = Database(database_url)
    assert not is_current(database.engine)

    migrate(database.engine)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    assert is_current(database.engine)
    database.close()


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    database = Database(database_url)

    migrate(database.engine)
    migrate(database.engine)

    assert is_current(database.engine)
    database.close()
