"""Browsers on the admin portal, of whoever works there."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Protocol

from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.accounts.users import create_user
from server.actions.provider.providers import NewProvider
from server.admin.routes import routes
from server.auth.dependencies import Dependencies
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.make import staff
from tests.kit.work import by

MEMBER_PASSWORD = "four words in a row"


class OpenBrowser(Protocol):
    """Opens a browser with cookies of its own."""

    def __call__(self, host: str = "localhost", /) -> Browser: ...


@contextmanager
def opened(deps: Dependencies) -> Iterator[OpenBrowser]:
    """Run one portal, for browsers to be opened on it."""
    app = Starlette(routes=routes(deps))
    with ExitStack() as stack:

        def open_one(host: str = "localhost", /) -> Browser:
            client = TestClient(app, base_url=f"http://{host}:8000", follow_redirects=False)
            return Browser(stack.enter_context(client), PROVIDERS)

        yield open_one


def as_admin(provider: NewProvider, open_browser: OpenBrowser, host: str = "localhost") -> Browser:
    """Open a browser in which the provider's admin is logged in."""
    browser = open_browser(host)
    browser.log_in(provider.admin.username, provider.admin_password)
    return browser


def as_member(deps: Dependencies, acme: NewProvider, open_browser: OpenBrowser) -> Browser:
    """Make a member of the staff, who may only read, and open a browser as him."""
    mia = {"username": "mia", "email": "mia@acme.example", "password": MEMBER_PASSWORD}
    with deps.database.write() as db:
        create_user(by(db, staff(acme)), None, mia)
    browser = open_browser("localhost")
    browser.log_in("mia", MEMBER_PASSWORD)
    return browser
