"""The guides' prototype path on real HTTP: from the first start to a refused call and back."""

import re

import httpx2 as httpx
import pytest

from tests.kit.browser import Browser, Page
from tests.kit.process import Gatehouse, link_in, until
from tests.kit.staff import Staff

PASSWORD = "three words and a number 7"
REVOKED_WITHIN_S = 2.0


class Developer:
    """A developer with a browser."""

    def __init__(self, gatehouse: Gatehouse, staff: Staff, username: str) -> None:
        self.staff = staff
        self.username = username
        self.email = f"{username}@initech.example"
        self.browser = Browser.at(gatehouse.url)

    def sign_up(self) -> Page:
        """Fill in the signup form."""
        return self.browser.submit(
            self.browser.open("/signup"),
            "/signup",
            account__org_name=f"Initech {self.username}",
            account__user__username=self.username,
            account__user__email=self.email,
            account__user__password=PASSWORD,
        )

    def activate(self) -> Page:
        """Follow the link of the mail that the provider finds among the kept ones."""
        mail = until(lambda: self.staff.mail_to(self.email))
        link = link_in(mail, "/activate/")
        return self.browser.submit(self.browser.open(link), link)

    def log_in(self) -> Page:
        """Fill in the login form."""
        return self.browser.submit(
            self.browser.open("/login"), "/session", username=self.username, password=PASSWORD
        )

    def application(self) -> Page:
        """Go to the only application."""
        index = self.browser.open("/admin/applications")
        links = "//main//a[starts-with(@href, '/admin/applications/')]/@href"
        path = index.value(f"({links})[not(contains(., 'new'))]")
        return self.browser.open(path)


def key_on(page: Page) -> str:
    """Read the key that the application's page shows."""
    return page.value("//input[@readonly]/@value")


def call(start: dict[str, dict[str, str]], key: str, path: str = "/v1/hello") -> httpx.Response:
    """Call the API through the staging gateway."""
    query = f"?user_key={key}" if key else ""
    return httpx.get(f"{start['service']['staging_base_url']}{path}{query}")


def used_on(page: Page) -> str:
    """Read how much is used of the first limit, from the table of the page."""
    cell: str = page.tree.xpath("//table//td")[0].text_content()
    return cell.strip()


@pytest.mark.both_databases
def test_from_first_start_to_a_refused_call(gatehouse: Gatehouse) -> None:
    staff, start = Staff(gatehouse), gatehouse.first_start
    staff.set_limit("Basic", "hour", 3)
    developer = Developer(gatehouse, staff, "peter")

    assert "mail" in developer.sign_up().text.lower()
    assert "Follow the link" in developer.log_in().text
    developer.activate()
    developer.log_in()
    key = key_on(developer.application())

    assert [call(start, key).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = call(start, key)
    assert refused.text == "Usage limit exceeded"
    assert 0 < int(refused.headers["retry-after"]) <= 3600
    assert "hits" in refused.headers["ratelimit"]
    assert call(start, "wrong").text == "Authentication failed"
    assert call(start, "").text == "Authentication parameters missing"
    until(lambda: used_on(developer.application()) == "3")


def test_a_suspended_application_is_out_within_two_seconds(gatehouse: Gatehouse) -> None:
    staff, start = Staff(gatehouse), gatehouse.first_start
    key = start["sample"]["user_key"]
    assert call(start, key).status_code == 200

    staff.move_application("suspend")
    until(lambda: call(start, key).status_code == 403, seconds=REVOKED_WITHIN_S)

    staff.move_application("resume")
    until(lambda: call(start, key).status_code == 200, seconds=REVOKED_WITHIN_S)


def test_with_approval_an_account_waits_for_the_provider(gatehouse: Gatehouse) -> None:
    staff = Staff(gatehouse)
    staff.require_approval()
    developer = Developer(gatehouse, staff, "milton")
    developer.sign_up()
    developer.activate()
    assert "waits for approval" in developer.log_in().text

    staff.approve("Initech milton")

    developer.log_in()
    assert key_on(developer.application())


def test_the_providers_back_end_signs_a_customer_up_in_one_call(gatehouse: Gatehouse) -> None:
    start = gatehouse.first_start

    answer = httpx.post(
        f"{gatehouse.url}/admin/api/signup.xml",
        data={
            "provider_key": start["provider_key"],
            "org_name": "Chotchkie's",
            "username": "joanna",
            "email": "joanna@example.com",
            "password": PASSWORD,
            "application_plan_id": Staff(gatehouse).plan_id("Unlimited"),
        },
    )

    assert answer.status_code == 201
    key = re.search(r"<user_key>([^<]+)</user_key>", answer.text)
    assert key
    assert call(start, key[1]).status_code == 200


def test_what_is_promoted_serves_in_production(gatehouse: Gatehouse) -> None:
    staff, start = Staff(gatehouse), gatehouse.first_start
    key, production = start["sample"]["user_key"], start["service"]["production_base_url"]

    assert "answered 200" in staff.rename_key("api-key").text
    assert httpx.get(f"{production}/x?user_key={key}").status_code == 200
    staff.promote()

    def status(name: str) -> int:
        return httpx.get(f"{production}/x?{name}={key}").status_code

    until(lambda: status("api-key") == 200, seconds=REVOKED_WITHIN_S)
    assert status("user_key") == 403
