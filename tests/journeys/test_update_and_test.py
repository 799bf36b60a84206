"""*Update & test staging* on a real process: nobody's key, nobody's quota, and advice that fits."""

import httpx2 as httpx
import pytest

from tests.kit.browser import Browser
from tests.kit.process import Gatehouse
from tests.kit.services import free_port


def integration(gatehouse: Gatehouse) -> Browser:
    """Log in as the provider's admin; the page is at `path_of`."""
    browser = Browser.at(gatehouse.url)
    browser.submit(browser.open("/p/admin/login"), "/login", **gatehouse.first_start["admin"])
    return browser


def path_of(gatehouse: Gatehouse) -> str:
    return f"/p/admin/services/{gatehouse.first_start['service']['id']}"


def test_the_test_call_needs_no_quota_no_key_and_no_application(gatehouse: Gatehouse) -> None:
    start, admin, service = gatehouse.first_start, integration(gatehouse), path_of(gatehouse)
    plan = admin.open(admin.open(f"{service}/plans").value("//a[.='Basic']/@href"))
    admin.submit(plan, "/limits", period="hour", value="1")
    call = f"{start['service']['staging_base_url']}/?user_key={start['sample']['user_key']}"

    tested = [admin.submit(admin.open(f"{service}/integration"), "/integration") for _ in range(3)]
    assert all("The test call reached your API." in page.text for page in tested)
    assert [httpx.get(call).status_code for _ in range(2)] == [200, 429]

    used_up = admin.submit(admin.open(f"{service}/integration"), "/integration")
    assert "The test call reached your API." in used_up.text
    application = admin.open(f"/p/admin/applications/{start['sample']['application_id']}")
    admin.submit(application, "/delete")
    alone = admin.submit(admin.open(f"{service}/integration"), "/integration")
    assert "The test call reached your API." in alone.text


def test_its_advice_fits_what_happened(gatehouse: Gatehouse) -> None:
    admin, service = integration(gatehouse), path_of(gatehouse)
    nobody = f"http://127.0.0.1:{free_port()}"

    page = admin.open(f"{service}/integration")
    away = admin.submit(page, "/integration", api_backend=nobody, api_test_path="/status")
    assert f"Nobody answers at {nobody}. Check that the private base URL is right" in away.text

    page = admin.open(f"{service}/integration")
    admin.submit(page, "/delete")  # the only mapping rule
    unruled = admin.submit(admin.open(f"{service}/integration"), "/integration")
    assert "No mapping rule fits GET /status." in unruled.text
    assert "private base URL is right" not in unruled.text


@pytest.mark.parametrize("name", ["X-Gatehouse-Test", "User-Agent"])
def test_no_header_makes_a_call_a_test_call(gatehouse: Gatehouse, name: str) -> None:
    url = gatehouse.first_start["service"]["staging_base_url"]

    answer = httpx.get(f"{url}/", headers={name: "gatehouse-test-call"})

    assert (answer.status_code, answer.headers["x-gatehouse-error"]) == (403, "auth_missing")
