"""One portal for all tests of a file: whoever only looks, or is refused, leaves it as it is."""

from collections.abc import Iterator

import pytest

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.make import make_deps, make_provider
from tests.server.admin.browsers import OpenBrowser, as_admin, as_member, opened


@pytest.fixture(scope="module")
def deps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dependencies]:
    """Make dependencies on SQLite."""
    deps = make_deps(tmp_path_factory.mktemp("looked_at"))
    yield deps
    deps.database.close()


@pytest.fixture(scope="module")
def acme(deps: Dependencies) -> NewProvider:
    """Make the provider of the bare host."""
    return make_provider(deps, "Acme")


@pytest.fixture(scope="module")
def globex(deps: Dependencies, acme: NewProvider) -> NewProvider:
    """Make another provider, after the first one."""
    return make_provider(deps, "Globex")


@pytest.fixture(scope="module")
def open_browser(deps: Dependencies) -> Iterator[OpenBrowser]:
    """Open browsers with cookies of their own, on one running portal."""
    with opened(deps) as open_one:
        yield open_one


@pytest.fixture(scope="module")
def anonymous(acme: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser of somebody who is not logged in."""
    return open_browser()


@pytest.fixture(scope="module")
def admin(acme: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser in which the provider's admin is logged in."""
    return as_admin(acme, open_browser)


@pytest.fixture(scope="module")
def member(deps: Dependencies, acme: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser in which a member of the staff is logged in, who may only read."""
    return as_member(deps, acme, open_browser)


@pytest.fixture(scope="module")
def stranger(globex: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Open a browser in which another provider's admin is logged in."""
    return as_admin(globex, open_browser, "globex-admin.localhost")
