"""A provider changes a page in the browser: a fault, the preview, publishing, going back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.kit.chromium import browsing
from tests.kit.process import Gatehouse
from tests.kit.services import program

PORTAL = "/p/admin/portal"
EDITOR = Path("server/admin/static/editor/editor.js")
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def page(gatehouse: Gatehouse) -> Iterator[Page]:
    """Open a browser in which the admin is logged in."""
    assert EDITOR.is_file(), "make assets"
    assert program("chromium")
    with browsing(gatehouse.url) as page:
        log_in(page, gatehouse.first_start["admin"], "/p/admin/login")
        yield page


def log_in(page: Page, who: dict[str, str], path: str) -> None:
    """Log in to either portal."""
    page.goto(path)
    page.locator("[name=username]").fill(who["username"])
    page.locator("[name=password]").fill(who["password"])
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)


def write(page: Page, text: str) -> None:
    """Put a text in the place of the whole one, as a person would."""
    text_box = page.get_by_role("textbox", name="Text")
    text_box.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def press(page: Page, name: str) -> None:
    """Press a button and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_a_provider_edits_previews_publishes_compares_and_goes_back(
    gatehouse: Gatehouse, page: Page
) -> None:
    john = gatehouse.first_start["sample"]
    page.goto(f"{PORTAL}/builtins")
    press(page, "Change dashboards/show")

    # A fault is shown at its line while he types, and saving is refused with what he typed.
    write(page, "<h1>Hi</h1>\n{{ application.name | nope }}")
    expect(page.locator("#check")).to_have_text("Line 2: unknown filter 'nope'")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    press(page, "Save the draft")
    expect(page.locator("[data-refused]")).to_contain_text("line 2")
    expect(page.locator(".cm-content")).to_contain_text("nope")

    # The preview shows it as a developer sees it, with his application, before it is saved.
    write(page, "<h1>Hi {{ current_user.username }}</h1>\n<p>You have {{ application.name }}</p>")
    page.get_by_label("Seen by").fill(john["username"])
    page.get_by_label("Seen by").blur()
    seen = page.frame_locator("iframe[title='Preview of the page']")
    expect(seen.locator("h1")).to_have_text(f"Hi {john['username']}", timeout=30_000)
    expect(seen.locator("main")).to_contain_text("You have")

    # Published, the developer sees it; then another text, and the first comes back.
    press(page, "Save and publish")
    assert _dashboard(gatehouse, page) == f"Hi {john['username']}"
    write(page, "<h1>Bye {{ current_user.username }}</h1>")
    press(page, "Save and publish")
    assert _dashboard(gatehouse, page) == f"Bye {john['username']}"
    page.get_by_role("link", name="Versions", exact=True).click()
    page.locator("tbody tr").nth(1).locator("th a").click()
    expect(page.locator(".lines mark").first).to_be_visible()
    expect(page.locator(".lines .sign span:first-child").first).to_have_text("−")
    page.get_by_text("Go back to it …").click()
    press(page, "Go back to it")
    expect(page.locator(".states")).to_contain_text("draft")
    press(page, "Save and publish")
    assert _dashboard(gatehouse, page) == f"Hi {john['username']}"


def test_the_editor_completes_inserts_and_lets_the_keyboard_out(page: Page) -> None:
    page.goto(f"{PORTAL}/builtins")
    press(page, "Change dashboards/show")
    write(page, "")

    page.keyboard.type("{{ application.pl")
    expect(page.locator(".cm-tooltip-autocomplete")).to_contain_text("plan")
    page.wait_for_timeout(300)  # what opens under a typing hand takes no Enter at once
    page.keyboard.press("Enter")
    expect(page.locator(".cm-content")).to_contain_text("application.plan")
    page.keyboard.press("Control+End")
    page.locator("summary", has_text="provider").first.click()
    page.get_by_role("button", name="Insert support_email of provider", exact=True).click()
    expect(page.locator(".cm-content")).to_contain_text("{{ provider.support_email }}")

    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    tag = page.evaluate("document.activeElement.tagName")
    assert tag != "DIV", "the focus is out of the editor"
    press(page, "Save the draft")  # so that nothing keeps the page from being left


def test_files_are_dropped_several_at_once(page: Page, gatehouse: Gatehouse) -> None:
    page.goto(f"{PORTAL}/files/new")

    page.evaluate(
        """() => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(["a"], "a.txt"));
            transfer.items.add(new File(["b"], "b one.txt"));
            document.querySelector("[name=path]").value = "/notes";
            document.querySelector("[data-drop]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true })
            );
        }"""
    )

    expect(page.locator("[data-uploads] li")).to_have_text(
        ["/notes/a.txt is stored.", "/notes/b-one.txt is stored."]
    )


def test_what_is_dragged_in_the_tree_is_moved(page: Page) -> None:
    for title in ("Guides", "Partners"):
        page.goto(f"{PORTAL}/sections/new")
        page.get_by_label("Title").fill(title)
        press(page, "Make the section")
    page.goto(f"{PORTAL}/templates/new?kind=page")
    page.get_by_label("Path").fill("/dragged")
    press(page, "Make the page")

    for what, into, seen in (
        ("/dragged", "Guides", "li:has-text('Guides') li a:text-is('/dragged')"),
        ("Guides", "Partners", "li:has-text('Partners') li summary:has-text('Guides')"),
        ("Guides", "Content", ".tree > ul > li > details > summary:has-text('Guides')"),
    ):
        page.goto(PORTAL)
        named = [f".tree :is(summary, h2, a):has-text('{each}')" for each in (what, into)]
        with page.expect_navigation():
            page.locator(named[0]).first.drag_to(page.locator(named[1]).first)
        expect(page.locator(".flash")).to_contain_text("is moved.")
        expect(page.locator(seen).first).to_be_visible()


def test_the_editor_works_without_scripts(gatehouse: Gatehouse, page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=gatehouse.url, java_script_enabled=False)
    plain = context.new_page()
    log_in(plain, gatehouse.first_start["admin"], "/p/admin/login")
    plain.goto(f"{PORTAL}/builtins")
    plain.get_by_role("button", name="Change errors/not_found", exact=True).click()
    plain.locator("textarea[name=draft]").fill("<h1>Lost?</h1>")
    plain.get_by_role("button", name="Show", exact=True).click()

    seen = plain.frame_locator("iframe[name=preview]")
    expect(seen.locator("h1")).to_have_text("Lost?", timeout=30_000)
    plain.get_by_role("button", name="Save the draft", exact=True).click()
    expect(plain.locator("textarea[name=draft]")).to_have_value("<h1>Lost?</h1>")
    context.close()


def _dashboard(gatehouse: Gatehouse, page: Page) -> str:
    """Read the heading that the sample developer sees, in a browser of his own."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=gatehouse.url)
    his = context.new_page()
    log_in(his, gatehouse.first_start["sample"], "/login")
    his.goto("/admin")
    heading = his.locator("main h1").first.inner_text()
    context.close()
    return heading
