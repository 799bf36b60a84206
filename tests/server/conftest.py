"""Fixtures of the control plane's tests: a site and a provider, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import Session

from server.actions.provider.providers import NewProvider
from server.auth.site import Site
from tests.kit.make import make_provider, make_site


@pytest.fixture
def site(tmp_path: Path, migrated_url: str) -> Iterator[Site]:
    """Make a site on a fresh database; the test runs on SQLite and on PostgreSQL."""
    site = make_site(tmp_path, url=migrated_url)
    yield site
    site.database.close()


@pytest.fixture
def acme(site: Site) -> NewProvider:
    """Make a provider with its sample data."""
    return make_provider(site, "Acme")


@pytest.fixture
def db(site: Site, acme: NewProvider) -> Iterator[Session]:
    """Open a write transaction in which the provider exists; it is committed at the end."""
    with site.database.write() as session:
        yield session
