"""The account and personal details."""

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import User
from tests.cms.browser import open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

ACCOUNT, PERSONAL = "/admin/account", "/admin/account/personal_details"


def test_the_account_is_renamed_and_shown_escaped(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)
    form = {"_method": "put", "account[org_name]": "<script>alert(1)</script>"}

    page = browser.follow(browser.send(ACCOUNT, form, page=ACCOUNT))

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "The account is saved." in page


def test_the_provider_can_close_the_account_area(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"useraccountarea_enabled": False})
    browser.log_in_john(acme)

    answer = browser.send(ACCOUNT, {"_method": "put", "account[org_name]": "New"}, page=ACCOUNT)

    assert answer.status_code == 403
    assert 'href="/admin/account/edit"' not in browser.get(ACCOUNT).text


def test_details_change_with_the_current_password_only(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    form = {"_method": "put", "user[first_name]": "Jo", "user[role]": "member"}
    form["user[email]"] = "jo@example.com"

    refused = browser.send(PERSONAL, form, page=PERSONAL)
    form["user[current_password]"] = "wrong"
    wrong = browser.send(PERSONAL, form, page=PERSONAL)
    form["user[current_password]"] = acme.sample.password
    saved = browser.send(PERSONAL, form, page=PERSONAL)

    with deps.database.read() as db:
        john = db.exec(select(User).where(User.username == "john")).one()
    assert refused.status_code == wrong.status_code == 403
    assert "Is needed for this" in refused.text
    assert "Is not your current password." in wrong.text
    assert 'value="Jo"' in refused.text
    assert saved.status_code == 303
    assert (john.first_name, john.role) == ("Jo", "admin")
    assert john.email == "jo@example.com"


def test_names_change_without_it(deps: Dependencies, acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)
    form = {"_method": "put", "user[first_name]": "Jo", "user[username]": "john"}

    assert browser.send(PERSONAL, form, page=PERSONAL).status_code == 303


def test_a_new_password_logs_out_every_other_browser(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    other = open_browser(deps)
    other.log_in_john(acme)
    browser.log_in_john(acme)
    old = browser.client.cookies["user_session"]
    form = {
        "_method": "put",
        "user[current_password]": acme.sample.password,
        "user[password]": "a horse of another colour",
        "user[password_confirmation]": "a horse of another colour",
    }

    answer = browser.send(f"{PERSONAL}/password", form, page=PERSONAL)

    assert "Your password is changed." in browser.follow(answer)
    assert browser.client.cookies["user_session"] != old
    assert other.get("/admin").status_code == 303
    other.client.close()


def test_a_refused_password_is_told_at_its_own_form(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)
    form = {"_method": "put", "user[password]": "x", "user[password_confirmation]": "y"}

    answer = browser.send(f"{PERSONAL}/password", form, page=PERSONAL)

    assert answer.status_code == 422
    assert "Is not the same as the password above." in answer.text
    assert "Must have 15 to" in answer.text
    assert answer.text.count('class="error"') == 2
