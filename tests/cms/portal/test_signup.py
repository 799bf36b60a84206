"""Signing up, from the form to the first key."""

from collections.abc import Sequence
from dataclasses import replace

import httpx2 as httpx
from sqlmodel import select

from server.actions.accounts.users import ACTIVATION, issue_link
from server.actions.plans.plans import hide_plan
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.events import EventKind, EventRecord
from server.domain.plans.plans import ApplicationPlan
from tests.cms.browser import PASSWORD, open_browser, signup_form
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def _link(deps: Dependencies, username: str) -> str:
    with deps.database.write() as db:
        user = db.exec(select(User).where(User.username == username)).one()
        return issue_link(db, deps.installation, user, ACTIVATION)


def _activate(browser: Browser, code: str) -> httpx.Response:
    """Open the page of a link, and press its button."""
    return browser.send(f"/activate/{code}")


def _users(deps: Dependencies) -> Sequence[User]:
    with deps.database.read() as db:
        return db.exec(select(User).where(User.audience == "developer")).all()


def _plan(deps: Dependencies, name: str) -> ApplicationPlan:
    with deps.database.read() as db:
        return db.exec(select(ApplicationPlan).where(ApplicationPlan.name == name)).one()


def test_a_developer_gets_from_the_form_to_a_key(deps: Dependencies, browser: Browser) -> None:
    unlimited = _plan(deps, "Unlimited")
    page = browser.get(f"/signup?plan_ids[]={unlimited.id}").text

    sent = browser.send("/signup", signup_form(**{"plan_ids[]": str(unlimited.id)}), page="/signup")
    told = browser.follow(_activate(browser, _link(deps, "ann")))
    browser.log_in("ann", PASSWORD)
    dashboard = browser.get("/admin").text

    assert f'name="plan_ids[]" value="{unlimited.id}"' in page
    assert sent.headers["location"] == "/signup/success"
    assert "Your account is active" in told
    assert "ann Ltd&#39;s App" in dashboard
    assert "plan Unlimited" in dashboard
    assert "API key (user_key)" in dashboard


def test_an_account_that_wants_approval_waits(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"account_approval_required": True})
    browser.send("/signup", signup_form(), page="/signup")

    told = browser.follow(_activate(browser, _link(deps, "ann")))
    refused = browser.log_in("ann", PASSWORD)

    assert "waits for approval" in told
    assert refused.status_code == 403
    assert "waits for approval" in refused.text


def test_a_refused_form_keeps_what_was_typed_and_says_why_at_the_field(browser: Browser) -> None:
    form = signup_form(**{"account[user][password]": "short", "account[org_name]": "<b>Ann</b>"})

    answer = browser.send("/signup", form, page="/signup")

    assert answer.status_code == 422
    assert 'value="&lt;b&gt;Ann&lt;/b&gt;"' in answer.text
    assert 'aria-describedby="password-error password-hint"' in answer.text
    assert "Must have 15 to 256 characters" in answer.text
    assert '"short"' not in answer.text


def test_a_known_mail_address_gets_the_same_answer_and_a_mail(
    deps: Dependencies, browser: Browser
) -> None:
    browser.send("/signup", signup_form(), page="/signup")
    before = len(_users(deps))

    form = signup_form("bob", **{"account[user][email]": "ANN@example.com"})
    answer = browser.send("/signup", form, page="/signup")

    with deps.database.read() as db:
        repeated = select(EventRecord).where(EventRecord.kind == EventKind.SIGNUP_REPEATED)
        events = db.exec(repeated).all()
        accounts = db.exec(select(Account).where(Account.org_name == "bob Ltd")).all()
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signup/success"
    assert len(_users(deps)) == before
    assert len(events) == 1
    assert not accounts


def test_a_taken_username_is_told_at_the_field(browser: Browser) -> None:
    answer = browser.send("/signup", signup_form("john"), page="/signup")

    assert answer.status_code == 409
    assert "Has already been taken" in answer.text


def test_closed_signups_are_closed_by_direct_http_too(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"signups_enabled": False})
    before = len(_users(deps))

    shown = browser.get("/signup")
    sent = browser.send("/signup", signup_form())

    assert (shown.status_code, sent.status_code) == (403, 403)
    assert "Signups are closed" in shown.text
    assert len(_users(deps)) == before


def test_a_hidden_plan_cannot_be_signed_up_for(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    plan = _plan(deps, "Unlimited")
    with deps.database.write() as db:
        hide_plan(by(db, staff(acme)), ApplicationPlan, plan.id)

    answer = browser.send("/signup", signup_form(**{"plan_ids[]": str(plan.id)}), page="/signup")

    assert answer.status_code == 404
    assert [user.username for user in _users(deps)] == ["john"]


def test_fields_that_are_not_on_the_form_are_ignored(deps: Dependencies, browser: Browser) -> None:
    extra = {
        "account[state]": "approved",
        "account[user][state]": "active",
        "account[user][role]": "member",
        "account[provider_id]": "99",
    }

    browser.send("/signup", signup_form(**extra), page="/signup")

    user = next(user for user in _users(deps) if user.username == "ann")
    with deps.database.read() as db:
        account = db.get_one(Account, user.account_id)
        applications = db.exec(
            select(Application).where(Application.account_id == account.id)
        ).all()
    assert (user.state, user.role, account.state) == ("pending", "admin", "created")
    assert account.provider_id == user.provider_id
    assert len(applications) == 1


def test_a_link_works_once_and_a_dead_one_offers_another(
    deps: Dependencies, browser: Browser
) -> None:
    browser.send("/signup", signup_form(), page="/signup")
    code = _link(deps, "ann")
    expired = browser.get("/activate/nobodys")
    _activate(browser, code)

    assert expired.status_code == 410
    assert "Send a new link" in expired.text
    for again in ("the link", "the button"):
        click = (
            browser.get(f"/activate/{code}") if again == "the link" else _activate(browser, code)
        )
        assert "Your account is active" in browser.follow(click), f"the person's own, on {again}"
    resent = browser.send("/activate", {"email": "nobody@example.com"})
    assert "a new link is on its way" in browser.follow(resent)


def test_programs_that_follow_the_link_change_nothing(deps: Dependencies, browser: Browser) -> None:
    browser.send("/signup", signup_form(), page="/signup")
    link = f"/activate/{_link(deps, 'ann')}"

    scanned = [browser.client.request(method, link) for method in ("HEAD", "GET", "HEAD", "GET")]

    assert [each.status_code for each in scanned] == [200] * 4
    assert "Activate the account" in scanned[-1].text
    assert {user.state for user in _users(deps) if user.username == "ann"} == {"pending"}
    told = browser.submit(browser.open(link), link)
    assert "Your account is active" in told.text


def test_all_that_is_wrong_with_a_signup_is_told_at_once(browser: Browser) -> None:
    wrong = {
        "account[org_name]": " ",
        "account[user][username]": "x",
        "account[user][email]": "nowhere",
        "account[user][password]": "short",
    }

    answer = browser.send("/signup", wrong, page="/signup")

    assert answer.status_code == 422
    for field in ("org-name", "username", "email", "password"):
        assert f'id="{field}-error"' in answer.text


def test_without_a_mail_server_it_is_told_where_the_mail_is(
    deps: Dependencies, browser: Browser
) -> None:
    kept = browser.get("/signup/success").text
    again = browser.follow(browser.send("/activate", {"email": "nobody@example.com"}))
    lost = browser.follow(browser.send("/admin/account/password", {"email": "x@example.com"}))
    sends = open_browser(replace(deps, mails_are_kept=False))
    sent = sends.get("/signup/success").text
    sent_again = sends.follow(sends.send("/activate", {"email": "nobody@example.com"}))
    sends.client.close()

    assert 'href="http://localhost:8000/p/admin/mails"' in kept
    assert "be sent" in kept
    assert "under Mails" in again
    assert "under Mails" in lost
    assert "We sent you a mail" in sent
    assert "/p/admin" not in sent
    assert "under Mails" not in sent_again


def test_what_fills_in_the_field_that_nobody_sees_is_told_the_same_and_nothing_is_made(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    form = signup_form("robot", website="https://spam.example")

    answer = browser.send("/signup", form, page="/signup")

    assert answer.headers["location"] == "/signup/success"
    with deps.database.read() as db:
        assert db.exec(select(User).where(User.username == "robot")).first() is None
    assert 'tabindex="-1"' in browser.page("/signup")
