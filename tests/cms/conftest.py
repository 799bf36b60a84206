"""Fixtures of the portal's tests: dependencies, a provider with sample data, a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import make_deps, make_provider

# Files whose tests write, or read in another process, also run on PostgreSQL; to run all of them
# there costs too much time.
WRITING = {
    "test_accounts",
    "test_applications",
    "test_content",
    "test_login",
    "test_mails",
    "test_passwords",
    "test_signup",
    "test_worker",
}


@pytest.hookimpl(tryfirst=True)  # a mark goes before the parameters of the fixture itself
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Leave the tests of other files with SQLite alone."""
    name = metafunc.module.__name__.rpartition(".")[2]
    if "migrated_url" in metafunc.fixturenames and name not in WRITING:
        only = pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
        metafunc.definition.add_marker(only)


@pytest.fixture
def deps(tmp_path: Path, migrated_url: str) -> Iterator[Dependencies]:
    """Make dependencies on a fresh database; tests that write run on SQLite and on PostgreSQL."""
    deps = make_deps(tmp_path, url=migrated_url)
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
