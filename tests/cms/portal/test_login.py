"""Logging in and out, and what sessions survive."""

import re

import pytest
from sqlmodel import select

from server.actions.accounts.accounts import suspend_account
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User, UserSession
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

CHALLENGE = re.compile(r'data-options="[^"]*"')  # what a device is asked is new each time


def test_a_session_cookie_is_new_at_each_login(acme: NewProvider, browser: Browser) -> None:
    browser.client.cookies.set("user_session", "chosen by somebody else")

    answer = browser.log_in("john", acme.sample.password)

    cookie = answer.headers["set-cookie"]
    assert "user_session=" in cookie
    assert "chosen" not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_logging_in_again_ends_the_earlier_session(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    browser.send("/session", {"username": "john", "password": acme.sample.password}, page="/admin")

    with deps.database.read() as db:
        assert len(db.exec(select(UserSession)).all()) == 1


def test_wrong_and_unknown_names_get_the_same_answer(browser: Browser) -> None:
    wrong = browser.log_in("john", "not the password")
    unknown = browser.log_in("nobody", "not the password")

    assert wrong.status_code == unknown.status_code == 403
    assert "Wrong username or password." in wrong.text
    same = [CHALLENGE.sub("", answer.text) for answer in (wrong, unknown)]
    assert same[0].replace("john", "") == same[1].replace("nobody", "")


def test_attempts_are_counted_per_name(browser: Browser) -> None:
    answers = [browser.log_in("john", "wrong") for _ in range(11)]

    assert [answer.status_code for answer in answers] == [403] * 10 + [429]
    assert 200 < int(answers[10].headers["retry-after"]) <= 300


@pytest.mark.parametrize(
    ("return_to", "location"),
    [
        ("/admin/applications?after=x", "/admin/applications?after=x"),
        ("//evil.example", "/admin"),
        ("/\\evil.example", "/admin"),
        ("https:evil.example", "/admin"),
        ("https://evil.example/", "/admin"),
        ("/admin\r\nSet-Cookie: a=b", "/admin"),
        ("/logout", "/admin"),
    ],
)
def test_only_own_pages_are_returned_to(
    acme: NewProvider, browser: Browser, return_to: str, location: str
) -> None:
    form = {"username": "john", "password": acme.sample.password, "return_to": return_to}

    answer = browser.send("/session", form, page="/login")

    assert answer.headers["location"] == location


def test_a_page_that_needs_a_login_is_returned_to(browser: Browser) -> None:
    answer = browser.get("/buyer/stats?days=7")

    assert answer.headers["location"] == "/login?return_to=%2Fbuyer%2Fstats%3Fdays%3D7"
    assert 'name="return_to" value="/buyer/stats?days=7"' in browser.follow(answer)


def test_a_logged_out_session_is_dead(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)
    token = browser.client.cookies["user_session"]

    left = browser.send("/logout", page="/admin")
    told = browser.follow(left)
    browser.client.cookies.set("user_session", token)

    assert "You are logged out." in told
    assert browser.get("/admin").status_code == 303


def test_a_link_to_logout_changes_nothing(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)

    browser.get("/logout")

    assert browser.get("/admin").status_code == 200


def test_a_suspended_account_is_out_at_once(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)

    with deps.database.write() as db:
        user = db.exec(select(User).where(User.username == "john")).one()
        suspend_account(by(db, staff(acme)), user.account_id or 0)

    assert browser.get("/admin").headers["location"] == "/login"


def test_staff_cannot_log_in_to_the_developer_portal(acme: NewProvider, browser: Browser) -> None:
    answer = browser.log_in("admin", acme.admin_password)

    assert answer.status_code == 403
