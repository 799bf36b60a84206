"""Journeys run against real processes: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.process import Gatehouse


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def gatehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Gatehouse]:
    """Run a Gatehouse on an empty database."""
    env = {}
    if request.param == "postgresql":
        env["GATEHOUSE_DATABASE_URL"] = request.getfixturevalue("postgres_url")
    gatehouse = Gatehouse(tmp_path / "data", env)
    gatehouse.start()
    yield gatehouse
    gatehouse.stop()
