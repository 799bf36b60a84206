"""Logging in by npm's oidc-provider, in a real browser: set up, signed up, known again, linked."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_people import log_in, log_out, press
from tests.kit.chromium import DESKTOP, visiting
from tests.kit.identity import CLIENT, REAL_SECRET, real_provider
from tests.kit.looks import SMALL, faults_of, with_axe
from tests.kit.process import Gatehouse, running

PICTURES = Path("build/screenshots")
JOHN = "admin+test@example.com"
DETAILS = "/admin/account/personal_details"
PEOPLE: Mapping[str, Mapping[str, Any]] = {
    "ann": {
        "email": "ann@initech.example",
        "email_verified": True,
        "preferred_username": "ann",
        "given_name": "Ann",
        "family_name": "Lee",
    },
    "johnny": {"email": JOHN, "email_verified": True},
    "thief": {"email": JOHN},
}
pytestmark = pytest.mark.browser


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Gatehouse]:
    with running(tmp_path / "data") as gatehouse:
        yield gatehouse


def take(page: Page, name: str) -> None:
    """Look at a page, and take pictures of all of it: wide and light, narrow and dark."""
    page.emulate_media(reduced_motion="reduce")  # what is looked at has come to rest
    assert faults_of(page) == [], name
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"sso-{name}.png", full_page=True)
    page.set_viewport_size(SMALL)  # type: ignore[arg-type]  # the size of the kit
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=PICTURES / f"sso-{name}-dark.png", full_page=True)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]  # the size of the kit
    page.emulate_media(color_scheme="light")


def set_up(page: Page, gatehouse: Gatehouse, issuer: str) -> None:
    """Add the provider of identity in the admin portal, test it, and show its button."""
    admin = gatehouse.first_start["admin"]
    page.goto("/p/admin/login")
    page.get_by_label("Username or mail").fill(admin["username"])
    page.get_by_label("Password", exact=True).fill(admin["password"])
    press(page, "Log in")
    page.goto("/p/admin/authentication_providers")
    take(page, "none")
    page.get_by_role("link", name="Add a login").click()
    page.get_by_label("Kind").select_option("oidc")
    page.get_by_label("Name", exact=True).fill("Acme Id")
    page.locator("[name=site]").fill(issuer)
    page.get_by_label("Client id").fill(CLIENT["client_id"])
    page.get_by_label("Client secret").fill(REAL_SECRET)
    take(page, "new")
    press(page, "Add the login")
    press(page, "Test it")
    expect(page.locator("main")).to_contain_text(f"{issuer} answers, with")
    page.get_by_label("On the login page").check()
    press(page, "Save")
    take(page, "login")
    page.goto("/p/admin/authentication_providers")
    press(page, "Make a key")
    take(page, "logins")


def come_by(page: Page, who: str) -> None:
    """Choose the provider of identity, and log in there."""
    page.goto("/login")
    page.get_by_role("link", name="Continue with Acme Id").click()
    page.locator("[name=login]").fill(who)
    page.locator("[name=password]").fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/auth/acme-id/signup" if who in {"ann", "thief"} else "**/admin")


def sign_up(page: Page) -> None:
    """Come by it for the first time, stay, leave and come again."""
    page.goto("/login")
    take(page, "button")
    come_by(page, "ann")
    expect(page.locator("main")).to_contain_text("ann@initech.example")
    expect(page.get_by_label("Username")).to_have_value("ann")
    page.get_by_label("Organisation or project").fill("Initech")
    take(page, "arrival")
    press(page, "Sign up")
    page.goto(DETAILS)
    expect(page.locator("main")).to_contain_text("Connected with Acme Id")
    take(page, "connected")
    press(page, "Disconnect Acme Id")
    expect(page.locator("main")).to_contain_text("This is the only way you log in.")
    log_out(page)
    page.goto("/login")
    with page.expect_navigation(url="**/admin"):  # known there, and here
        page.get_by_role("link", name="Continue with Acme Id").click()


def try_to_take_over(page: Page, sample: dict[str, str]) -> None:
    """Come with somebody's mail that is not verified, and with another person's identity."""
    come_by(page, "thief")
    page.goto("/admin")
    page.wait_for_url("**/login**")
    log_in(page, sample["username"], sample["password"])
    page.goto("/auth/acme-id/signup")
    take(page, "connect")
    page.get_by_label("Current password").fill(sample["password"])
    press(page, "Connect Acme Id")
    expect(page.locator("main")).to_contain_text("connected with another login there")


def test_developers_come_by_a_provider_of_identity(served: Gatehouse) -> None:
    callback = f"{served.url}/auth/acme-id/callback"
    with real_provider(callback, PEOPLE) as issuer:
        with visiting(served.url) as page:
            set_up(with_axe(page), served, issuer)
        with visiting(served.url) as page:
            sign_up(with_axe(page))
        with visiting(served.url) as page:
            come_by(page, "johnny")
            page.goto(DETAILS)
            expect(page.locator("main")).to_contain_text("Connected with Acme Id")
        with visiting(served.url) as page:
            try_to_take_over(with_axe(page), served.first_start["sample"])
