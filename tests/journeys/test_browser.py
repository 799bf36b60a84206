"""The same path in a real browser, with pictures of every screen on the way."""

from pathlib import Path

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_prototype_path import PASSWORD, call
from tests.kit.chromium import browsing
from tests.kit.process import Gatehouse, link_in, until
from tests.kit.staff import Staff

PICTURES = Path("build/screenshots")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("phone", "dark"), [(False, False), (True, True)], ids=["desktop-light", "phone-dark"]
)
def test_a_developer_goes_from_signup_to_a_refused_call(
    gatehouse: Gatehouse, phone: bool, dark: bool
) -> None:
    staff, start = Staff(gatehouse), gatehouse.first_start
    staff.set_limit("Basic", "hour", 3)

    with browsing(gatehouse.url, phone=phone, dark=dark) as page:
        album = Album(page, f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
        album.open("home", "/")
        album.open("docs", "/docs")
        album.open("plans", "/plans")
        album.open("signup", "/signup")
        fill(page, "account[org_name]", "Initech")
        fill(page, "account[user][username]", "peter")
        fill(page, "account[user][email]", "peter@initech.example")
        fill(page, "account[user][password]", PASSWORD)
        send(page, "account[user][password]")
        album.take("signed-up")

        mail = until(lambda: staff.mail_to("peter@initech.example"))
        _activate(album, page, link_in(mail, "/activate/"))
        page.goto("/login")
        fill(page, "username", "peter")
        fill(page, "password", PASSWORD)
        send(page, "password")
        album.open("dashboard", "/admin")
        album.open("applications", "/admin/applications")
        page.locator("main a[href^='/admin/applications/']:not([href$='new'])").first.click()
        key = page.locator("input[readonly]").first.input_value()
        album.take("application")

        statuses = [call(start, key).status_code for _ in range(4)]
        assert statuses == [200, 200, 200, 429]
        used = page.locator(".tile .many").first
        until(lambda: page.reload() and used.inner_text().startswith("3 of "))
        album.take("usage")


@pytest.mark.browser
def test_the_provider_tests_staging_and_promotes(gatehouse: Gatehouse) -> None:
    login = gatehouse.first_start["admin"]
    service_id = gatehouse.first_start["service"]["id"]

    with browsing(gatehouse.url) as page:
        album = Album(page, "admin-light")
        album.open("login", "/p/admin/login")
        fill(page, "username", login["username"])
        fill(page, "password", login["password"])
        send(page, "password")
        album.open("dashboard", "/p/admin")
        for name in ("accounts", "applications", "services", "settings", "mails", "audit"):
            album.open(name, f"/p/admin/{name}")
        album.open("integration", f"/p/admin/services/{service_id}/integration")
        page.locator("details:has([name='auth_user_key']) > summary").first.click()
        fill(page, "auth_user_key", "api-key")
        page.get_by_role("button", name="Update & test staging").click()
        expect(page.locator("main")).to_contain_text("answered 200")
        album.take("tested")
        page.locator("summary", has_text="Promote version").click()
        album.take("sure")
        page.get_by_role("button", name="Promote version").click()
        expect(page.locator("main")).to_contain_text("Production runs what staging runs.")
        album.take("promoted")

    start = gatehouse.first_start
    url = f"{start['service']['production_base_url']}/x?api-key={start['sample']['user_key']}"
    until(lambda: httpx.get(url).status_code == 200, seconds=2)


class Album:
    """Takes a picture of each screen, and sees that none is wider than the window."""

    def __init__(self, page: Page, name: str) -> None:
        self._page = page
        self._folder = PICTURES / name
        self._folder.mkdir(parents=True, exist_ok=True)

    def open(self, name: str, path: str) -> None:
        """Load a page and take its picture."""
        self._page.goto(path)
        self.take(name)

    def take(self, name: str) -> None:
        """Take a picture of the whole page."""
        self._page.wait_for_load_state()
        self._page.screenshot(path=self._folder / f"{name}.png", full_page=True)
        width = self._page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert width <= 0, f"{name} is {width} pixels too wide"


def fill(page: Page, name: str, text: str) -> None:
    """Type into the field of this name."""
    page.locator(f"[name='{name}']").first.fill(text)


def send(page: Page, name: str) -> None:
    """Press Enter in a field and wait for what follows."""
    with page.expect_navigation():
        page.locator(f"[name='{name}']").first.press("Enter")


def _activate(album: Album, page: Page, link: str) -> None:
    """Open the link of the mail, and press its button."""
    album.open("activate", link)
    page.get_by_role("button", name="Activate the account").click()
    album.take("activated")


@pytest.mark.browser
def test_the_menu_of_a_phone_needs_no_script(gatehouse: Gatehouse) -> None:
    with browsing(gatehouse.url, phone=True) as page:
        browser = page.context.browser
        assert browser
        context = browser.new_context(
            base_url=gatehouse.url,
            java_script_enabled=False,
            viewport={"width": 390, "height": 844},
        )
        plain = context.new_page()
        plain.goto("/")
        link = plain.locator("nav[aria-label='Main'] a", has_text="Plans")
        was_shown = link.is_visible()
        plain.get_by_role("button", name="Menu").click()

        link.click()

        assert not was_shown
        assert plain.url.endswith("/plans")
        context.close()
