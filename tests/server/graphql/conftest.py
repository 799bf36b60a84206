"""A client of both GraphQL faces, and providers to talk to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.graphql import Client, open_client
from tests.kit.make import make_deps, make_provider


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on SQLite: the actions' own tests run on both databases."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make the provider of the bare host."""
    return make_provider(deps, "Acme")


@pytest.fixture
def globex(deps: Dependencies, acme: NewProvider) -> NewProvider:
    """Make another provider."""
    return make_provider(deps, "Globex")


@pytest.fixture
def admin(deps: Dependencies, acme: NewProvider) -> Iterator[Client]:
    """Talk to the admin face with the first token, which may do everything."""
    with open_client(deps, "/admin/api/graphql", acme.access_token) as client:
        yield client


@pytest.fixture
def visitor(deps: Dependencies, acme: NewProvider) -> Iterator[Client]:
    """Talk to the developers' face without credentials."""
    with open_client(deps, "/graphql") as client:
        yield client
