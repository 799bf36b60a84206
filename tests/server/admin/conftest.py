"""Fixtures of the admin portal's tests: dependencies on SQLite, and browsers that are logged in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.accounts.users import create_user
from server.actions.provider.providers import NewProvider
from server.admin.routes import routes
from server.auth.dependencies import Dependencies
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.work import by

MEMBER_PASSWORD = "four words in a row"


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
def open_browser(deps: Dependencies) -> Iterator[Callable[[str], Browser]]:
    """Open browsers with cookies of their own, on one running portal."""
    app = Starlette(routes=routes(deps))
    with ExitStack() as stack:

        def open_one(host: str = "localhost") -> Browser:
            client = TestClient(app, base_url=f"http://{host}:8000", follow_redirects=False)
            return Browser(stack.enter_context(client), PROVIDERS)

        yield open_one


@pytest.fixture
def anonymous(acme: NewProvider, open_browser: Callable[[str], Browser]) -> Browser:
    """Open a browser of somebody who is not logged in."""
    return open_browser("localhost")


@pytest.fixture
def admin(acme: NewProvider, open_browser: Callable[[str], Browser]) -> Browser:
    """Open a browser in which the provider's admin is logged in."""
    browser = open_browser("localhost")
    browser.log_in(acme.admin.username, acme.admin_password)
    return browser


@pytest.fixture
def member(
    deps: Dependencies, acme: NewProvider, open_browser: Callable[[str], Browser]
) -> Browser:
    """Open a browser in which a member of the staff is logged in, who may only read."""
    mia = {"username": "mia", "email": "mia@acme.example", "password": MEMBER_PASSWORD}
    with deps.database.write() as db:
        create_user(by(db, staff(acme)), None, mia)
    browser = open_browser("localhost")
    browser.log_in("mia", MEMBER_PASSWORD)
    return browser


@pytest.fixture
def stranger(globex: NewProvider, open_browser: Callable[[str], Browser]) -> Browser:
    """Open a browser in which another provider's admin is logged in."""
    browser = open_browser("globex-admin.localhost")
    browser.log_in(globex.admin.username, globex.admin_password)
    return browser
