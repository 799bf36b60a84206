"""A forgotten password, from asking to logging in with another."""

from sqlmodel import select

from server.actions.accounts.users import PASSWORD_RESET, issue_link
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from server.domain.events import EventKind, EventRecord
from tests.kit.browser import Browser

NEW = "a horse of another colour"


def _link(deps: Dependencies) -> str:
    with deps.database.write() as db:
        john = db.exec(select(User).where(User.username == "john")).one()
        return issue_link(db, deps.installation, john, PASSWORD_RESET)


def _change(browser: Browser, token: str, password: str, again: str | None = None) -> int:
    form = {
        "_method": "put",
        "password_reset_token": token,
        "user[password]": password,
        "user[password_confirmation]": password if again is None else again,
    }
    return browser.send("/admin/account/password", form).status_code


def test_asking_gets_the_same_answer_for_every_address(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    known = browser.send("/admin/account/password", {"email": acme.sample.user.email})
    unknown = browser.send("/admin/account/password", {"email": "nobody@example.com"})

    with deps.database.read() as db:
        asked = select(EventRecord).where(EventRecord.kind == EventKind.PASSWORD_RESET_ASKED)
        told = [event.facts["email"] for event in db.exec(asked)]
    assert told == [acme.sample.user.email, "nobody@example.com"]
    assert known.headers["location"] == unknown.headers["location"] == "/login"
    assert "If an account has this address" in browser.follow(known)


def test_a_link_sets_a_password_once(deps: Dependencies, browser: Browser) -> None:
    token = _link(deps)
    page = browser.get(f"/admin/account/password?password_reset_token={token}").text

    first = _change(browser, token, NEW)
    second = _change(browser, token, "yet another password")

    assert f'name="password_reset_token" value="{token}"' in page
    assert first == second == 303
    assert browser.log_in("john", NEW).headers["location"] == "/admin"


def test_a_password_is_typed_twice_the_same(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    status = _change(browser, _link(deps), NEW, "another one altogether")

    assert status == 422
    browser.log_in_john(acme)


def test_a_dead_link_leads_to_asking_again(browser: Browser) -> None:
    answer = browser.get("/admin/account/password?password_reset_token=dead")

    assert answer.headers["location"] == "/admin/account/password/new"
    assert "was used or has expired" in browser.follow(answer)
