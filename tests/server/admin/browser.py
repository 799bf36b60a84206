"""A browser for tests: it fills in the forms that pages show, tokens included."""

import re
from html import unescape

from httpx2 import Response
from starlette.testclient import TestClient

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')


class Browser:
    """Keeps cookies and sends forms as a page shows them."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def get(self, path: str) -> Response:
        """Open a page of the portal; the path is the part after /p/admin."""
        return self.client.get(f"/p/admin{path}")

    def page(self, path: str) -> str:
        """Open a page that must work."""
        response = self.get(path)
        assert response.status_code == 200, response.text
        return str(response.text)

    def log_in(self, username: str, password: str) -> Response:
        """Fill in the login form."""
        fields = self.hidden("/login")
        return self.post("/login", {**fields, "username": username, "password": password})

    def post(self, path: str, fields: dict[str, str]) -> Response:
        """Send exactly these fields, from our own origin."""
        headers = {"origin": str(self.client.base_url).rstrip("/")}
        return self.client.post(f"/p/admin{path}", data=fields, headers=headers)

    def hidden(self, path: str) -> dict[str, str]:
        """Read the hidden fields of the first form of a page."""
        form = self.page(path).split('<form method="post"', 1)[1].split("</form>", 1)[0]
        return {name: unescape(value) for name, value in HIDDEN.findall(form)}

    def send(self, path: str, form_id: str = "", **fields: str) -> Response:
        """Send a form with the token of this session."""
        csrf = self.hidden("/personal")["csrf"]
        return self.post(path, {"csrf": csrf, "form_id": form_id, **fields})

    def done(self, path: str, **fields: str) -> str:
        """Send a form that must work, and open the page that it leads to."""
        response = self.send(path, **fields)
        assert response.status_code == 303, response.text
        target = str(response.headers["location"])
        return self.page(target.removeprefix("/p/admin"))
