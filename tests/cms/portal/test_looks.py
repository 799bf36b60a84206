"""How a portal looks: each attribute changes what developers see; sizes, themes and languages."""

import gzip
import re

import pytest

from server.actions.portal.looks import update_look
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.errors import Invalid
from server.domain.portal.looks import LookDraft, address_of_logo
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
MOST_KB = 60  # of the first view of the home page, compressed, without images
# What an attribute is set to, and what the home page or its style sheet then says.
SEEN = {
    "theme": ("folio", '<ol class="chapters">'),
    "title": ("Sky Hub", "<title>Sky Hub</title>"),
    "tagline": ("All the weather.", "All the weather."),
    "hero_title": ("Forecasts <fast>", "<h1>Forecasts &lt;fast&gt;</h1>"),
    "hero_text": ("One call away.", "One call away."),
    "footer": ("Made by Sky Ltd.", "<p>Made by Sky Ltd.</p>"),
    "links": ("Status https://status.example", '<a href="https://status.example">Status</a>'),
    "accent": ("#0b5fa5", "--brand: #0b5fa5;"),
    "accent_dark": ("#9ad0ff", "--brand-dark: #9ad0ff;"),
    "font": ("serif", "--font: Charter"),
    "heading_font": ("mono", "--font-heading: ui-monospace"),
    "corners": ("square", "--radius: 2px;"),
    "logo": (address_of_logo(PIXEL), '<img src="/images/logo?v='),
    "css": ("h1 { color: teal; }", "h1 { color: teal; }"),
}


def _change(deps: Dependencies, acme: NewProvider, **changes: object) -> None:
    with deps.database.write() as db:
        update_look(by(db, staff(acme), deps.installation), changes)


def _seen(browser: Browser) -> str:
    """Read the home page and the provider's style sheet."""
    page = browser.client.get("/").text
    sheets = re.findall(r'href="(/css/look\.css[^"]*)"', page)
    return page + "".join(browser.client.get(sheet).text for sheet in sheets)


def test_each_attribute_has_something_to_see() -> None:
    assert SEEN.keys() == set(LookDraft.model_fields)


@pytest.mark.parametrize("name", SEEN)
def test_an_attribute_changes_what_developers_see(
    deps: Dependencies, acme: NewProvider, browser: Browser, name: str
) -> None:
    value, told = SEEN[name]
    before = _seen(browser)
    _change(deps, acme, **{name: value})
    after = _seen(browser)
    _change(deps, acme, **{name: LookDraft().complete()[name]})

    assert told not in before
    assert told in after
    assert told not in _seen(browser)


def test_a_refused_change_leaves_all_as_it_was(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    before = _seen(browser)

    with pytest.raises(Invalid, match="contrast"):
        _change(deps, acme, title="Sky", accent="#ffee00")

    assert _seen(browser) == before


def test_the_files_of_a_look_are_ours_and_kept_by_browsers(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    _change(deps, acme, logo=address_of_logo(PIXEL), accent="#0b5fa5")
    page = browser.client.get("/").text
    sheet = re.findall(r'"(/css/look\.css[^"]*)"', page)[0]
    logo = re.findall(r'src="(/images/logo[^"]*)"', page)[0]

    for address, media_type in ((sheet, "text/css; charset=utf-8"), (logo, "image/png")):
        answer = browser.client.get(address)
        assert answer.headers["content-type"] == media_type
        assert "immutable" in answer.headers["cache-control"]
        old = browser.client.get(f"{address}x")
        assert "immutable" not in old.headers["cache-control"]
    assert browser.client.get(logo).content == PIXEL
    assert "sandbox" in browser.client.get(logo).headers["content-security-policy"]
    _change(deps, acme, logo="")
    assert browser.client.get("/images/logo").status_code == 404


def test_the_first_view_of_the_home_page_is_light(browser: Browser) -> None:
    page = browser.client.get("/").text
    files = re.findall(r'(?:href|src)="(/(?:css|javascripts)/[^"]*)"', page)
    loaded = [page.encode(), *(browser.client.get(file).content for file in files)]

    assert len(files) >= 3
    assert sum(len(gzip.compress(each)) for each in loaded) <= MOST_KB * 1000


@pytest.mark.parametrize("theme", ["default", "folio"])
@pytest.mark.parametrize("path", ["/", "/docs", "/plans", "/signup", "/login", "/nothing"])
def test_every_theme_shows_every_page_in_every_language(
    deps: Dependencies, acme: NewProvider, browser: Browser, theme: str, path: str
) -> None:
    _change(deps, acme, theme=theme)

    for tag, skip in (("en", "Skip to content"), ("es", "Saltar al"), ("de", "Zum Inhalt")):
        page = browser.client.get(f"/{tag}{path}")
        assert page.status_code == (404 if path == "/nothing" else 200)
        assert f'<html lang="{tag}" dir="ltr">' in page.text
        assert skip in page.text
        assert page.text.count("<h1") == 1
