"""A field from the provider's screen to the developer's form and back, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_prototype_path import PASSWORD
from tests.kit.chromium import browsing
from tests.kit.process import Gatehouse, link_in, until
from tests.kit.staff import Staff

BUSINESS = "account[business]"


@pytest.mark.browser
def test_a_provider_adds_a_field_that_a_developer_fills_in(gatehouse: Gatehouse) -> None:
    staff = Staff(gatehouse)
    with browsing(gatehouse.url) as page:
        _log_in_as_staff(page, gatehouse)
        _define(page)
    with browsing(gatehouse.url) as page:
        _sign_up(page)
        mail = until(lambda: staff.mail_to("peter@initech.example"))
        page.goto(link_in(mail, "/activate/"))
        page.locator("form[action^='/activate/'] button").click()
        page.goto("/login")
        page.fill("[name='username']", "peter")
        page.fill("[name='password']", PASSWORD)
        page.locator("main form button").first.click()
        page.goto("/admin/account")
        expect(page.locator("main")).to_contain_text("Fishing")
        page.goto("/admin/account/edit")
        page.select_option(f"[name='{BUSINESS}']", "Farming")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("main")).to_contain_text("Farming")
    with browsing(gatehouse.url) as page:
        _log_in_as_staff(page, gatehouse)
        page.goto("/p/admin/accounts?field.business=Farming")
        page.get_by_role("link", name="Initech").click()
        expect(page.locator("main")).to_contain_text("Farming")


def _log_in_as_staff(page: Page, gatehouse: Gatehouse) -> None:
    login = gatehouse.first_start["admin"]
    page.goto("/p/admin/login")
    page.fill("[name='username']", login["username"])
    page.fill("[name='password']", login["password"])
    page.locator("form:has([name='password']) button").click()


def _define(page: Page) -> None:
    """Add a required field with choices, after a name that can't be one; drag it to the top."""
    page.goto("/p/admin/field_definitions")
    page.get_by_role("link", name="Add a field of accounts").click()
    page.fill("[name='name']", "state")
    page.fill("[name='label']", "Line of business")
    page.check("input[type='checkbox'][name='required']")
    page.fill("[name='choices']", "Farming\nFishing")
    page.get_by_role("button", name="Add the field").click()
    expect(page.locator("#field-name-error")).to_contain_text("Choose another")
    page.fill("[name='name']", "business")
    page.get_by_role("button", name="Add the field").click()
    rows = page.locator("[data-orders='order-account'] tr")
    expect(rows).to_have_count(2)
    rows.nth(1).drag_to(rows.nth(0), target_position={"x": 20, "y": 2})
    expect(rows.nth(0)).to_contain_text("Line of business")
    expect(page.locator("main")).to_contain_text("The order is saved.")


def _sign_up(page: Page) -> None:
    """Sign up, first without the field that has to be chosen."""
    page.goto("/signup")
    page.fill("[name='account[org_name]']", "Initech")
    page.fill("[name='account[user][username]']", "peter")
    page.fill("[name='account[user][email]']", "peter@initech.example")
    page.fill("[name='account[user][password]']", PASSWORD)
    form = page.locator("form:has([name='account[user][password]'])")
    form.evaluate("form => { form.noValidate = true }")
    form.locator("button").click()
    expect(page.locator("#account-business-error")).to_be_visible()
    assert page.locator(f"[name='{BUSINESS}']").get_attribute("aria-invalid") == "true"
    page.select_option(f"[name='{BUSINESS}']", "Fishing")
    page.fill("[name='account[user][password]']", PASSWORD)
    page.locator("form:has([name='account[user][password]']) button").click()
    expect(page).to_have_url(re.compile(r"/signup/success$"))
