"""A browser for tests: keeps cookies, fills in forms with the token of the page."""

import re
from collections.abc import Mapping

from httpx2 import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cms.liquid.tags.csrf import FIELD
from cms.portal.routes import routes
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies

BASE = "http://localhost:8000"
TOKEN = re.compile(rf'name="{FIELD}" value="([^"]*)"')
PASSWORD = "six green apples fell down"


class Browser:
    """Visits the portal of the first provider."""

    def __init__(self, deps: Dependencies, base_url: str = BASE) -> None:
        app = Starlette(routes=routes(deps))
        self.client = TestClient(app, base_url=base_url, follow_redirects=False)

    def get(self, path: str) -> Response:
        """Open a page."""
        return self.client.get(path)

    def token(self, page: str = "/login") -> str:
        """Read the token of a page's forms."""
        found = TOKEN.search(self.get(page).text)
        return found[1] if found else ""

    def send(
        self, path: str, form: Mapping[str, str] | None = None, *, page: str = "/activate"
    ) -> Response:
        """Send a form with the token of `page`."""
        return self.client.post(path, data={FIELD: self.token(page), **(form or {})})

    def log_in(self, username: str, password: str) -> Response:
        """Log in."""
        return self.send("/session", {"username": username, "password": password}, page="/login")

    def log_in_john(self, provider: NewProvider) -> None:
        """Log in as the sample developer."""
        answer = self.log_in("john", provider.sample.password)
        assert answer.headers["location"] == "/admin"

    def follow(self, answer: Response) -> str:
        """Open the page that an answer leads to."""
        return self.get(answer.headers["location"]).text


def signup_form(name: str = "ann", **over: str) -> dict[str, str]:
    """Fill in the signup form."""
    return {
        "account[org_name]": f"{name} Ltd",
        "account[user][username]": name,
        "account[user][email]": f"{name}@example.com",
        "account[user][password]": PASSWORD,
        **over,
    }
