"""A database tells which step it has seen."""

from server.kit.db import Database
from server.migrations.run import migrate
from server.migrations.version import newest, version_of


def test_a_new_database_has_seen_nothing_and_a_migrated_one_everything(database_url: str) -> None:
    database = Database(database_url)
    assert version_of(database.engine) == ""

    migrate(database.engine)

    assert version_of(database.engine) == newest()
    database.close()
