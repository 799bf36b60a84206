"""Forms for visitors ask for a little work where the provider wants it, by direct HTTP too."""

import json
import re
from collections.abc import Mapping
from html import unescape

import pytest

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from tests.cms.browser import signup_form
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.auth.test_captcha import solved

FORMS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("/signup", "/signup", signup_form()),
    ("/session", "/login", {"username": "john", "password": "wrong"}),
    ("/admin/account/password", "/admin/account/password/new", {"email": "a@x.example"}),
    ("/activate", "/activate", {"email": "a@x.example"}),
)


@pytest.fixture
def guarded(deps: Dependencies, acme: NewProvider, browser: Browser) -> Browser:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"spam_protection_level": "auto"})
    return browser


def answer_in(page: str) -> str:
    """Do what a page asks the browser for."""
    found = re.search(r'data-captcha="([^"]+)"', page)
    assert found, page
    return solved(json.loads(unescape(found[1])))


@pytest.mark.parametrize(("path", "page", "form"), FORMS)
def test_a_form_without_the_work_is_shown_again_and_with_it_taken(
    guarded: Browser, path: str, page: str, form: Mapping[str, str]
) -> None:
    refused = guarded.send(path, form, page=page)
    given = {**form, "altcha": answer_in(refused.text)}
    taken = guarded.send(path, given, page=page)
    again = guarded.send(path, given, page=page)

    assert (refused.status_code, "a little work" in refused.text) == (403, True)
    assert "Allow scripts" in refused.text
    assert taken.status_code in {303, 403}  # the password is wrong
    assert "a little work before" not in taken.text
    assert (again.status_code, "sent twice" in again.text) == (403, True)


def test_nothing_is_asked_where_it_is_off_and_of_who_is_logged_in(
    acme: NewProvider, browser: Browser
) -> None:
    assert "data-captcha" not in browser.page("/login")
    browser.log_in_john(acme)
    assert "data-captcha" not in browser.page("/admin/account/personal_details")
