"""A client of the REST API, and a provider to talk to."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.rest.routes import routes
from tests.kit.rest import RestClient, rest_client


@pytest.fixture
def client(deps: Dependencies, acme: NewProvider) -> Iterator[TestClient]:
    """Talk to the API of the first provider, on a bare host."""
    with TestClient(Starlette(routes=routes(deps)), base_url="http://localhost") as client:
        yield client


@pytest.fixture
def rest(deps: Dependencies, acme: NewProvider) -> Iterator[RestClient]:
    """Talk to the API with the provider's token."""
    with rest_client(deps, acme) as client:
        yield client
