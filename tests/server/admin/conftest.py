"""Fixtures of the admin portal's tests: dependencies on SQLite, and browsers that are logged in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import make_deps, make_provider
from tests.server.admin.browsers import OpenBrowser, as_admin, as_member, opened


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
    """Make another provider, after the first one."""
    return make_provider(deps, "Globex")


@pytest.fixture
def open_browser(deps: Dependencies) -> Iterator[OpenBrowser]:
    """Open browsers with cookies of their own, on one running portal."""
    with opened(deps) as open_one:
        yield open_one


@pytest.fixture
def anonymous(acme: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser of somebody who is not logged in."""
    return open_browser("localhost")


@pytest.fixture
def admin(acme: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser in which the provider's admin is logged in."""
    return as_admin(acme, open_browser)


@pytest.fixture
def member(deps: Dependencies, acme: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser in which a member of the staff is logged in, who may only read."""
    return as_member(deps, acme, open_browser)


@pytest.fixture
def stranger(globex: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser in which another provider's admin is logged in."""
    return as_admin(globex, open_browser, "globex-admin.localhost")
