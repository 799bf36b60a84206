"""Who finds what at the addresses where programs look: visitor, developer, closed portal."""

from typing import Any

import pytest

from server.actions.portal.files import add_file
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.publishing import hide_template
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.machines import PRIVATE, SEEN, UNSEEN, furnish, key_of
from tests.kit.make import staff
from tests.kit.statements import counted
from tests.kit.work import by

LISTS = ("/llms.txt", "/llms-full.txt", "/sitemap.xml")
OURS = (*LISTS, "/robots.txt", "/.well-known/api-catalog")


@pytest.fixture
def john(deps: Dependencies, acme: NewProvider) -> Browser:
    """Let the developer of the sample log in, who sees the private section."""
    john = open_browser(deps)
    john.log_in_john(acme)
    return john


def close(deps: Dependencies, acme: NewProvider) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme), deps.installation), {"site_access_code": "sesame"})


def test_each_list_tells_a_visitor_what_he_may_see_and_nothing_else(
    deps: Dependencies, acme: NewProvider, browser: Browser, john: Browser
) -> None:
    furnish(deps, acme)

    for path in LISTS:
        visitors, developers = browser.page(path), john.page(path)
        for page in SEEN:
            address = {"/": "/index"}.get(page, page) if "llms" in path else page
            ending = ".md" if "llms" in path else "<"
            assert f"http://localhost:8000{address}{ending}" in visitors, (path, page)
        for page in UNSEEN:
            assert page not in visitors, (path, page)
            assert page not in developers, (path, page)
        assert "Hidden" not in visitors
        assert PRIVATE not in visitors
        assert (PRIVATE in developers) == ("llms" in path), path  # no search engine sees it
    assert "Cheap." in john.page("/llms-full.txt")
    assert "hidden" not in browser.page("/sitemap.xml")


def test_a_list_of_links_is_as_llmstxt_wants_it(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)

    lines = browser.page("/llms.txt").splitlines()
    spanish = browser.page("/es/llms.txt")

    assert lines[0] == "# Acme"
    assert lines[2].startswith("> ")
    sections = [line for line in lines if line.startswith("## ")]
    assert sections == ["## Documentation", "## API reference", "## Pages", "## Optional"]
    assert "- [The moon](http://localhost:8000/docs/moon.md)" in lines
    assert "  - [OpenAPI 3.1.0](http://localhost:8000/swagger/spec/tides.json)" in lines
    assert "## Documentación" in spanish
    assert "(http://localhost:8000/es/docs/moon.md)" in spanish


def test_one_text_holds_pages_and_operations_without_anybodys_key(
    deps: Dependencies,
    acme: NewProvider,
    browser: Browser,
    john: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cms.portal.machines.llms.MOST_S", 60)  # a busy machine leaves pages out
    furnish(deps, acme)
    key = key_of(deps, acme)

    for text in (browser.page("/llms-full.txt"), john.page("/llms-full.txt")):
        assert "# The moon Acme" in text
        assert "Height of the tide" in text
        assert "YOUR_KEY" in text
        assert key not in text
    assert key in john.page("/")  # what people see has it


def test_who_wants_all_of_it_anew_too_often_waits(
    deps: Dependencies,
    acme: NewProvider,
    browser: Browser,
    john: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gates = deps.gates
    monkeypatch.setattr(gates, "whole_texts", type(gates.whole_texts)(gates, "few", 2, 9, 10))

    visitors = [browser.get(f"/llms-full.txt?again={number}") for number in range(4)]
    developers = [john.get("/llms-full.txt") for _ in range(3)]

    assert {each.text for each in visitors} == {visitors[0].text}  # it is kept
    assert [each.status_code for each in (*visitors, *developers)] == [*[200] * 6, 429]


def test_of_a_text_that_is_too_long_the_rest_is_listed(
    deps: Dependencies, acme: NewProvider, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnish(deps, acme)
    monkeypatch.setattr("cms.portal.machines.llms.MOST_PAGES", 2)

    text = browser.page("/llms-full.txt")

    assert text.count("<!-- http") == 2
    assert "## More pages" in text
    assert "- [News](http://localhost:8000/news.md)" in text


def test_a_closed_portal_tells_nothing_until_the_code_is_given(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    furnish(deps, acme)
    close(deps, acme)

    more = ("/docs/moon.md", "/sitemap-1.xml", "/api_docs/apis/api/meta.json", "/index.md")
    for path in (*OURS, *more):
        answer = browser.get(path)
        if path == "/robots.txt":
            assert answer.text == "User-agent: *\nDisallow: /\n"
        else:
            assert answer.status_code == 303, path
            assert answer.headers["location"].startswith("/access_code"), path
    browser.send("/access_code", {"access_code": "sesame"}, page="/access_code")
    assert "/docs/moon.md" in browser.page("/llms.txt")


def test_what_a_provider_puts_there_comes_first_and_what_he_hides_is_gone(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        add_file(work, {"path": "/robots.txt"}, b"User-agent: me")
        text = {"kind": "page", "content_type": "text/plain", "layout": "none"}
        llms = TEMPLATES.create(work, {**text, "name": "/llms.txt", "published": "Mine"})
        TEMPLATES.create(work, {**text, "name": "/sitemap.xml", "published": "<mine/>"})
        hidden = TEMPLATES.create(work, {**text, "name": "/llms-full.txt", "published": "x"})
        hide_template(work, hidden.id)

    assert browser.get("/robots.txt").content == b"User-agent: me"
    assert browser.page("/llms.txt") == "Mine"
    assert browser.page("/sitemap.xml") == "<mine/>"
    assert browser.get("/llms-full.txt").status_code == 404
    with deps.database.write() as db:
        TEMPLATES.delete(by(db, staff(acme), deps.installation), llms.id)
    assert browser.page("/llms.txt").startswith("# Acme")


def test_crawlers_are_kept_from_what_is_one_visitors(browser: Browser) -> None:
    text = browser.page("/robots.txt")

    assert "Disallow: /admin\n" in text
    assert "Disallow: /p/admin\n" in text  # of a bare host, which serves it by path
    assert "Sitemap: http://localhost:8000/sitemap.xml\n" in text


def test_lists_cost_as_many_statements_however_much_there_is(
    deps: Dependencies, acme: NewProvider, john: Browser
) -> None:
    furnish(deps, acme)
    costs: list[dict[str, int]] = []
    for number in range(2):
        with deps.database.write() as db:
            work = by(db, staff(acme), deps.installation)
            for page in range(5):
                values: dict[str, Any] = {"kind": "page", "name": f"/more/{number}/{page}"}
                TEMPLATES.create(work, {**values, "published": "x"})
        cost = {}
        for path in ("/llms.txt", "/sitemap.xml", "/.well-known/api-catalog"):
            with counted(deps) as statements:
                john.page(path)
            cost[path] = len(statements)
        costs.append(cost)

    assert costs[0] == costs[1]
