"""Messages, alerts and mails as people see them: a real gateway, a real mail server, Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_prototype_path import call
from tests.kit.chromium import browsing
from tests.kit.process import Gatehouse, running, until
from tests.kit.staff import Staff
from tests.server.jobs.mailbox import Mailbox, running_mailbox

PICTURES = Path("build/screenshots")
TEMPLATE = "/p/admin/mails/templates/message_for_buyer"
OWN = "{% email %}{% subject = 'From our own pen' %}{% endemail %}Dear {{ user.name }}, rain & sun."
pytestmark = pytest.mark.browser


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with running_mailbox() as box:
        yield box


@pytest.fixture
def gatehouse(tmp_path: Path, mailbox: Mailbox) -> Iterator[Gatehouse]:
    """Run a Gatehouse that sends its mails to a real server."""
    with running(tmp_path, GATEHOUSE_SMTP_URL=f"smtp://127.0.0.1:{mailbox.port}") as gatehouse:
        yield gatehouse


@contextmanager
def beside(page: Page, gatehouse: Gatehouse) -> Iterator[Page]:
    """Open another person's browser beside one that is open."""
    assert page.context.browser
    context = page.context.browser.new_context(base_url=gatehouse.url)
    yield context.new_page()
    context.close()


def log_in_as_developer(page: Page, start: dict[str, Any]) -> None:
    page.goto("/login")
    page.locator("[name=username]").fill(start["sample"]["username"])
    page.locator("[name=password]").fill(start["sample"]["password"])
    page.locator("main button").first.click()
    page.wait_for_url("**/admin*")


def log_in_as_admin(page: Page, start: dict[str, Any]) -> None:
    page.goto("/p/admin/login")
    page.locator("[name=username]").fill(start["admin"]["username"])
    page.locator("[name=password]").fill(start["admin"]["password"])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/p/admin*")


def test_a_developer_writes_the_provider_answers_and_both_see_what_is_read(
    gatehouse: Gatehouse, mailbox: Mailbox
) -> None:
    start = gatehouse.first_start
    with browsing(gatehouse.url) as developer, beside(developer, gatehouse) as admin:
        log_in_as_developer(developer, start)
        developer.goto("/admin/messages/new")
        developer.get_by_label("Subject").fill("Paging")
        developer.get_by_label("Message", exact=True).fill("How do I <b>page</b>?")
        developer.get_by_role("button", name="Send message").click()
        expect(developer.get_by_text("Your message is sent")).to_be_visible()

        log_in_as_admin(admin, start)
        expect(admin.get_by_role("link", name="Messages 1 new").first).to_be_visible()
        admin.goto("/p/admin/messages")
        admin.get_by_role("link", name="Paging").click()
        expect(admin.get_by_text("How do I <b>page</b>?", exact=True).first).to_be_visible()
        admin.screenshot(path=PICTURES / "message-admin.png", full_page=True)
        admin.get_by_label("Your answer").fill("With the cursor.")
        admin.get_by_role("button", name="Send the answer").click()
        admin.goto("/p/admin/messages")
        expect(admin.get_by_text("new", exact=True)).to_have_count(0)

        developer.goto("/admin")
        expect(developer.get_by_text("1 new").first).to_be_visible()
        developer.goto("/admin/messages/received")
        developer.get_by_role("link", name="Re: Paging").click()
        expect(developer.get_by_text("With the cursor.").first).to_be_visible()
        developer.goto("/admin/messages/received")
        expect(developer.get_by_text("1 new")).to_have_count(0)

    subjects = until(
        lambda: len(mailbox.messages) >= 2 and [m["Subject"] for m in mailbox.messages]
    )
    assert sorted(subjects) == ["Developer (john) wrote: Paging", "[msg] Re: Paging"]


def test_a_limit_that_is_used_up_is_told_once_on_the_portal_and_by_mail(
    gatehouse: Gatehouse, mailbox: Mailbox
) -> None:
    staff, start = Staff(gatehouse), gatehouse.first_start
    staff.set_limit("Basic", "day", 5)
    key = start["sample"]["user_key"]

    codes = [call(start, key).status_code for _ in range(7)]
    until(lambda: len(mailbox.messages) >= 2, seconds=30)
    gatehouse.stop()
    gatehouse.start()
    codes.append(call(start, key).status_code)
    with browsing(gatehouse.url, phone=True, dark=True) as page:
        log_in_as_developer(page, start)
        expect(page.get_by_text("Hits per day: 5 of 5.")).to_be_visible()
        page.goto(f"/admin/applications/{start['sample']['application_id']}/alerts")
        expect(page.locator("tbody tr")).to_have_count(1)
        page.screenshot(path=PICTURES / "alerts-phone-dark.png", full_page=True)
        page.wait_for_timeout(7_000)  # it was looked again

    assert codes == [200] * 5 + [429] * 3
    told = sorted(str(message["Subject"]) for message in mailbox.messages)
    assert told == [
        "Developer's App has used up a limit",
        "Developer's App of Developer has used up a limit",
    ]
    for message in mailbox.messages:
        assert message.get_content_type() == "multipart/alternative"
        assert message["List-Unsubscribe"].startswith(f"<{gatehouse.url}/")


def test_a_provider_edits_a_mail_tries_it_and_the_next_one_is_made_with_it(
    gatehouse: Gatehouse, mailbox: Mailbox
) -> None:
    start = gatehouse.first_start
    with browsing(gatehouse.url) as page:
        log_in_as_admin(page, start)
        page.goto(TEMPLATE)
        page.get_by_label("Text", exact=True).fill(OWN)
        page.get_by_role("button", name="Preview what is typed").click()
        said = page.frame_locator("iframe").get_by_text("Dear John Doe, rain & sun.")
        expect(said).to_be_visible(timeout=30_000)
        page.screenshot(path=PICTURES / "mail-preview.png", full_page=True)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("The mail is saved.")).to_be_visible()
        page.get_by_role("button", name="Send me the saved one").click()
        expect(page.get_by_text("A test is on its way.")).to_be_visible()

        (test,) = until(lambda: mailbox.messages)
        assert test["Subject"] == "[test] From our own pen"
        write(start, gatehouse)
        until(lambda: len(mailbox.messages) == 2)

    plain = mailbox.messages[1].get_body(("plain",))
    assert plain
    assert plain.get_content().strip() == "Dear John Doe, rain & sun."
    assert mailbox.messages[1]["Subject"] == "From our own pen"


@pytest.mark.parametrize(
    ("phone", "dark"), [(False, False), (True, True)], ids=["desktop-light", "phone-dark"]
)
def test_a_mail_is_readable_and_fetches_nothing(
    gatehouse: Gatehouse, mailbox: Mailbox, phone: bool, dark: bool
) -> None:
    write(gatehouse.first_start, gatehouse)
    (message,) = until(lambda: mailbox.messages)
    html = message.get_body(("html",))
    assert html
    with browsing(gatehouse.url, phone=phone, dark=dark) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.set_content(html.get_content())
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        name = f"mail-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}.png"
        page.screenshot(path=PICTURES / name, full_page=True)

        expect(page.get_by_role("link", name="Open")).to_be_visible()
        assert over <= 0
        assert asked == []


def write(start: dict[str, Any], gatehouse: Gatehouse) -> None:
    """Have the provider write to the sample account."""
    answer = httpx.post(
        f"{gatehouse.url}/admin/api/accounts/{start['sample']['account_id']}/messages.json",
        headers={"Authorization": f"Bearer {start['access_token']}"},
        json={"subject": "News", "body": "It rains."},
        timeout=30,
    )
    assert answer.status_code == 201, answer.text
