"""A portal that is not open yet asks for its access code first."""

import pytest

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from tests.cms.browser import open_browser, signup_form
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

CODE = "open sesame"


@pytest.fixture
def closed(deps: Dependencies, acme: NewProvider, browser: Browser) -> Browser:
    """Close the portal by a code."""
    set_code(deps, acme, CODE)
    return browser


def set_code(deps: Dependencies, acme: NewProvider, code: str) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"site_access_code": code, "public_search": True})


def give(browser: Browser, code: str = CODE, **more: str) -> int:
    page = "/access_code"
    return browser.send(page, {"access_code": code, **more}, page=page).status_code


@pytest.mark.parametrize("path", ["/", "/plans", "/signup", "/login", "/nothing", "/search.json"])
def test_every_page_leads_to_the_code(closed: Browser, path: str) -> None:
    answer = closed.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/access_code?return_to=")


def test_forms_lead_there_too_and_do_nothing(closed: Browser) -> None:
    answer = closed.send("/signup", signup_form(), page="/access_code")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/access_code")


def test_documents_and_files_of_the_theme_are_excepted(closed: Browser, acme: NewProvider) -> None:
    for path in ("/css/portal.css", "/css/look.css", "/javascripts/portal.js", "/favicon.ico"):
        assert closed.get(path).status_code == 200
    assert closed.get("/images/nothing.png").status_code == 303
    assert closed.get("/images/logo").status_code == 404
    assert closed.get("/swagger/spec/echo.json").status_code in {200, 404}


def test_who_gives_the_code_comes_in_until_it_is_another(
    deps: Dependencies, acme: NewProvider, closed: Browser
) -> None:
    assert give(closed, "wrong") == 422
    assert closed.get("/plans").status_code == 303
    assert give(closed) == 303
    assert closed.get("/plans").status_code == 200
    assert open_browser(deps).get("/plans").status_code == 303

    set_code(deps, acme, "another")

    assert closed.get("/plans").status_code == 303
    set_code(deps, acme, "")
    assert closed.get("/plans").status_code == 200
    assert closed.get("/access_code").headers["location"] == "/"


def test_one_returns_to_the_page_that_was_asked_for_and_nowhere_else(closed: Browser) -> None:
    page = closed.open("/plans?x=1")
    back = closed.submit(page, "/access_code", access_code=CODE)

    assert back.url.endswith("/plans?x=1")
    evil = closed.send("/access_code", {"access_code": CODE, "return_to": "//evil.example"})
    assert "evil" not in evil.headers["location"]


def test_guessing_is_slow(closed: Browser) -> None:
    answers = [give(closed, f"guess {number}") for number in range(25)]

    assert set(answers) == {422, 429}
