"""Fixtures of the control plane's tests: dependencies and a provider, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.make import make_deps, make_provider


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str) -> Iterator[Dependencies]:
    """Make dependencies on a fresh database; the test runs on SQLite and on PostgreSQL."""
    deps = make_deps(tmp_path, url=migrated_url)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider with its sample data."""
    return make_provider(deps, "Acme")


@pytest.fixture
def db(deps: Dependencies, acme: NewProvider) -> Iterator[Session]:
    """Open a write transaction in which the provider exists; it is committed at the end."""
    with deps.database.write() as session:
        yield session
