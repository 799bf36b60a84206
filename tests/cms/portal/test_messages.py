"""Messages and alerts on the portal: read, answered, put away, and nobody else's."""

import pytest
from sqlmodel import select

from server.actions.messages.limits_reached import Reached, note_reached
from server.actions.messages.messages import send_message
from server.actions.messages.preferences import leave_code
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import list_metrics
from server.auth.dependencies import Dependencies
from server.domain.messages.alerts import Alert
from server.domain.messages.messages import MessageCopy
from server.domain.messages.preferences import NotificationPreference
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by

INBOX = "/admin/messages/received"


@pytest.fixture
def john(browser: Browser, acme: NewProvider) -> Browser:
    """Log the sample developer in."""
    browser.log_in(acme.sample.user.username, acme.sample.password)
    return browser


def write_to(deps: Dependencies, acme: NewProvider, body: str = "It rains.") -> int:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        send_message(work, {"subject": "News", "body": body}, acme.sample.application.account_id)
        return max(db.exec(select(MessageCopy.id)).all())


def come_near_a_limit(deps: Dependencies, acme: NewProvider) -> int:
    application = acme.sample.application
    with deps.database.write() as db:
        metric = list_metrics(db, application.service_id)[0]
        reached = Reached(
            acme.provider.id,
            application.account_id,
            application.id,
            application.service_id,
            metric.id,
            "Hits",
            "day",
            deps.installation.clock.now(),
            5,
            4,
        )
        return note_reached(by(db, staff(acme), deps.installation), [reached])[0].id


def test_a_message_is_new_until_it_is_opened(
    deps: Dependencies, acme: NewProvider, john: Browser
) -> None:
    copy_id = write_to(deps, acme, "Line one\n<script>alert(1)</script>")

    assert "Messages 1 new" in john.open("/admin").text
    assert "News new" in john.open(INBOX).text
    page = john.page(f"{INBOX}/{copy_id}")

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "1 new" not in john.open(INBOX).text


def test_an_answer_quotes_and_goes_to_the_provider(
    deps: Dependencies, acme: NewProvider, john: Browser
) -> None:
    page = john.open(f"{INBOX}/{write_to(deps, acme)}")
    assert "> It rains." in page.value("//textarea/text()")
    number = page.value("//input[@name='reply_to']/@value")

    refused = john.send(INBOX, {"reply_to": number, "message[body]": " "}, page=f"{INBOX}/{number}")
    sent = john.send(INBOX, {"reply_to": number, "message[body]": "Why?"}, page=f"{INBOX}/{number}")

    assert (refused.status_code, sent.status_code) == (422, 303)
    assert "Can&#39;t be blank." in refused.text or "can&#39;t be blank" in refused.text
    assert "Re: News" in john.open("/admin/messages/sent").text


def test_a_message_goes_to_the_trash_and_back_and_away(
    deps: Dependencies, acme: NewProvider, john: Browser
) -> None:
    copy_id = write_to(deps, acme)
    trash = "/admin/messages/trash"

    john.send(f"{INBOX}/{copy_id}", {"_method": "delete"}, page=f"{INBOX}/{copy_id}")
    assert john.get(f"{INBOX}/{copy_id}").status_code == 404
    john.send(f"{trash}/{copy_id}", {"_method": "put"}, page=f"{trash}/{copy_id}")
    assert "News" in john.open(INBOX).text
    john.send(f"{INBOX}/{copy_id}", {"_method": "delete"}, page=f"{INBOX}/{copy_id}")
    john.send(f"{trash}/empty", {"_method": "delete"}, page=trash)

    assert "The trash is empty." in john.open(trash).text


@pytest.mark.parametrize(
    "path",
    [
        INBOX, f"{INBOX}/1", "/admin/messages/sent", "/admin/messages/trash",
        "/admin/messages/new", "/admin/applications/1/alerts",
    ],
)  # fmt: skip
def test_who_is_not_logged_in_sees_nothing(
    deps: Dependencies, acme: NewProvider, browser: Browser, path: str
) -> None:
    write_to(deps, acme)

    answer = browser.get(path)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


def test_what_the_provider_received_is_nobody_elses(
    deps: Dependencies, acme: NewProvider, john: Browser
) -> None:
    form = {"message[subject]": "Rain", "message[body]": "Does it rain?"}
    john.send("/admin/messages/sent", form, page="/admin/messages/new")
    with deps.database.read() as db:
        query = select(MessageCopy.id).where(MessageCopy.role == "recipient")
        theirs = db.exec(query).one()

    for folder in ("received", "sent", "trash"):
        assert john.get(f"/admin/messages/{folder}/{theirs}").status_code == 404


def test_alerts_are_read_and_deleted(deps: Dependencies, acme: NewProvider, john: Browser) -> None:
    number = come_near_a_limit(deps, acme)
    page = "/admin/applications/1/alerts"

    assert "≥ 80 % Developer's App: Hits per day: 4 of 5" in john.open("/admin").text
    assert "Hits per day: 4 of 5" in john.open(page).text
    john.send(f"{page}/{number}/read", {"_method": "put"}, page=page)
    assert "≥ 80 %" not in john.open("/admin").text
    john.send(f"{page}/purge", {"_method": "delete"}, page=page)
    assert "No alerts." in john.open(page).text
    with deps.database.read() as db:
        assert db.exec(select(Alert)).one().provider_state == "unread"


def test_a_developer_chooses_his_mails(
    deps: Dependencies, acme: NewProvider, john: Browser
) -> None:
    page = "/admin/account/personal_details"
    form = {"_method": "put", "notification[message_for_buyer]": "1"}
    john.send(f"{page}/notifications", form, page=page)

    with deps.database.read() as db:
        chosen = db.exec(select(NotificationPreference)).one().switches
    assert [name for name, wanted in chosen.items() if wanted] == ["message_for_buyer"]


def test_a_mail_is_left_by_its_link_after_a_question(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    path = f"/leave_mail/{leave_code(deps.installation, acme.sample.user, 'message_for_buyer')}"

    assert "Leave this mail?" in browser.open(path).text
    assert browser.get(f"{path}x").status_code in {403, 404, 409, 422}
    done = browser.send(path, {}, page=path)

    assert "You are not mailed this any more" in done.text
    with deps.database.read() as db:
        assert db.exec(select(NotificationPreference)).one().switches["message_for_buyer"] is False
