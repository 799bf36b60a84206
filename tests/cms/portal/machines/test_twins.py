"""The Markdown twin of every page, by its address and by what is accepted; and what heads say."""

import json
import re

from server.actions.portal.api_docs import API_DOCS
from server.actions.portal.files import add_file
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.machines import PRIVATE, TIDES, UNSEEN, furnish, key_of
from tests.kit.make import staff
from tests.kit.work import by

AS_MARKDOWN = "text/markdown; charset=utf-8"
OPERATION = "/api_docs/specs/tides/operations/gettide"
TWINS = {
    "/index.md": "# Build with Acme",
    "/news.md": "# News\n\nA **bold** start.",
    "/plans.md": "### Unlimited",
    "/es/plans.md": "# Planes",
    "/api_docs.md": "[Tides](/api_docs/specs/tides)",
    "/api_docs/specs/tides.md": "`/tides/{port}`",
    f"{OPERATION}.md": "`GET` `/tides/{port}`",
    "/api_docs/specs/tides/changes.md": "# Changes of Tides",
    "/login.md": "# Log in",
    "/search.md?q=bold": "[News](/news)",
}
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def structured(browser: Browser, path: str) -> dict[str, dict[str, object]]:
    """Read what a page tells of itself, by type."""
    found = LD.findall(browser.page(path))
    assert len(found) == 1, path
    graph = json.loads(found[0])["@graph"]
    return {each["@type"]: each for each in graph}


def test_a_page_that_is_written_in_markdown_is_its_own_text_after_liquid(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)

    answer = browser.get("/docs/moon.md")
    accepted = browser.client.get("/docs/moon", headers={"accept": "text/markdown, text/html;q=.9"})
    dearer = browser.client.get("/docs/moon", headers={"accept": "text/html, text/markdown"})

    assert answer.text.startswith("# The moon Acme\n\nIt *pulls* | a lot. See [plans](/plans).")
    assert '```sh\ncurl "https://x" # <b>\n```' in answer.text
    assert answer.headers["content-type"] == AS_MARKDOWN
    assert answer.headers["link"].startswith('<http://localhost:8000/docs/moon>; rel="canonical"')
    assert accepted.text == answer.text
    assert "Accept" in accepted.headers["vary"]
    assert dearer.headers["content-type"].startswith("text/html")
    assert "Accept" in dearer.headers["vary"]


def test_every_page_has_one(deps: Dependencies, acme: NewProvider, browser: Browser) -> None:
    furnish(deps, acme)

    for path, said in TWINS.items():
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert answer.headers["content-type"] == AS_MARKDOWN, path
        assert said.replace("`GET` ", "") in answer.text.replace("`GET` ", ""), path
        assert "<div" not in answer.text, path


def test_an_operation_tells_how_it_is_called_at_the_gateway(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)
    john = open_browser(deps)
    john.log_in_john(acme)

    text, his = browser.page(f"{OPERATION}.md"), john.page(f"{OPERATION}.md")

    assert "http://localhost:8000/gateway/production/api/tides/brest" in text
    assert "YOUR_KEY" in text
    assert "The height in metres." in text
    assert key_of(deps, acme) in his  # as on the page itself


def test_a_visitor_reads_as_a_twin_what_he_may_read_as_a_page(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)
    john = open_browser(deps)
    john.log_in_john(acme)

    for path in (*UNSEEN, PRIVATE, "/nothing", "/api_docs/specs/hidden", "/css/nothing", "/docs/"):
        page, twin = browser.get(path), browser.get(f"{path}.md")
        seen = page.status_code if path != "/docs/" else 200
        assert twin.status_code == seen, path
    assert browser.get("/nothing.md").headers["content-type"] == AS_MARKDOWN
    assert browser.get("/search.json.md").status_code == 404
    assert browser.get("/admin.md").headers["location"].startswith("/login")
    assert john.get("/admin.md").headers["content-type"] == AS_MARKDOWN
    assert "Cheap." in john.page(f"{PRIVATE}.md")
    assert browser.client.post("/news.md").status_code == 404


def test_what_a_provider_has_at_such_an_address_comes_first(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        add_file(work, {"path": "/news.md"}, b"his file")
        TEMPLATES.create(work, {"kind": "page", "name": "/plans.md", "published": "<p>his</p>"})
        spec = {"name": "Odd", "system_name": "odd.md", "body": json.dumps(TIDES)}
        API_DOCS.create(work, {**spec, "published": True})

    assert browser.get("/news.md").content == b"his file"
    assert "<p>his</p>" in browser.page("/plans.md")
    assert "<h1>Odd</h1>" in browser.page("/api_docs/specs/odd.md")
    assert "# Odd" in browser.page("/api_docs/specs/odd.md.md")


def test_a_broken_page_is_the_themes_as_a_twin_too(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        row = TEMPLATES.create(work, {"kind": "page", "name": "/plans", "published": "x"})
        row.published = "{{ 'a' | append: 'b' | nothing }}{% for %}"

    assert "Unlimited" in browser.page("/plans.md")


def test_heads_lead_to_the_twin_the_languages_and_the_one_address(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)

    page, spanish = browser.get("/docs/moon"), browser.page("/es/docs/moon")
    login = browser.page("/login")

    base = "http://localhost:8000"
    assert '<link rel="alternate" type="text/markdown" href="/docs/moon.md"' in page.text
    assert f'<link rel="canonical" href="{base}/docs/moon">' in page.text
    assert f'<link rel="canonical" href="{base}/es/docs/moon">' in spanish
    assert '<link rel="alternate" type="text/markdown" href="/es/docs/moon.md"' in spanish
    for tag, path in (("en", ""), ("es", "/es"), ("de", "/de"), ("x-default", "")):
        link = f'<link rel="alternate" hreflang="{tag}" href="{base}{path}/docs/moon">'
        assert link in page.text, tag
    assert '</docs/moon.md>; rel="alternate"; type="text/markdown"' in page.headers["link"]
    assert '</.well-known/api-catalog>; rel="api-catalog"' in page.headers["link"]
    assert 'rel="canonical"' not in login
    assert '<meta name="robots" content="noindex">' in login


def test_pages_tell_what_they_are_about(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)

    home, docs = structured(browser, "/"), structured(browser, "/docs/moon")
    api, operation = structured(browser, "/api_docs/specs/tides"), structured(browser, OPERATION)
    plans = structured(browser, "/plans")

    assert home["Organization"]["name"] == "Acme"
    action = home["WebSite"]["potentialAction"]
    assert isinstance(action, dict)
    assert action["target"]["urlTemplate"].endswith("/search?q={search_term_string}")
    trail = docs["BreadcrumbList"]["itemListElement"]
    assert isinstance(trail, list)
    assert [each["name"] for each in trail] == ["Home", "Documentation", "The moon"]
    assert docs["TechArticle"]["headline"] == "The moon"
    assert api["WebAPI"]["description"] == "Of the <b>sea</b>."
    assert operation["TechArticle"]["about"] == {"@id": api["WebAPI"]["@id"]}
    offers = plans["Product"]["offers"]
    assert isinstance(offers, list)
    assert {(each["@type"], each["priceCurrency"]) for each in offers} == {("Offer", "USD")}
    assert {each["name"] for each in offers} == {"Basic", "Unlimited"}


def test_no_text_of_a_provider_ends_the_script_that_it_stands_in(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    evil = "</script><script>alert(1)</script><!-- & '\""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        update_settings(work, {"name": evil})
        page = {"kind": "page", "name": "/docs/evil", "title": evil, "handler": "markdown"}
        TEMPLATES.create(work, {**page, "published": "x"})

    assert structured(browser, "/")["Organization"]["name"] == evil
    assert structured(browser, "/docs/evil")["TechArticle"]["headline"] == evil
    assert "<script>alert" not in browser.page("/docs/evil")
