"""Fixtures of the portal's tests: a site, a provider with sample data, a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.actions.providers import NewProvider
from server.auth.site import Site
from tests.cms.browser import Browser
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
def browser(site: Site, acme: NewProvider) -> Iterator[Browser]:
    """Open a browser on the provider's portal."""
    browser = Browser(site)
    yield browser
    browser.client.close()
