"""Forum and gallery as people see them: a developer asks, staff answer, visitors look on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.test_messages import beside, log_in_as_admin, log_in_as_developer
from tests.kit.chromium import browsing
from tests.kit.looks import faults_of, with_axe
from tests.kit.process import Gatehouse, link_in, running, until
from tests.kit.staff import Staff

PICTURES = Path("build/screenshots")
SWITCHES = ("forum_enabled", "forum_public", "app_gallery_enabled")
HOSTILE = (
    "How?\n\n<script>alert(1)</script> [x](javascript:alert(2)) ![y](x) "
    "<img src=x onerror=alert(3)>"
)
pytestmark = pytest.mark.browser


@pytest.fixture
def gatehouse(tmp_path: Path) -> Iterator[Gatehouse]:
    """Run a Gatehouse with a forum and a gallery."""
    with running(tmp_path) as gatehouse:
        Staff(gatehouse).choose(**dict.fromkeys(SWITCHES, "yes"))
        yield gatehouse


def test_a_developer_asks_staff_answer_and_close_and_a_visitor_reads(gatehouse: Gatehouse) -> None:
    start = gatehouse.first_start
    with browsing(gatehouse.url) as developer, beside(developer, gatehouse) as admin:
        dialogs: list[str] = []

        def note(dialog: Dialog) -> None:
            dialogs.append(dialog.message)
            dialog.dismiss()

        developer.on("dialog", note)
        log_in_as_developer(developer, start)
        _ask(developer)
        log_in_as_admin(admin, start)
        _answer_and_close(admin)
        developer.reload()
        expect(developer.get_by_text("This topic is closed.")).to_be_visible()
        expect(developer.locator("article strong", has_text="cursor")).to_be_visible()
        developer.screenshot(path=PICTURES / "forum-topic.png", full_page=True)
        assert dialogs == []

    mail = until(lambda: Staff(gatehouse).mail_to("admin+test@example.com"))
    assert "With the **cursor**." in mail
    assert "/forum/leave/" in mail
    with browsing(gatehouse.url, phone=True, dark=True) as visitor:
        visitor.goto("/forum")
        visitor.screenshot(path=PICTURES / "forum-phone-dark.png", full_page=True)
        visitor.get_by_role("link", name="Paging").click()
        expect(visitor.get_by_text("With the cursor.")).to_be_visible()
        _fits(visitor)
        looked_at = with_axe(visitor)
        looked_at.goto(link_in(mail, "/forum/leave/"))
        assert faults_of(looked_at) == []
        looked_at.get_by_role("button", name="Do not mail me").click()
        expect(looked_at.get_by_role("heading", name="You are not mailed")).to_be_visible()


def _ask(developer: Page) -> None:
    developer.get_by_role("link", name="Forum").first.click()
    developer.get_by_role("link", name="Start the first topic").click()
    developer.get_by_label("Title").fill("Paging")
    developer.get_by_label("Text", exact=True).fill(HOSTILE)
    developer.get_by_label("Tags").fill("lists, cursor")
    developer.get_by_role("button", name="Start the topic").click()
    expect(developer.get_by_role("heading", name="Paging")).to_be_visible()


def _answer_and_close(admin: Page) -> None:
    admin.goto("/p/admin/forum")
    admin.get_by_role("link", name="Paging").click()
    admin.get_by_label("Your answer").fill("With the **cursor**.")
    admin.get_by_role("button", name="Send the answer").click()
    admin.get_by_label("Closed").check()
    admin.get_by_role("button", name="Save", exact=True).click()
    expect(admin.get_by_text("The topic is saved.")).to_be_visible()
    admin.screenshot(path=PICTURES / "forum-admin.png", full_page=True)


def test_an_application_is_asked_for_approved_and_seen_by_a_visitor(gatehouse: Gatehouse) -> None:
    start = gatehouse.first_start
    with browsing(gatehouse.url) as developer, beside(developer, gatehouse) as admin:
        log_in_as_developer(developer, start)
        developer.goto(f"/admin/applications/{start['sample']['application_id']}")
        developer.locator("main").get_by_role("link", name="Gallery").click()
        developer.get_by_label("Title").fill("Rain radar")
        developer.get_by_label("What it does").fill("It shows where it rains.")
        developer.get_by_label("Link").fill("https://radar.example/")
        developer.get_by_role("button", name="Ask for it to be shown").click()
        expect(developer.get_by_text("The provider looks at it").first).to_be_visible()

        log_in_as_admin(admin, start)
        admin.goto("/p/admin/gallery")
        admin.screenshot(path=PICTURES / "gallery-admin.png", full_page=True)
        admin.get_by_role("button", name="Approve Rain radar").click()
        expect(admin.get_by_text("is shown in the gallery")).to_be_visible()
    with browsing(gatehouse.url, phone=True) as visitor:
        visitor.goto("/gallery")
        expect(visitor.get_by_role("heading", name="Rain radar")).to_be_visible()
        visitor.screenshot(path=PICTURES / "gallery-phone.png", full_page=True)
        _fits(visitor)


def _fits(page: Page) -> None:
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0
