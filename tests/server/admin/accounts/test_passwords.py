"""A lost password of the staff: a link by mail, a page to set another."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from server.actions.accounts.users import ACTIVATION, PASSWORD_RESET, issue_link
from server.actions.provider.providers import NewProvider
from server.admin.accounts.passwords import PasswordPage
from server.admin.render import render_plain
from server.auth.dependencies import Dependencies
from server.domain.accounts.users import OneTimeToken, User
from server.domain.events import EventKind, EventRecord
from tests.kit.browser import Browser

NEW = "seven blue plums fell up"
Open = Callable[[str], Browser]


@pytest.fixture
def deps(deps: Dependencies) -> Dependencies:
    """Let mails be sent: where they are kept, none would reach who can't log in."""
    return replace(deps, mails_are_kept=False)


def link_of(deps: Dependencies, user: User, purpose: str = PASSWORD_RESET) -> str:
    """Make the code of a mailed link."""
    with deps.database.write() as db:
        return issue_link(db, deps.installation, db.get_one(User, user.id), purpose)


def page_of(code: str) -> str:
    """Tell where a mailed link leads."""
    return f"/password?password_reset_token={code}"


def change(browser: Browser, code: str, password: str = NEW, again: str = "") -> str:
    """Fill in the form of a link, and tell the page that follows."""
    page = browser.open(page_of(code))
    fields = {"password": password, "password_again": again or password}
    return browser.submit(page, "/password/new", **fields).text


@pytest.mark.parametrize("email", ["admin@acme.example", "x@y.example"])
def test_asking_is_answered_alike_for_every_address(
    email: str, deps: Dependencies, anonymous: Browser
) -> None:
    login = anonymous.open("/login")
    asked = anonymous.submit(anonymous.open("/password"), "/password", email=email)

    assert "Lost your password?" in login.text
    assert "a link to set a new password is on its way" in asked.text
    with deps.database.read() as db:
        kind = EventKind.PASSWORD_RESET_ASKED
        event = db.exec(select(EventRecord).where(EventRecord.kind == kind)).one()
    assert event.facts == {"audience": "provider", "email": email}


def test_a_link_sets_a_password_once(
    deps: Dependencies, acme: NewProvider, admin: Browser, open_browser: Open
) -> None:
    code, browser = link_of(deps, acme.admin), open_browser("localhost")

    told = change(browser, code)

    assert "Your password is changed" in told
    assert admin.get("").headers["location"].startswith("/p/admin/login"), "logged out everywhere"
    assert browser.log_in("admin", acme.admin_password).status_code == 403
    assert browser.log_in("admin", NEW).headers["location"] == "/p/admin"
    assert browser.get(page_of(code)).status_code == 410


def test_looking_at_the_page_uses_nothing_up(
    deps: Dependencies, acme: NewProvider, anonymous: Browser
) -> None:
    path = f"/p/admin{page_of(link_of(deps, acme.admin))}"

    answers = [anonymous.client.request(method, path) for method in ("HEAD", "GET", "HEAD", "GET")]

    assert [answer.status_code for answer in answers] == [200] * 4
    with deps.database.read() as db:
        assert db.exec(select(OneTimeToken.used_at)).all() == [None]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("short", "short"), "characters"),
        ((NEW, f"{NEW}!"), "is not the same as the first"),
        (("a" * 20, "a" * 20), "too easy to guess"),
    ],
)
def test_a_refused_password_leaves_the_link_alive(
    typed: tuple[str, str], said: str, deps: Dependencies, acme: NewProvider, anonymous: Browser
) -> None:
    code = link_of(deps, acme.admin)

    assert said in change(anonymous, code, *typed)
    assert "Your password is changed" in change(anonymous, code)


def test_links_of_others_open_nothing(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, anonymous: Browser
) -> None:
    codes = {
        "a developer's": link_of(deps, acme.sample.user),
        "another provider's": link_of(deps, globex.admin),
        "for another purpose": link_of(deps, acme.admin, ACTIVATION),
        "nobody's": "0" * 48,
        "no code": "\u202e\u3164",
    }
    for name, code in codes.items():
        assert anonymous.get(page_of(code)).status_code == 410, name
        fields = {"password": NEW, "password_again": NEW, "password_reset_token": code}
        hidden = anonymous.hidden("/password", "/password")
        sent = anonymous.post("/password/new", {**hidden, **fields})
        assert sent.status_code in {410, 422}, name


def test_an_expired_link_leads_to_asking_again(
    deps: Dependencies, acme: NewProvider, anonymous: Browser
) -> None:
    code = link_of(deps, acme.admin)
    with deps.database.write() as db:
        link = db.exec(select(OneTimeToken)).one()
        link.expires_at -= timedelta(days=2)

    page = anonymous.get(page_of(code))

    assert page.status_code == 410
    assert re.search(r'<form method="post" action="/p/admin/password"', page.text)


def test_where_no_mail_is_sent_the_command_is_named() -> None:
    page = render_plain(
        "sessions/lost_password.html.j2", PasswordPage("Acme", "x", mails_are_kept=True)
    )

    assert b"gatehouse provider reset-password" in bytes(page.body)
    assert b"<form" not in bytes(page.body)
