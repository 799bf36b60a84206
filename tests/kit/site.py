"""All faces of one installation in one process, as people and their programs reach them."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cms.portal.routes import routes as portal_routes
from cms.rendering.renderer import Renderer
from server.actions.provider.providers import NewProvider
from server.admin.routes import routes as admin_routes
from server.auth.dependencies import Dependencies
from server.graphql.paths import ADMIN_PATH, DEVELOPER_PATH
from server.graphql.routes import routes as graphql_routes
from server.rest.routes import routes as rest_routes
from server.rest.shapes import PREFIX
from tests.kit.browser import DEVELOPERS, PROVIDERS, Browser
from tests.kit.graphql import Client

BASE = "http://localhost:8000"
SIDES = {"provider": PROVIDERS, "developer": DEVELOPERS}
PATHS = {"provider": ADMIN_PATH, "developer": DEVELOPER_PATH}


@dataclass(frozen=True)
class Site:
    """The bare host of the first provider."""

    deps: Dependencies
    acme: NewProvider
    app: Starlette
    stack: ExitStack

    def client(self, **headers: str) -> TestClient:
        """Open a client with cookies of its own."""
        opened = TestClient(self.app, base_url=BASE, headers=headers, follow_redirects=False)
        return self.stack.enter_context(opened)

    def browser(self, audience: str) -> Browser:
        """Open a browser at a side's portal."""
        return Browser(self.client(), SIDES[audience])

    def logged_in(self, audience: str) -> Browser:
        """Open a browser in which the side's first admin is logged in."""
        browser = self.browser(audience)
        name, password = self.first_admin(audience)
        assert browser.log_in(name, password).status_code == 303
        return browser

    def first_admin(self, audience: str) -> tuple[str, str]:
        """Tell name and password of a side's first admin."""
        if audience == "provider":
            return self.acme.admin.username, self.acme.admin_password
        return self.acme.sample.user.username, self.acme.sample.password

    def by_cookie(self, audience: str) -> Client:
        """Open GraphQL with the cookie of the side's first admin."""
        return graphql_of(self.logged_in(audience), audience)

    def by_token(self, audience: str, token: str) -> Client:
        """Open GraphQL with an access token."""
        return Client(self.client(authorization=f"Bearer {token}"), PATHS[audience])

    def rest(self, path: str, token: str) -> httpx.Response:
        """Read a path of the REST API."""
        return self.client(authorization=f"Bearer {token}").get(f"{PREFIX}{path}")


def graphql_of(browser: Browser, audience: str) -> Client:
    """Open GraphQL with the cookies of a browser."""
    browser.client.headers["origin"] = BASE
    return Client(browser.client, PATHS[audience])


@contextmanager
def open_site(deps: Dependencies, acme: NewProvider) -> Iterator[Site]:
    """Run all faces."""
    with ExitStack() as stack:
        renderer = stack.enter_context(closing(Renderer(deps.database, deps.installation)))
        routes = [
            *graphql_routes(deps),
            *rest_routes(deps),
            *admin_routes(deps),
            *portal_routes(deps, renderer),
        ]
        yield Site(deps, acme, Starlette(routes=routes), stack)


def posted(
    browser: Browser, path: str, form: str, fields: Mapping[str, str]
) -> "partial[httpx.Response]":
    """Load the form of a page, and make what sends it."""
    token = browser.hidden(form) if form else {}
    return partial(browser.post, path, {**token, **fields})


def asked(client: Client, name: str, given: Mapping[str, Any]) -> "partial[httpx.Response]":
    """Make what sends one mutation."""
    kind = f"{name[0].upper()}{name[1:]}Input"
    query = f"mutation($input: {kind}!) {{ {name}(input: $input) {{ userErrors {{ code }} }} }}"
    return partial(client.send, query, input=dict(given))
