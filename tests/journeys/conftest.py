"""Journeys run against real processes, each on SQLite or on PostgreSQL; some on both."""

from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import pytest

from server.kit.db import Database
from server.migrations.run import migrate
from tests.kit.make import copy_of_migrated
from tests.kit.process import Gatehouse, nursery_of_run
from tests.kit.services import PostgreSQL

# They run the command.
ABOUT_PROCESSES = ("test_companion", "test_crash", "test_hostile_page", "test_worker")
SQLITE = pytest.param("sqlite")
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Choose databases: what SQL may differ in is tested below, so most journeys need but one."""
    if "engine" not in metafunc.fixturenames:
        return
    is_on_both = metafunc.definition.get_closest_marker("both_databases") is not None
    one = (SQLITE, POSTGRESQL)[crc32(metafunc.function.__name__.encode()) % 2]
    metafunc.parametrize("engine", (SQLITE, POSTGRESQL) if is_on_both else (one,))


@pytest.fixture(scope="session")
def postgres_migrated(postgres_server: PostgreSQL) -> str:
    """Make a database with all tables, to which nobody talks; gives its name."""
    name = postgres_server.create_database()
    database = Database(postgres_server.url(name))
    migrate(database.engine)
    database.close()
    return name


@pytest.fixture
def address(engine: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a database with empty tables; empty for SQLite in the data directory.

    Without tables for tests that are marked `both_databases`, as on an installation's first start.
    """
    if engine == "sqlite":
        yield ""
        return
    server: PostgreSQL = request.getfixturevalue("postgres_server")
    like = "template1" if is_on_both(request) else request.getfixturevalue("postgres_migrated")
    name = server.create_database(like)
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def stopped_gatehouse(
    address: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Gatehouse]:
    """Prepare a Gatehouse on a database of its own; the test may seed it, and starts it."""
    gatehouse = Gatehouse(tmp_path / "data")
    if address:
        gatehouse.env["GATEHOUSE_DATABASE_URL"] = address
    elif not is_on_both(request):
        gatehouse.data_dir.mkdir()
        copy_of_migrated(gatehouse.data_dir / "gatehouse.db")
    if request.path.stem not in ABOUT_PROCESSES and not is_on_both(request):
        gatehouse.nursery = nursery_of_run()
    yield gatehouse
    gatehouse.stop()


def is_on_both(request: pytest.FixtureRequest) -> bool:
    """Tell whether the test runs on both databases."""
    return request.node.get_closest_marker("both_databases") is not None


@pytest.fixture
def gatehouse(stopped_gatehouse: Gatehouse) -> Gatehouse:
    """Run a Gatehouse on an empty database."""
    stopped_gatehouse.start()
    return stopped_gatehouse
