"""Searching the portal: who may, what is found, and what never is."""

import json

from server.actions.portal.api_docs import API_DOCS
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.portal.pages import Template
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

SPEC = {
    "openapi": "3.1.0",
    "info": {"title": "Tides", "version": "1"},
    "paths": {"/tides": {"get": {"summary": "Height of the quicksilver tide"}}},
}


def publish(deps: Dependencies, acme: NewProvider, *, public: bool = True) -> None:
    """Publish a page and a specification beside a draft and a hidden one."""
    with deps.database.write() as db:
        work = by(db, staff(acme))
        page = {"kind": "page", "name": "/moon", "title": "Moon", "published": "Quicksilver!"}
        TEMPLATES.create(work, page)
        draft = {"kind": "page", "name": "/mars", "title": "Mars", "draft": "Quicksilver."}
        TEMPLATES.create(work, draft)
        docs = {"name": "Tides", "body": json.dumps(SPEC), "published": True}
        API_DOCS.create(work, docs)
        hidden = {"name": "Hidden", "body": json.dumps(SPEC), "published": False}
        API_DOCS.create(work, hidden)
        update_settings(work, {"public_search": public})


def test_published_pages_and_operations_are_found_and_nothing_else(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme)

    found = browser.get("/search.json?q=quicksilver").json()
    page = browser.open("/search?q=quicksilver").text

    assert set(found) == {"query", "total", "results"}
    assert [(each["title"], each["kind"]) for each in found["results"]] == [
        ("Moon", "page"),
        ("GET /tides", "operation"),
    ]
    assert found["total"] == 2
    assert "2 found" in page
    assert "Mars" not in page


def test_a_change_is_found_at_once_and_what_is_gone_is_not(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme)
    assert browser.get("/search.json?q=quicksilver moon").json()["total"] == 1
    with deps.database.write() as db:
        work = by(db, staff(acme))
        row = db.exec(TEMPLATES.query(work.actor).where(Template.name == "/moon")).one()
        TEMPLATES.update(work, row.id, {"published": "Cheese."})

    assert browser.get("/search.json?q=quicksilver moon").json()["total"] == 0
    assert browser.get("/search.json?q=cheese").json()["total"] == 1


def test_visitors_log_in_first_unless_search_is_for_everybody(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme, public=False)

    page, machine = browser.get("/search?q=x"), browser.get("/search.json?q=x")
    john = open_browser(deps)
    john.log_in_john(acme)

    assert (page.status_code, machine.status_code) == (303, 403)
    assert page.headers["location"].startswith("/login")
    assert john.get("/search.json?q=quicksilver").json()["total"] == 2


def test_what_is_typed_is_shown_escaped(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    publish(deps, acme)

    page = browser.page("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")

    assert "<script>alert" not in page
    assert "Nothing fits." in page
