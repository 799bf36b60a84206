"""Migrations: they make the tables that the code declares, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

import server.domain  # noqa: F401 - registers every table
from server.kit.db import Database
from server.migrations.run import config_of, migrate
from server.migrations.version import newest, version_of


def _is_declared(_object: object, name: str | None, _kind: str, *_: object) -> bool:
    """Leave out the index of texts, which is made after the steps."""
    return "_search" not in (name or "")


COMPARED = {"compare_type": True, "include_object": _is_declared}


def test_the_migrated_schema_is_the_declared_one(database_url: str) -> None:
    database = Database(database_url)

    migrate(database.engine)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=COMPARED)
        assert compare_metadata(context, SQLModel.metadata) == []
        assert ScriptDirectory.from_config(config_of(connection)).get_heads() == [newest()]
    database.close()


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    database = Database(database_url)

    migrate(database.engine)
    migrate(database.engine)

    assert version_of(database.engine) == newest()
    database.close()
