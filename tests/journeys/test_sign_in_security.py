"""Second factors, passkeys and the work against robots, in a real browser with a real device."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from server.kit.totp import STEP_S, code_at
from tests.journeys.test_people import log_in, log_out, press
from tests.journeys.test_prototype_path import PASSWORD
from tests.kit.chromium import browsing
from tests.kit.process import Gatehouse, running, until
from tests.kit.staff import Staff

PAGE = "/admin/account/personal_details/security"
PICTURES = Path("build/screenshots")
JOHN = "admin+test@example.com"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
pytestmark = pytest.mark.browser


@pytest.fixture
def gatehouse(tmp_path: Path) -> Iterator[Gatehouse]:
    """Run a Gatehouse; passwords are counted, so each test has its own."""
    with running(tmp_path) as gatehouse:
        yield gatehouse


def by_name(gatehouse: Gatehouse) -> str:
    """Tell its address by a name: passkeys are bound to names, and no address of numbers is one."""
    return gatehouse.url.replace("127.0.0.1", "localhost")


def take(page: Page, name: str) -> None:
    """Take a picture of the whole page."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"security-{name}.png", full_page=True)


def next_code(page: Page, secret: str, used: str) -> str:
    """Wait for a code that was not used: at most half a minute."""

    def fresh() -> str:
        code = code_at(secret, datetime.now(UTC))
        return "" if code == used else code

    return str(until(fresh, seconds=STEP_S + 10))


def confirm_password(page: Page, form: str, password: str, button: str) -> None:
    """Type the password into one of the forms of the page, and send it."""
    place = page.locator(f"form[action$='{form}']").first
    place.locator("input[type=password]").fill(password)
    with page.expect_navigation():
        place.get_by_role("button", name=button).click()


def codes_on(page: Page) -> list[str]:
    """Read the recovery codes, shown this once."""
    expect(page.locator("h1")).to_have_text("Recovery codes")
    return [code.inner_text() for code in page.locator(".codes code").all()]


def second_step(page: Page, code: str) -> None:
    """Type a code after the password."""
    expect(page.locator("h1")).to_have_text("One more step")
    page.get_by_label("Code", exact=True).fill(code)
    with page.expect_navigation():
        page.locator("form", has=page.get_by_label("Code", exact=True)).get_by_role(
            "button"
        ).click()


def device_of(page: Page) -> tuple[CDPSession, Any]:
    """Give the browser a device that knows passkeys."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    added = tools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return tools, added["authenticatorId"]


def set_up_app(page: Page, password: str) -> tuple[str, str, list[str]]:
    """Set up an app; give its secret, the code that was typed, and the recovery codes."""
    page.goto("/admin/account/personal_details")
    page.get_by_role("link", name="Set it up").click()
    take(page, "nothing-yet")
    confirm_password(page, "/authenticator", password, "Set up an app")
    take(page, "picture")
    expect(page.get_by_role("img", name="QR code for your authenticator app")).to_be_visible()
    secret = page.locator(".wide-code").inner_text().replace(" ", "")
    code = next_code(page, secret, "")
    page.get_by_label("Code", exact=True).fill(code)
    press(page, "Confirm")
    kept = codes_on(page)
    take(page, "codes")
    return secret, code, kept


def test_an_app_is_set_up_asked_for_and_taken_away_by_staff(gatehouse: Gatehouse) -> None:
    sample = gatehouse.first_start["sample"]
    name, password = sample["username"], sample["password"]
    with browsing(gatehouse.url) as page:
        log_in(page, name, password)
        secret, code, kept = set_up_app(page, password)
        assert len(set(kept)) == 10
        log_out(page)

        log_in(page, name, password)
        take(page, "second-step")
        second_step(page, code)
        expect(page.locator(".field .error")).to_contain_text("not right, or was used already")
        second_step(page, next_code(page, secret, code))
        expect(page.locator("h1")).to_have_text("Hello John Doe")
        log_out(page)
        log_in(page, name, password)
        second_step(page, kept[0])
        expect(page.locator("h1")).to_have_text("Hello John Doe")

        staff = Staff(gatehouse)
        told = staff.remove_second_factors(name)
        assert "has no second factor any more" in told
        page.goto("/admin")
        log_in(page, name, password)
        expect(page.locator("h1")).to_have_text("Hello John Doe")
        mail = until(lambda: _newest(staff, "taken all second factors away"))
        assert "Your password alone lets you in" in mail


def _newest(staff: Staff, words: str) -> str:
    text = staff.mail_to(JOHN)
    return text if words in text else ""


def test_a_passkey_logs_in_alone_and_as_second_step(gatehouse: Gatehouse) -> None:
    sample = gatehouse.first_start["sample"]
    name, password = sample["username"], sample["password"]
    with browsing(by_name(gatehouse)) as page:
        tools, device = device_of(page)
        log_in(page, name, password)
        kept = make_passkey(page, password)
        press_link(page, "I have kept them")
        expect(page.get_by_role("heading", name="my phone")).to_be_visible()
        take(page, "a-passkey")
        log_out(page)

        page.goto("/login")
        take(page, "login")
        press(page, "Use a passkey")
        expect(page.locator("h1")).to_have_text("Hello John Doe")
        log_out(page)
        log_in(page, name, password)
        take(page, "second-step-with-a-passkey")
        press(page, "Use a passkey")
        expect(page.locator("h1")).to_have_text("Hello John Doe")
        log_out(page)

        forget_fingers(tools, device)
        page.goto("/login")
        page.get_by_role("button", name="Use a passkey").click()
        told = page.locator("[data-passkey] [role=status]")
        expect(told).to_have_text("No passkey was given. Try once more.")
        log_in(page, name, password)
        page.get_by_label("Recovery code").fill(kept[0])
        press(page, "Log in")
        delete_passkey(page, password)
        expect(page.locator("main")).to_contain_text("The passkey is deleted.")


def make_passkey(page: Page, password: str) -> list[str]:
    """Have the device make a passkey; give the recovery codes."""
    page.goto(PAGE)
    page.get_by_label("Name of the passkey").fill("my phone")
    confirm_password(page, "/passkeys", password, "Add a passkey")
    take(page, "make-a-passkey")
    press(page, "Make the passkey")
    return codes_on(page)


def delete_passkey(page: Page, password: str) -> None:
    """Delete the first passkey of the page."""
    page.goto(PAGE)
    page.get_by_text("Delete this passkey").first.click()
    place = page.locator("form[action*='/passkeys/']").first
    place.locator("input[type=password]").fill(password)
    with page.expect_navigation():
        place.get_by_role("button").click()


def forget_fingers(tools: CDPSession, device: Any) -> None:
    """Have the device find each time that it is not its owner who holds it."""
    unverified = {"authenticatorId": device, "isUserVerified": False}
    tools.send("WebAuthn.setUserVerified", unverified)


def press_link(page: Page, name: str) -> None:
    """Follow a link."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def test_the_browser_works_before_a_form_is_taken(gatehouse: Gatehouse) -> None:
    Staff(gatehouse).choose(spam_protection_level="captcha")
    sample = gatehouse.first_start["sample"]
    with browsing(gatehouse.url) as page:
        log_in(page, sample["username"], sample["password"])
        expect(page.locator("h1")).to_have_text("Hello John Doe")
        log_out(page)
        page.goto("/signup")
        page.get_by_label("Organisation or project").fill("Robotless")
        page.get_by_label("Username").fill("rosa")
        page.get_by_label("Mail address").fill("rosa@x.example")
        page.get_by_label("Password").fill(PASSWORD)
        take(page, "captcha")
        with page.expect_navigation():
            page.locator("main").get_by_role("button", name="Sign up").click()
        expect(page.locator("h1")).to_have_text("Your mail is kept here")
