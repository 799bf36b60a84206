"""A client of both GraphQL faces, and providers to talk to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.site import Site
from tests.kit.make import make_provider, make_site
from tests.server.graphql.client import Client, open_client


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Make a site on SQLite: the actions' own tests run on both databases."""
    site = make_site(tmp_path)
    yield site
    site.database.close()


@pytest.fixture
def acme(site: Site) -> NewProvider:
    """Make the provider of the bare host."""
    return make_provider(site, "Acme")


@pytest.fixture
def admin(site: Site, acme: NewProvider) -> Iterator[Client]:
    """Talk to the admin face with the first token, which may do everything."""
    with open_client(site, "/admin/api/graphql", acme.access_token) as client:
        yield client


@pytest.fixture
def visitor(site: Site, acme: NewProvider) -> Iterator[Client]:
    """Talk to the developers' face without credentials."""
    with open_client(site, "/graphql") as client:
        yield client
