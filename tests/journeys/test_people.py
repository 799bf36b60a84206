"""A colleague is invited, a plan is changed in each mode, a key is rotated: in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_prototype_path import PASSWORD, call
from tests.kit.chromium import browsing
from tests.kit.process import Gatehouse, link_in, until
from tests.kit.staff import Staff

PICTURES = Path("build/screenshots")
ANN = "ann@initech.example"
pytestmark = pytest.mark.browser


def log_in(page: Page, name: str, password: str) -> None:
    """Fill in the login form."""
    page.goto("/login")
    page.get_by_label("Username or mail address").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="Log in").click()


def log_out(page: Page) -> None:
    """Leave by the button of the menu."""
    with page.expect_navigation():
        page.get_by_role("button", name="Log out").click()


def press(page: Page, button: str) -> None:
    """Press a button that leads to another page."""
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).first.click()


def take(page: Page, name: str) -> None:
    """Take a picture of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"people-{name}.png", full_page=True)


def test_an_invited_colleague_signs_up_and_sees_the_account(gatehouse: Gatehouse) -> None:
    staff, sample = Staff(gatehouse), gatehouse.first_start["sample"]
    with browsing(gatehouse.url) as page:
        log_in(page, sample["username"], sample["password"])
        page.goto("/admin/account/invitations/new")
        page.get_by_label("Mail address").fill(ANN)
        take(page, "invite")
        press(page, "Invite")
        expect(page.locator("main")).to_contain_text(f"{ANN} is invited by mail.")
        take(page, "invitations")
        log_out(page)

        page.goto(link_in(until(lambda: staff.mail_to(ANN)), "/signup/"))
        page.get_by_label("Username").fill("ann")
        page.get_by_label("Password").fill(PASSWORD)
        take(page, "join")
        press(page, "Join")
        log_in(page, "ann", PASSWORD)
        page.goto(f"/admin/applications/{sample['application_id']}")
        expect(page.locator("main")).to_contain_text("Credentials")
        expect(page.get_by_text("Replace the key")).to_have_count(0)
        page.goto("/admin/account/users")
        expect(page.locator("main")).to_contain_text(ANN)
        take(page, "users-of-a-member")
        log_out(page)

        log_in(page, sample["username"], sample["password"])
        page.goto("/admin/account/users")
        page.get_by_role("link", name="ann").click()
        take(page, "user")
        page.get_by_label("admin", exact=False).first.check()
        press(page, "Save")
        expect(page.locator("main")).to_contain_text("ann is an admin.")


@pytest.mark.parametrize(
    ("mode", "button", "told"),
    [
        ("direct", "Change to Unlimited", "The application is on the plan Unlimited now."),
        ("request", "Ask for Unlimited", "The provider is asked."),
        ("none", "", "Plans of this API are changed by its provider."),
    ],
)
def test_a_plan_is_changed_as_the_provider_says(
    gatehouse: Gatehouse, mode: str, button: str, told: str
) -> None:
    sample = gatehouse.first_start["sample"]
    Staff(gatehouse).choose_for_api(buyer_plan_change_permission=mode)
    with browsing(gatehouse.url) as page:
        log_in(page, sample["username"], sample["password"])
        page.goto(f"/admin/applications/{sample['application_id']}")
        if button:
            press(page, button)
        expect(page.locator("main")).to_contain_text(told)
        take(page, f"plan-{mode}")


def test_a_rotated_key_and_its_successor_both_open_until_the_old_one_ends(
    gatehouse: Gatehouse,
) -> None:
    start = gatehouse.first_start
    sample, old = start["sample"], start["sample"]["user_key"]
    with browsing(gatehouse.url) as page:
        log_in(page, sample["username"], sample["password"])
        path = f"/admin/applications/{sample['application_id']}"
        page.goto(path)
        page.get_by_text("Replace the key").click()
        page.get_by_label("The old key ends").select_option("1")
        take(page, "rotate")
        press(page, "Regenerate key")
        new = page.locator("#user-key").input_value()
        expect(page.locator("main")).to_contain_text("The key before this one holds until")
        take(page, "rotated")

        assert new != old
        assert [call(start, key).status_code for key in (old, new)] == [200, 200]
        page.get_by_text("End the old key now").click()
        press(page, "End the old key")
        until(lambda: call(start, old).status_code == 403)
        assert call(start, new).status_code == 200
