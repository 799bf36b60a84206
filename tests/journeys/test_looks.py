"""A provider gives his portal a logo, colours and words, and another theme, in a real browser."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_editing import log_in, press
from tests.kit.chromium import browsing
from tests.kit.process import running

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
BUTTON = "getComputedStyle(document.querySelector('.hero .button')).backgroundColor"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_provider_changes_logo_and_colours(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(PICTURE)
    with running(tmp_path / "data") as gatehouse, browsing(gatehouse.url) as page:
        log_in(page, gatehouse.first_start["admin"], "/p/admin/login")
        page.goto("/p/admin/look")

        # What can't be read is refused at its field, with the nearest colour that can.
        page.get_by_label("Accent colour optional").fill("#ffee88")
        press(page, "Save the look")
        expect(page.locator("#look-accent-error")).to_contain_text("The nearest that can be read")

        # The preview follows what is typed; then developers see it.
        page.get_by_label("Accent colour optional").fill("#8a3324")
        page.get_by_label("Title").fill("Acme Skies")
        expect(page.locator(".shown.light [data-shows=title]")).to_have_text("Acme Skies")
        page.locator("#look-logo_file").set_input_files(logo)
        expect(page.locator(".shown.light [data-logo-chosen]")).to_be_visible()
        press(page, "Save the look")
        _see(page, "rgb(138, 51, 36)")

        page.goto("/p/admin/look")
        page.get_by_label("Theme").select_option("folio")
        page.get_by_label("Remove the logo").check()
        press(page, "Save the look")
        page.goto("/")
        expect(page.locator("body.folio .title")).to_have_text("Acme Skies")


def _see(page: Page, colour: str) -> None:
    """Look at the home page as a visitor does, in light and in dark."""
    page.goto("/")
    expect(page.get_by_role("img", name="Acme Skies").first).to_be_visible()
    assert page.title() == "Acme Skies"
    assert page.locator(".brand img").first.evaluate("each => each.naturalWidth") == 1
    assert page.evaluate(BUTTON) == colour
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(BUTTON) != colour
    page.emulate_media(color_scheme="light")
