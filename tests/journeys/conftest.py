"""Journeys run against real processes: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.process import Gatehouse


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def stopped_gatehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Gatehouse]:
    """Prepare a Gatehouse on an empty database; the test may seed it, and starts it."""
    env = {}
    if request.param == "postgresql":
        env["GATEHOUSE_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    gatehouse = Gatehouse(tmp_path / "data", env)
    yield gatehouse
    gatehouse.stop()


@pytest.fixture
def gatehouse(stopped_gatehouse: Gatehouse) -> Gatehouse:
    """Run a Gatehouse on an empty database."""
    stopped_gatehouse.start()
    return stopped_gatehouse
