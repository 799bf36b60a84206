"""The list of pages is one that sitemaps.org knows, in parts when it is long."""

import re

import pytest
from lxml import etree

from cms.portal.machines import sitemap
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.browser import Browser
from tests.kit.machines import furnish
from tests.kit.make import staff
from tests.kit.work import by

MAPS, XHTML = f"{{{sitemap.SITEMAP}}}", f"{{{sitemap.XHTML}}}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
LANGUAGES = {"en", "es", "de", "x-default"}


def check(text: str, root: str, item: str) -> list[str]:
    """Hold a list to the schema: elements, their order, and their contents; gives addresses."""
    tree = etree.fromstring(text.encode())
    assert tree.tag == f"{MAPS}{root}"
    addresses = []
    for entry in tree:
        assert entry.tag == f"{MAPS}{item}"
        location, *rest = entry
        assert location.tag == f"{MAPS}loc"
        assert str(location.text).startswith("http://localhost:8000/")
        assert str(location.text).isascii()
        assert len(str(location.text)) < 2_048
        if rest and rest[0].tag == f"{MAPS}lastmod":
            assert MOMENT.fullmatch(str(rest.pop(0).text))
        spoken = {link.get("hreflang"): link.get("href") for link in rest}
        assert all(link.tag == f"{XHTML}link" for link in rest)
        if item == "url":
            assert set(spoken) == LANGUAGES
            assert location.text in spoken.values()
        addresses.append(str(location.text).removeprefix("http://localhost:8000"))
    assert len(addresses) == len(set(addresses))
    return addresses


def test_it_lists_pages_in_every_language_with_when_they_changed(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        text = {"kind": "page", "published": "x"}
        TEMPLATES.create(work, {**text, "name": "/a&b/ü"})
        TEMPLATES.create(work, {**text, "name": "/style.txt", "content_type": "text/plain"})
        TEMPLATES.create(work, {**text, "name": "/es/docs"})  # how Spanish visitors read /docs

    answer = browser.get("/sitemap.xml")
    addresses = check(answer.text, "urlset", "url")

    assert answer.headers["content-type"] == "application/xml"
    assert {"/docs/moon", "/es/docs/moon", "/de/docs/moon", "/", "/es"} <= set(addresses)
    assert {"/a&b/%C3%BC", "/api_docs/specs/tides/operations/gettide"} <= set(addresses)
    assert not any("style" in each or "/es/es" in each for each in addresses)
    for path in addresses:
        assert browser.get(path).status_code == 200, path


def test_a_long_one_is_split(
    deps: Dependencies,
    acme: NewProvider,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    furnish(deps, acme)
    whole = check(browser.page("/sitemap.xml"), "urlset", "url")
    assert browser.get("/sitemap-1.xml").status_code == 404
    monkeypatch.setattr(sitemap, "PAGES_OF_PART", 4)
    with deps.database.write() as db:
        values = {"kind": "page", "name": "/another", "published": "x"}
        TEMPLATES.create(by(db, staff(acme), deps.installation), values)

    parts = check(browser.page("/sitemap.xml"), "sitemapindex", "sitemap")
    listed = [path for part in parts for path in check(browser.page(part), "urlset", "url")]

    assert parts == [f"/sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    assert {*listed} == {*whole, "/another", "/es/another", "/de/another"}
    assert browser.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert browser.get("/sitemap-0.xml").status_code == 404
