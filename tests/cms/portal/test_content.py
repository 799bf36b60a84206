"""What is at a path: redirect, file, page; who may see it; drafts for staff alone."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import Session

from server.actions.portal.files import FILES, add_file, change_file
from server.actions.portal.groups import GROUPS, set_group_account, set_group_section
from server.actions.portal.pages import TEMPLATES
from server.actions.portal.previews import preview_link
from server.actions.portal.publishing import hide_template, publish_template
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.providers import NewProvider
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.statements import counted
from tests.kit.work import by

ICON = b"\x00\x00\x01\x00" + bytes(range(256)) * 8


def at_work(db: Session, deps: Dependencies, acme: NewProvider) -> Work:
    return by(db, staff(acme), deps.installation)


def page(work: Work, path: str, text: str, **values: Any) -> int:
    """Publish a page."""
    given: Mapping[str, Any] = {"kind": "page", "name": path, "published": text, **values}
    return TEMPLATES.create(work, given).id


def test_a_redirect_comes_before_a_file_and_a_file_before_a_page(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        page(work, "/one", "a page")
        page(work, "/two", "a page")
        file = add_file(work, {"path": "/one"}, b"a file").id
        add_file(work, {"path": "/two"}, b"a file")
        REDIRECTS.create(work, {"source": "/two", "target": "/one"})

    moved, found = browser.get("/two"), browser.get("/one")

    assert (moved.status_code, moved.headers["location"]) == (301, "/one")
    assert found.content == b"a file"
    with deps.database.write() as db:
        FILES.delete(at_work(db, deps, acme), file)
    assert "a page" in browser.page("/one")
    assert browser.get("/three").status_code == 404


def test_a_file_is_served_with_its_type_and_as_often_as_it_changes(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        file = add_file(at_work(db, deps, acme), {"path": "/images/icon.ico"}, ICON).id

    first = browser.get("/images/icon.ico")
    again = browser.client.get("/images/icon.ico", headers={"if-none-match": first.headers["etag"]})
    with deps.database.write() as db:
        change_file(at_work(db, deps, acme), file, {}, b"another")
    other = browser.client.get("/images/icon.ico", headers={"if-none-match": first.headers["etag"]})

    assert (first.status_code, first.content) == (200, ICON)
    assert first.headers["content-type"] == "image/x-icon"
    assert first.headers["cache-control"] == "public, max-age=3600"
    assert first.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in first.headers
    assert (again.status_code, again.content) == (304, b"")
    assert other.content == b"another"


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=100-", 206, slice(100, 2052)),
        ("bytes=-10", 206, slice(2042, 2052)),
        ("bytes=2000-9999", 206, slice(2000, 2052)),
        ("bytes=5-2", 200, slice(0, 2052)),
        ("lines=1-2", 200, slice(0, 2052)),
        ("bytes=9999-", 416, slice(0, 0)),
    ],
)
def test_a_part_of_a_file_is_served(
    deps: Dependencies, browser: Browser, asked: str, status: int, part: slice
) -> None:
    with deps.database.write() as db:
        work = Work(db, Actor.system(1), deps.installation)
        add_file(work, {"path": "/images/icon.ico"}, ICON)

    answer = browser.client.get("/images/icon.ico", headers={"range": asked})

    assert (answer.status_code, answer.content) == (status, ICON[part])
    if status == 206:
        told = f"bytes {part.start}-{part.stop - 1}/2052"
        assert answer.headers["content-range"] == told


def test_a_large_file_is_read_while_it_is_sent(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    content = bytes(range(251)) * 13_000  # 3.2 MB: 13 chunks, none of which looks like another
    with deps.database.write() as db:
        add_file(at_work(db, deps, acme), {"path": "/book.pdf", "downloadable": True}, content)

    whole = browser.get("/book.pdf")
    part = browser.client.get("/book.pdf", headers={"range": "bytes=200000-3000000"})

    assert whole.content == content
    assert whole.headers["content-disposition"] == "attachment; filename*=UTF-8''book.pdf"
    assert part.content == content[200_000:3_000_001]


@pytest.mark.parametrize("path", ["/a.svg", "/a.html", "/a.xml", "/a.xhtml.xml"])
def test_what_could_hold_scripts_runs_none_in_the_portals_name(
    deps: Dependencies, acme: NewProvider, browser: Browser, path: str
) -> None:
    with deps.database.write() as db:
        add_file(at_work(db, deps, acme), {"path": path}, b"<svg onload='alert(1)'/>")

    policy = browser.get(path).headers["content-security-policy"]

    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")


def test_a_providers_file_takes_the_place_of_the_themes(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        add_file(work, {"path": "/css/portal.css"}, b"body { color: teal }")
        add_file(work, {"path": "/favicon.ico"}, ICON)

    sheet = browser.open("/").value("//link[@rel='stylesheet']/@href")

    assert browser.get(sheet).content == b"body { color: teal }"
    assert "immutable" in browser.get(sheet).headers["cache-control"]
    assert browser.get("/favicon.ico").content == ICON
    assert browser.get("/css/charts.css").status_code == 200
    assert browser.get("/css/none.css").status_code == 404


def test_a_private_section_is_not_there_but_for_accounts_of_its_groups(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        private = SECTIONS.create(work, {"title": "Partners", "public": False}).id
        inner = SECTIONS.create(work, {"title": "Deep", "parent_id": private}).id
        page(work, "/partners", "for partners", section_id=inner)
        add_file(work, {"path": "/price.txt", "section_id": inner}, b"cheap")
        group = GROUPS.create(work, {"name": "Partners"}).id
        TEMPLATES.create(
            work,
            {
                "kind": "partial",
                "name": "contents",
                "portlet": "table_of_contents",
                "section_id": private,
            },
        )
        page(work, "/toc", "{% include 'contents' %}")
    browser.log_in_john(acme)

    for path in ("/partners", "/price.txt"):
        assert browser.get(path).status_code == 404
        assert open_browser(deps).get(path).status_code == 404
    assert "/partners" not in browser.page("/toc")
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        set_group_section(work, group, private, included=True)
        set_group_account(work, group, acme.sample.user.account_id or 0, included=True)

    assert "for partners" in browser.page("/partners")
    answer = browser.get("/price.txt")
    assert (answer.content, answer.headers["cache-control"]) == (b"cheap", "private, no-cache")
    assert "/partners" in browser.page("/toc")
    assert open_browser(deps).get("/partners").status_code == 404


def test_a_hidden_page_is_not_there_even_where_one_is_shipped(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        number = page(work, "/plans", "my plans")
        hide_template(work, number)

    assert browser.get("/plans").status_code == 404
    with deps.database.write() as db:
        publish_template(at_work(db, deps, acme), number)
    assert "my plans" in browser.page("/plans")


def test_a_page_is_what_it_says_it_is(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        page(work, "/my.css", "a { top: {{ 1 | plus: 1 }}px }", content_type="text/css")
        page(work, "/bare", "<p>bare</p>", layout="none")
        page(work, "/raw", "{{ 1 | plus: 1 }}", liquid_enabled=False)
        page(
            work, "/tea", 'h2. Tea\n\n"x":javascript:alert(1) <script>x</script>', handler="textile"
        )
        page(work, "/who", "{{ page.title }}|{{ page.system_name }}", title="Who we are")

    sheet = browser.get("/my.css")
    assert sheet.headers["content-type"] == "text/css; charset=utf-8"
    assert sheet.text == "a { top: 2px }"
    assert browser.page("/bare") == "<p>bare</p>"
    assert "{{ 1 | plus: 1 }}" in browser.page("/raw")
    tea = browser.page("/tea")
    assert "<h2>Tea</h2>" in tea
    assert 'href="javascript' not in tea
    assert "<script>x" not in tea
    assert "Who we are|who_we_are" in browser.page("/who")


def entered(link: str, browser: Browser) -> None:
    """Follow a link of the admin portal, which is on another host."""
    parts = urlsplit(link)
    assert browser.get(f"{parts.path}?{parts.query}").status_code == 303


def test_staff_see_drafts_by_a_signed_link_and_nobody_else_does(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        private = SECTIONS.create(work, {"title": "Private", "public": False}).id
        page(work, "/news", "old words", draft="new words")
        page(work, "/soon", "x", section_id=private)
        link = preview_link(work, acme.provider, "/news")

    assert "old words" in browser.page("/news")
    entered(link, browser)
    assert "new words" in browser.page("/news")
    assert "You see drafts" in browser.page("/news")
    assert browser.get("/soon").status_code == 200
    assert "old words" in browser.page("/news?cms=published")
    entered("/cms/preview?cms=published&return_to=/news", browser)
    assert "old words" in browser.page("/news")
    entered("/cms/preview?cms=off", browser)
    assert "You see" not in browser.page("/news")
    other = open_browser(deps)
    assert other.get(urlsplit(link).path + "?cms=draft").status_code >= 400
    assert "old words" in other.page("/news?cms=draft")


@pytest.mark.parametrize("what", ["expires_at", "signature"])
def test_a_link_that_was_altered_opens_nothing(
    deps: Dependencies, acme: NewProvider, browser: Browser, what: str
) -> None:
    with deps.database.write() as db:
        link = preview_link(at_work(db, deps, acme), acme.provider)
    parts = urlsplit(link)
    altered = parts.query.replace(f"{what}=", f"{what}=9")

    assert browser.get(f"{parts.path}?{altered}").status_code == 422
    assert (
        browser.get("/cms/preview?return_to=//evil.example&cms=off").headers["location"] == "/admin"
    )


def test_staff_are_shown_what_is_wrong_with_a_draft(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        page(work, "/news", "old", draft="line one\n{% include 'a' %}{{ 1 | divided_by: 0 }}")
        link = preview_link(work, acme.provider, "/news")
    entered(link, browser)

    answer = browser.get("/news")

    assert answer.status_code == 500
    assert "page /news, line 2" in answer.text


def test_a_page_costs_one_statement_for_all_that_could_be_at_its_path(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        work = at_work(db, deps, acme)
        private = SECTIONS.create(work, {"title": "Private", "public": False}).id
        for number in range(5):
            page(work, f"/private/{number}", "x", section_id=private)
            add_file(work, {"path": f"/images/{number}.png"}, b"x")
            REDIRECTS.create(work, {"source": f"/old/{number}", "target": "/docs"})
    browser.get("/")

    with counted(deps) as statements:
        browser.get("/")

    about = [each for each in statements if "templates" in each or "redirects" in each]
    assert len(about) == 1
    assert len([each for each in statements if each.startswith(("SELECT", "select"))]) <= 4
