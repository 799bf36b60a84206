"""A browser without a screen: follows links, fills in the forms that a page really has."""

from dataclasses import dataclass
from urllib.parse import urljoin

import httpx2 as httpx
from lxml import html


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


class FormBrowser:
    """Keeps cookies, sends Origin with forms, follows redirects."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        # Without idle connections nothing is left open when a test forgets its browser.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._http = httpx.Client(
            base_url=base_url, follow_redirects=True, timeout=30, limits=limits
        )

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def open(self, path: str) -> Page:
        """Load a page."""
        return self._page(self._http.get(path))

    def submit(self, page: Page, action: str, **values: str) -> Page:
        """Send the form whose action ends like this, with what it holds and these values.

        Names are those of the fields; `__` stands for brackets: `user__name` is `user[name]`.
        """
        forms = [form for form in page.tree.forms if (form.action or "").endswith(action)]
        assert forms, f"no form to {action} on {page.url}: {[f.action for f in page.tree.forms]}"
        fields = dict(forms[0].form_values())
        for name, value in values.items():
            field = _field_name(name)
            assert field in forms[0].fields, f"{field} is not in the form: {fields.keys()}"
            fields[field] = value
        url = urljoin(page.url, forms[0].action)
        return self._page(self._http.post(url, data=fields, headers={"Origin": self._base_url}))

    @staticmethod
    def _page(answer: httpx.Response) -> Page:
        return Page(str(answer.url), answer.status_code, html.document_fromstring(answer.text))


def _field_name(name: str) -> str:
    head, *rest = name.split("__")
    return head + "".join(f"[{part}]" for part in rest)
