"""Kept mails in the admin portal."""

import re

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.messages.mails import Mail
from tests.kit.browser import Browser
from tests.kit.make import TEST_VAULT


def keep(deps: Dependencies, acme: NewProvider) -> Mail:
    mail = Mail(
        provider_id=acme.provider.id,
        template="signup",
        sender="a@acme.example",
        recipient="jo@example.com",
        subject="Hello <Jo>",
        body_sealed=TEST_VAULT.seal("<script>alert(1)</script>\nhttp://localhost:8000/activate/1"),
    )
    with deps.database.write() as db:
        db.add(mail)
    return mail


def test_a_kept_mail_is_shown_as_text(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    mail = keep(deps, acme)

    assert "Hello &lt;Jo&gt;" in admin.page("/mails")
    page = admin.page(f"/mails/{mail.id}")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "http://localhost:8000/activate/1" in page


def test_what_leads_somewhere_is_a_link_and_nothing_else_is(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    mail = keep(deps, acme)
    text = (
        "Go to http://localhost:8000/activate/1. Or (https://x.example/a?b=1&c=2), "
        'not javascript:alert(1) or http://y.example/"onclick=x <b>'
    )
    with deps.database.write() as db:
        db.get_one(Mail, mail.id).body_sealed = TEST_VAULT.seal(text)

    page = admin.page(f"/mails/{mail.id}")

    links = re.findall(
        r'<a href="([^"]*)" target="_blank" rel="noopener noreferrer">([^<]*)</a>', page
    )
    assert links == [
        ("http://localhost:8000/activate/1",) * 2,
        ("https://x.example/a?b=1&amp;c=2",) * 2,
        ("http://y.example/",) * 2,
    ]
    assert page.count("&#34;onclick=x &lt;b&gt;") == 2  # in the text as it is sent too


def test_mails_open_accounts_so_a_member_does_not_read_them(
    deps: Dependencies, acme: NewProvider, member: Browser
) -> None:
    mail = keep(deps, acme)

    assert member.get("/mails").status_code == 403
    assert member.get(f"/mails/{mail.id}").status_code == 403
