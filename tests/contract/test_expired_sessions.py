"""What was typed survives the end of a session, in both portals; passwords and keys do not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import delete

from server.domain.accounts.users import UserSession
from tests.kit.browser import Browser, Page
from tests.kit.make import make_deps, make_provider
from tests.kit.site import Site, open_site


@dataclass(frozen=True)
class Sent:
    """A form of a portal, what is typed into it, and what must not come back."""

    audience: str
    page: str
    action: str  # how the form's address ends
    typed: dict[str, str]
    dropped: dict[str, str] = field(default_factory=dict)
    done: str = ""


SENT = (
    Sent(
        "developer",
        "/admin/applications/new",
        "/admin/applications",
        {"application[name]": "Umbrella <1>", "application[plan_id]": "2"},
        done="The application is created.",
    ),
    Sent("developer", "/admin/account/edit", "/admin/account", {"account[org_name]": "Ünïted"}),
    Sent(
        "developer",
        "/admin/account/personal_details",
        "/personal_details",
        {"user[email]": "new@example.com", "user[first_name]": "Jo"},
        {"user[current_password]": "hush hush hush"},
    ),
    Sent("provider", "/services/new", "/services", {"name": "Weather"}, done="Weather is created"),
    Sent("provider", "/settings", "/settings", {"currency": "EUR"}, done="The settings are saved."),
)
IDS = [f"{each.audience}{each.page}" for each in SENT]


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Run both portals."""
    deps = make_deps(tmp_path)
    with open_site(deps, make_provider(deps)) as opened:
        yield opened
    deps.database.close()


def end_sessions(site: Site) -> None:
    """Let everybody's session be over."""
    with site.deps.database.write() as db:
        db.execute(delete(UserSession))


def submit(browser: Browser, page: Page, action: str, fields: dict[str, str]) -> Page:
    """Send a form with brackets in its names."""
    given = {name.replace("[", "__").replace("]", ""): text for name, text in fields.items()}
    return browser.submit(page, action, **given)


def shown(page: Page, name: str) -> str:
    """Read what a field of a page holds."""
    for form in page.tree.forms:
        if name in form.fields:
            return form.fields[name] or ""
    raise AssertionError(f"{name} is not on {page.url}: {page.text}")


def sent_too_late(site: Site, sent: Sent) -> tuple[Browser, Page]:
    """Type into a form, and send it when the session is over."""
    browser = site.logged_in(sent.audience)
    page = browser.open(sent.page)
    end_sessions(site)
    return browser, submit(browser, page, sent.action, {**sent.typed, **sent.dropped})


@pytest.mark.parametrize("sent", SENT, ids=IDS)
def test_a_form_is_back_as_typed_after_the_login(site: Site, sent: Sent) -> None:
    name, password = site.first_admin(sent.audience)
    browser, asked = sent_too_late(site, sent)
    where = asked.url.partition("8000")[2]

    wrong = browser.submit(asked, where, username=name, password="wrong")
    back = browser.submit(wrong, where, username=name, password=password)

    assert (asked.status, wrong.status, back.status) == (403, 403, 200)
    assert "Your session has ended. Log in again" in asked.text
    assert "You are logged in again. Nothing was done yet" in back.text
    assert {name: shown(back, name) for name in sent.typed} == sent.typed
    assert all(shown(back, name) == "" for name in sent.dropped)
    if sent.done:
        assert sent.done in browser.submit(back, sent.action).text


@pytest.mark.parametrize("sent", SENT, ids=IDS)
def test_nothing_that_was_typed_is_to_be_read_in_the_login_form(site: Site, sent: Sent) -> None:
    _, asked = sent_too_late(site, sent)

    text = str(asked.tree.xpath("string()")) + str(
        [form.form_values() for form in asked.tree.forms]
    )
    assert not any(
        value in text for value in {**sent.typed, **sent.dropped}.values() if value > "9"
    )


@pytest.mark.parametrize("sent", SENT, ids=IDS)
def test_who_logged_in_elsewhere_meanwhile_finds_it_too(site: Site, sent: Sent) -> None:
    browser, asked = sent_too_late(site, sent)
    name, password = site.first_admin(sent.audience)
    assert browser.log_in(name, password).status_code == 303

    back = browser.submit(asked, asked.url.partition("8000")[2])

    assert {name: shown(back, name) for name in sent.typed} == sent.typed


@pytest.mark.parametrize("sent", SENT, ids=IDS)
def test_a_form_of_the_session_before_is_shown_as_typed(site: Site, sent: Sent) -> None:
    browser = site.logged_in(sent.audience)
    page = browser.open(sent.page)
    end_sessions(site)
    name, password = site.first_admin(sent.audience)
    assert browser.log_in(name, password).status_code == 303

    stale = submit(browser, page, sent.action, {**sent.typed, **sent.dropped})

    assert stale.status == 403
    assert "out of date" in stale.text
    assert {name: shown(stale, name) for name in sent.typed} == sent.typed


@pytest.mark.parametrize("audience", ["developer", "provider"])
def test_a_kept_form_of_another_page_or_of_nobody_leads_to_the_login(
    site: Site, audience: str
) -> None:
    sent = next(each for each in SENT if each.audience == audience)
    browser, asked = sent_too_late(site, sent)
    fields = asked.hidden(asked.url.partition("8000")[2])

    other = "/admin/account" if audience == "developer" else "/settings"
    elsewhere = browser.post(other, fields)
    forged = browser.post(sent.action, {**fields, "kept_form": "AAAA"})

    assert {elsewhere.status_code, forged.status_code} == {303}
    assert all(answer.headers["location"].endswith("/login") for answer in (elsewhere, forged))


def test_an_address_can_not_send_a_login_elsewhere(site: Site) -> None:
    page = site.browser("developer").open("/login?kept_form=x&kept_at=//evil.example/")

    assert page.hidden("/session")
    assert "evil" not in str([form.action for form in page.tree.forms])
