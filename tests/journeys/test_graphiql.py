"""GraphiQL in a real browser: it says as whom it asks, and its first query gets its answer."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from server.graphql.ids import global_id
from tests.journeys.test_browser import fill, send
from tests.kit.chromium import browsing
from tests.kit.process import Gatehouse, running

pytestmark = pytest.mark.browser
PICTURES = Path("build/screenshots/graphiql")


@pytest.fixture(scope="module")
def gatehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gatehouse]:
    """Run a Gatehouse; the tests of this file only read."""
    with running(tmp_path_factory.mktemp("graphiql")) as gatehouse:
        yield gatehouse


def ask(page: Page, path: str, answer: str, picture: str) -> None:
    """Open the page, run the query that it begins with, wait for its answer, take a picture."""
    page.goto(path)
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".graphiql-response")).to_contain_text(answer)
    expect(page.locator("h1")).to_be_in_viewport()
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{picture}.png")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_provider_asks_as_who_is_logged_in(gatehouse: Gatehouse, dark: bool) -> None:
    start = gatehouse.first_start
    with browsing(gatehouse.url, dark=dark) as page:
        page.goto("/p/admin/login")
        fill(page, "username", start["admin"]["username"])
        fill(page, "password", start["admin"]["password"])
        send(page, "password")

        answer = f'"name": "{start["provider"]["name"]}"'
        ask(page, "/admin/api/graphql", answer, "admin-dark" if dark else "admin-light")


def test_a_subscription_runs_until_it_is_stopped(gatehouse: Gatehouse) -> None:
    start = gatehouse.first_start
    service = global_id("Service", start["service"]["id"])
    with browsing(gatehouse.url) as page:
        page.goto("/p/admin/login")
        fill(page, "username", start["admin"]["username"])
        fill(page, "password", start["admin"]["password"])
        send(page, "password")
        page.goto("/admin/api/graphql")
        page.locator(".graphiql-query-editor .view-lines").click()
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        page.keyboard.insert_text(
            f'subscription {{ liveUsage(serviceId: "{service}") {{ unit }} }}'
        )
        page.get_by_role("button", name="Execute query").click()

        expect(page.locator(".graphiql-response")).to_contain_text('"unit": "hit"')
        page.get_by_role("button", name="Stop query").click()
        expect(page.get_by_role("button", name="Execute query")).to_be_visible()


def test_the_page_tells_where_to_log_in_and_where_a_token_goes(gatehouse: Gatehouse) -> None:
    with browsing(gatehouse.url) as page:
        page.goto("/admin/api/graphql")

        expect(page.locator("header")).to_contain_text('{"Authorization": "Bearer TOKEN"}')
        expect(page.locator(".graphiql-response")).to_contain_text("or log in.")
        page.get_by_role("link", name="logged in to the admin portal").click()
        expect(page.locator("h1")).to_have_text("Log in")


def test_a_visitor_asks_for_apis(gatehouse: Gatehouse) -> None:
    with browsing(gatehouse.url) as page:
        ask(page, "/graphql", '"name": "API"', "developer")
