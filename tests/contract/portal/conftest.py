"""Fixtures: a provider with sample data, and a browser on its portal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import make_deps, make_provider


@pytest.fixture
def deps(tmp_path: Path) -> Iterator[Dependencies]:
    """Make dependencies on a fresh database."""
    deps = make_deps(tmp_path)
    yield deps
    deps.database.close()


@pytest.fixture
def acme(deps: Dependencies) -> NewProvider:
    """Make a provider with its sample data."""
    return make_provider(deps, "Acme")


@pytest.fixture
def browser(deps: Dependencies, acme: NewProvider) -> Iterator[Browser]:
    """Open a browser on the provider's portal."""
    browser = open_browser(deps)
    yield browser
    browser.client.close()
