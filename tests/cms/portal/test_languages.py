"""In which language a visitor reads, and that refusals and notices are in it too."""

import pytest
from sqlmodel import select

from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from tests.cms.browser import signup_form
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def _language(browser: Browser, path: str = "/login", accept: str = "") -> str:
    headers = {"Accept-Language": accept} if accept else {}
    return str(browser.client.get(path, headers=headers).headers["content-language"])


@pytest.mark.parametrize(
    ("accept", "tag"),
    [
        ("", "en"),
        ("de-AT,de;q=0.9,en;q=0.5", "de"),
        ("fr, es;q=0.8, en;q=0.2", "es"),
        ("en-GB,de;q=0.9", "en"),
        ("fr, ja", "en"),
        ("de;q=0, es;q=0.1", "es"),
        (";;;q=,", "en"),
    ],
)
def test_the_browser_says_which_language(browser: Browser, accept: str, tag: str) -> None:
    assert _language(browser, accept=accept) == tag


def test_an_address_says_it_and_the_choice_stays(browser: Browser) -> None:
    assert _language(browser, "/es/login", accept="de") == "es"
    assert _language(browser, "/login", accept="de") == "es"
    assert _language(browser, "/de/plans", accept="es") == "de"
    assert _language(browser, "/en", accept="es") == "en"
    assert _language(browser, "/") == "en"


def test_a_user_has_a_language_that_an_explicit_choice_outweighs(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    page = "/admin/account/personal_details"
    user = acme.sample.user
    names = {"user[username]": user.username, "user[email]": user.email}
    browser.send(page, {**names, "user[locale]": "de", "_method": "put"}, page=page)

    assert _language(browser, "/admin", accept="es") == "de"
    assert _language(browser, "/es/admin", accept="de") == "es"
    assert _language(browser, "/admin") == "es"


def test_a_refusal_is_in_the_language_of_the_page(browser: Browser) -> None:
    browser.client.get("/es/")
    page = browser.send("/signup", signup_form(**{"account[user][password]": "short"}))

    assert "Debe tener de 15 a 256 caracteres." in page.text
    assert "Must have" not in page.text


def test_who_signs_up_has_the_language_of_the_page(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.client.get("/es/")
    browser.send("/signup", signup_form("eva"))

    with deps.database.read() as db:
        user = db.exec(select(User).where(User.username == "eva")).one()
        assert user.locale == "es"


def test_a_page_of_the_providers_in_a_language_comes_first(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    text = {"kind": "page", "name": "/es/docs", "title": "Guía", "published": "<h1>Hola</h1>"}
    with deps.database.write() as db:
        TEMPLATES.create(by(db, staff(acme), deps.installation), text)

    assert "<h1>Hola</h1>" in browser.client.get("/es/docs").text
    assert "<h1>Hola</h1>" in browser.client.get("/docs").text
    assert "<h1>Hola</h1>" not in browser.client.get("/en/docs").text


def test_only_languages_that_are_spoken_begin_an_address(browser: Browser) -> None:
    assert browser.client.get("/fr/login").status_code == 404
    assert browser.client.get("/essays").status_code == 404
