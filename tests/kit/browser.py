"""A browser without a screen: keeps cookies, follows links, fills in the forms that pages have."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import httpx2 as httpx
from lxml import html

from server.actions.provider.providers import NewProvider

TOKENS = ("csrf", "authenticity_token")  # what the portals call the token of their forms


@dataclass
class Page:
    """One answer, as a reader sees it."""

    url: str
    status: int
    tree: html.HtmlElement

    @property
    def text(self) -> str:
        """All text of the page, white space folded."""
        return " ".join(self.tree.text_content().split())

    def value(self, xpath: str) -> str:
        """Read one attribute or text of the page."""
        found = self.tree.xpath(xpath)
        assert found, f"{xpath} is not on {self.url}: {self.text[:2000]}"
        return str(found[0])

    def hidden(self, action: str = "") -> dict[str, str]:
        """Read the hidden fields of the first form that is sent to such an action."""
        for form in self.tree.forms:
            if form.method == "POST" and (form.action or "").endswith(action):
                fields = form.xpath(".//input[@type='hidden']")
                return {field.name: field.value for field in fields}
        return {}


@dataclass(frozen=True)
class Portal:
    """Where a portal begins, where its login form goes, and a page with a form for everybody."""

    home: str
    login: str
    form: str


DEVELOPERS = Portal("", "/session", "/activate")
PROVIDERS = Portal("/p/admin", "/login", "/personal")


class Browser:
    """Visits a portal, in this process or a real one; paths begin at the portal's home."""

    def __init__(self, client: httpx.Client, portal: Portal = DEVELOPERS) -> None:
        self.client = client
        self._portal = portal

    @classmethod
    def at(cls, base_url: str) -> "Browser":
        """Open a browser on a real process; paths are those of its whole site."""
        # Without idle connections nothing is left open when a test forgets its browser.
        limits = httpx.Limits(max_keepalive_connections=0)
        return cls(httpx.Client(base_url=base_url, timeout=30, limits=limits))

    def close(self) -> None:
        """Close the connections."""
        self.client.close()

    def get(self, path: str) -> httpx.Response:
        """Load a page; a redirect is an answer too."""
        return self.client.get(f"{self._portal.home}{path}", follow_redirects=False)

    def page(self, path: str) -> str:
        """Load a page that must work."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    def open(self, path: str) -> Page:
        """Load a page, through redirects, and look at it."""
        answer = self.client.get(f"{self._portal.home}{path}", follow_redirects=True)
        return _seen(answer)

    def follow(self, answer: httpx.Response) -> str:
        """Load the page that an answer leads to; it must work."""
        page = self.client.get(answer.headers["location"], follow_redirects=False)
        assert page.status_code == 200, page.text
        return page.text

    def post(self, path: str, fields: Mapping[str, str]) -> httpx.Response:
        """Send exactly these fields, from our own origin."""
        url = f"{self._portal.home}{path}"
        headers = {"origin": self._origin}
        return self.client.post(url, data=fields, headers=headers, follow_redirects=False)

    def submit(self, page: Page, action: str, **values: str) -> Page:
        """Send the form whose action ends like this, with what it holds and these values.

        A form that only narrows a list is passed by.

        Names are those of the fields; `__` stands for brackets: `user__name` is `user[name]`.
        """
        forms = [form for form in page.tree.forms if (form.action or "").endswith(action)]
        forms = [form for form in forms if form.get("role") != "search"]
        assert forms, f"no form to {action} on {page.url}: {[f.action for f in page.tree.forms]}"
        fields = dict(forms[0].form_values())
        for name, value in values.items():
            field = _field_name(name)
            assert field in forms[0].fields, f"{field} is not in the form: {fields.keys()}"
            fields[field] = value
        url, headers = urljoin(page.url, forms[0].action), {"origin": self._origin}
        return _seen(self.client.post(url, data=fields, headers=headers, follow_redirects=True))

    def hidden(self, path: str, action: str = "") -> dict[str, str]:
        """Read the hidden fields of a form of a page."""
        return _seen(self.get(path)).hidden(action)

    def token(self, path: str) -> str:
        """Read the token of a page's forms; empty where there is none."""
        fields = self.hidden(path)
        return next((fields[name] for name in TOKENS if name in fields), "")

    def send(
        self, path: str, form: Mapping[str, str] | str = "", /, *, page: str = "", **fields: str
    ) -> httpx.Response:
        """Send fields with the token of the forms of `page`, or of one that everybody has.

        `form` holds fields whose names are no words, or is the id of the form that is filled in.
        """
        hidden = self.hidden(page or self._portal.form)
        token = {name: value for name, value in hidden.items() if name in TOKENS}
        given = {"form_id": form} if isinstance(form, str) else form
        return self.post(path, {**token, **given, **fields})

    def done(self, path: str, form: Mapping[str, str] | str = "", /, **fields: str) -> str:
        """Send fields that must be taken, and load the page that this leads to."""
        answer = self.send(path, form, **fields)
        assert answer.status_code == 303, answer.text
        return self.follow(answer)

    def log_in(self, username: str, password: str) -> httpx.Response:
        """Fill in the login form."""
        login = self._portal.login
        fields = self.hidden("/login", login)
        return self.post(login, {**fields, "username": username, "password": password})

    def log_in_john(self, provider: NewProvider) -> None:
        """Log in as the sample developer."""
        answer = self.log_in("john", provider.sample.password)
        assert answer.headers["location"] == "/admin"

    @property
    def _origin(self) -> str:
        return str(self.client.base_url).rstrip("/")


def _seen(answer: httpx.Response) -> Page:
    tree: Any = html.document_fromstring(answer.text or "<p></p>")
    return Page(str(answer.url), answer.status_code, tree)


def _field_name(name: str) -> str:
    head, *rest = name.split("__")
    return head + "".join(f"[{part}]" for part in rest)
