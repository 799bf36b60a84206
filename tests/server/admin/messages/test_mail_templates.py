"""Texts of mails in the admin portal: refused when broken, used when saved, dropped when asked."""

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.events import EventRecord
from server.domain.messages.mails import Mail
from server.domain.portal.pages import Template
from tests.kit.browser import Browser
from tests.kit.make import TEST_VAULT

PAGE = "/mails/templates/account_approved"


def texts(deps: Dependencies) -> list[str | None]:
    with deps.database.read() as db:
        query = select(Template.published).where(Template.name == "account_approved")
        return list(db.exec(query).all())


def test_a_text_is_saved_changed_and_dropped(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    assert "Hello {{ user.display_name }}" in admin.page(PAGE)

    admin.send(PAGE, "template", text="One {{ account.name }}")
    admin.send(PAGE, "template", text="Two\r\nlines")
    assert texts(deps) == ["Two\nlines"]
    assert "yours" in admin.page("/mails/templates")
    admin.send(f"{PAGE}/reset")

    assert texts(deps) == []


def test_a_broken_text_is_refused_with_its_line_and_kept_in_the_form(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    refused = admin.send(PAGE, "template", text="fine\n{% if %}")

    assert refused.status_code == 422
    assert "line 2" in refused.text
    assert "{% if %}" in refused.text
    assert texts(deps) == []


def test_a_test_is_asked_for(deps: Dependencies, acme: NewProvider, admin: Browser) -> None:
    admin.send(f"{PAGE}/test", application_id="1")

    with deps.database.read() as db:
        event = db.exec(select(EventRecord).where(EventRecord.kind == "mail.test_asked")).one()
    assert event.facts == {"template": "account_approved", "application_id": 1}


def test_html_of_a_mail_is_shown_where_it_can_do_nothing(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    mail = Mail(
        provider_id=acme.provider.id,
        account_id=acme.sample.application.account_id,
        template="t",
        sender="a@acme.example",
        recipient="jo@example.com",
        subject="Not taken",
        state="failed",
        error="550 no such user",
        body_sealed=TEST_VAULT.seal("Hi"),
        html_sealed=TEST_VAULT.seal("<p>Hi</p>"),
    )
    with deps.database.write() as db:
        db.add(mail)

    shown = admin.get(f"/mails/{mail.id}/html")
    policy = shown.headers["content-security-policy"]

    assert shown.text == "<p>Hi</p>"
    assert policy.startswith("default-src 'none'")
    assert "; sandbox" in policy
    assert "550 no such user" in admin.page(f"/accounts/{mail.account_id}")
    assert "550 no such user" in admin.page("/mails?state=failed")
    assert "No mail fits this filter." in admin.page("/mails?state=queued")
