"""Inviting a colleague who joins the account, on the pages of the portal."""

from sqlmodel import select

from server.actions.accounts.invitations import issue_invitation_link
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import User
from tests.cms.browser import PASSWORD, open_browser
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

LIST, USERS = "/admin/account/invitations", "/admin/account/users"


def invite(browser: Browser, email: str = "ann@x.example") -> str:
    answer = browser.send(LIST, {"invitation[email]": email}, page=f"{LIST}/new")
    assert answer.status_code == 303, answer.text
    return browser.follow(answer)


def link_to_join(deps: Dependencies) -> str:
    """Make the link as the mail has it."""
    with deps.database.write() as db:
        invitation = db.exec(select(Invitation)).one()
        return f"/signup/{issue_invitation_link(db, deps.installation, invitation)}"


def join(visitor: Browser, link: str, **over: str) -> int:
    form = {"user[username]": "ann", "user[password]": PASSWORD, **over}
    return visitor.send(link, form, page=link).status_code


def test_an_invited_colleague_joins_and_sees_the_account(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    page = invite(browser)
    visitor = open_browser(deps)
    link = link_to_join(deps)

    shown = visitor.open(link)
    refused = join(visitor, link, **{"user[password]": "short"})
    joined = join(visitor, link)
    visitor.log_in("ann", PASSWORD)

    assert "ann@x.example" in page
    assert "Join " in shown.text
    assert "ann@x.example" in shown.text
    assert (refused, joined) == (422, 303)
    application = acme.sample.application
    seen = visitor.open(f"/admin/applications/{application.id}")
    assert application.name in seen.text
    assert not seen.tree.xpath("//form[contains(@action, 'user_key')]")
    assert "Invite a colleague" not in visitor.page(USERS)
    assert visitor.get(LIST).status_code == 403
    assert open_browser(deps).get(link).headers["location"] == "/login"


def test_a_colleague_is_promoted_locked_out_and_deleted(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    invite(browser)
    join(open_browser(deps), link_to_join(deps))
    with deps.database.read() as db:
        ann = db.exec(select(User.id).where(User.username == "ann")).one()
    edit = f"{USERS}/{ann}/edit"
    change = {"_method": "put"}

    promoted = browser.follow(
        browser.send(f"{USERS}/{ann}", {**change, "user[role]": "admin"}, page=edit)
    )
    locked = browser.follow(browser.send(f"{USERS}/{ann}/suspend", change, page=edit))
    again = browser.follow(browser.send(f"{USERS}/{ann}/unsuspend", change, page=edit))
    gone = browser.follow(browser.send(f"{USERS}/{ann}", {"_method": "delete"}, page=edit))

    assert "ann is an admin." in promoted
    assert "ann is locked out." in locked
    assert "ann may log in again." in again
    assert "ann is deleted." in gone
    assert browser.get(edit).status_code == 404


def test_an_invitation_is_sent_again_and_withdrawn(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    invite(browser)
    link = link_to_join(deps)
    with deps.database.read() as db:
        own = f"{LIST}/{db.exec(select(Invitation.id)).one()}"

    again = browser.follow(browser.send(f"{own}/resend", {"_method": "put"}, page=LIST))
    gone = browser.follow(browser.send(own, {"_method": "delete"}, page=LIST))

    assert "is invited again, by a new link." in again
    assert "Its link is dead." in gone
    assert "Nobody is invited yet." in gone
    assert open_browser(deps).get(link).headers["location"] == "/login"


def test_where_accounts_have_one_user_there_are_no_pages_of_users(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    assert USERS in browser.page("/admin/account")
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"multiple_users": False})

    answers = [browser.get(path).status_code for path in (USERS, LIST, f"{LIST}/new")]
    sent = browser.send(LIST, {"invitation[email]": "ann@x.example"}, page="/admin/account/edit")

    assert answers == [404, 404, 404]
    assert sent.status_code == 404
    assert USERS not in browser.page("/admin/account")
    with deps.database.read() as db:
        assert db.exec(select(Invitation)).all() == []
