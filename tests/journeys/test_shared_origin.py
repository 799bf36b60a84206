"""In a real browser: on a bare host no API and no portal page gets at the admin portal."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page
from sqlmodel import Session, select

from server.domain.events import EventRecord
from server.domain.portal.pages import Template
from server.domain.provider.providers import Provider
from server.domain.provider.tokens import AccessToken
from server.graphql.ids import global_id
from server.kit.db import Database
from tests.journeys.test_browser import fill, send
from tests.kit.chromium import visiting
from tests.kit.hostile import HostileAPI, answers_of, hostile_api, pages_of
from tests.kit.process import Gatehouse, running

UPDATE = """mutation ($input: ProxyUpdateInput!) {
  proxyUpdate(input: $input) { proxy { apiBackend } userErrors { field message } } }"""


@dataclass(frozen=True)
class Scene:
    """An admin who is logged in, in one browser with all that is hostile."""

    gatehouse: Gatehouse
    api: HostileAPI
    database: Database
    page: Page

    @property
    def session(self) -> str:
        """The admin's cookie."""
        cookies = self.page.context.cookies(self.gatehouse.url)
        return next((each["value"] for each in cookies if each["name"] == "admin_session"), "")

    def open(self, path: str) -> None:
        """Open an address and click what there is to click; it may fail in any way."""
        self.page.goto("about:blank")
        with suppress(PlaywrightError):  # a download, or no page at all
            self.page.goto(path, wait_until="load")
        if self.page.locator("#go").count():
            self.page.locator("#go").click(no_wait_after=True)
        self.page.wait_for_timeout(250)

    def check(self, session: str) -> None:
        """Nothing ran on our origin, nothing was changed, the admin is who he was."""
        assert self.api.loot == []
        assert not [each for each in self.api.cookies if "session" in each]
        assert self.session == session
        with self.database.read() as db:
            assert len(db.exec(select(AccessToken)).all()) == 1
        self.page.goto("/p/admin/tokens")
        assert self.page.url.endswith("/p/admin/tokens"), "still logged in"


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Start all, with an admin logged in."""
    folder = tmp_path_factory.mktemp("shared-origin")
    with running(folder / "data") as gatehouse:
        start = gatehouse.first_start
        mount = f"/gateway/staging/api/%s?user_key={start['sample']['user_key']}"
        database = Database(f"sqlite:///{folder / 'data' / 'gatehouse.db'}")
        with hostile_api(mount) as api, visiting(gatehouse.url) as page:
            api.attacks.update(answers_of(api))
            put_before(gatehouse, api.url)
            with database.write() as db:
                put_pages(db, pages_of(api))
            page.goto("/p/admin/login")
            fill(page, "username", start["admin"]["username"])
            fill(page, "password", start["admin"]["password"])
            send(page, "password")
            yield Scene(gatehouse, api, database, page)
        database.close()


def put_before(gatehouse: Gatehouse, upstream: str) -> None:
    """Have the sample service stand before the hostile API."""
    start = gatehouse.first_start
    variables: Any = {
        "serviceId": global_id("Service", start["service"]["id"]),
        "apiBackend": upstream,
    }
    answer = httpx.post(
        f"{gatehouse.url}/admin/api/graphql",
        json={"query": UPDATE, "variables": {"input": variables}},
        headers={"authorization": f"Bearer {start['access_token']}"},
        timeout=30,  # the first who asks waits until it is loaded
    )
    assert answer.json()["data"]["proxyUpdate"]["userErrors"] == [], answer.text


def put_pages(db: Session, pages: dict[str, str]) -> None:
    """Publish pages as they are, without a layout around them."""
    provider = db.exec(select(Provider)).one()
    rows = [("layout", "bare", "{% content %}"), *(("page", *each) for each in pages.items())]
    for kind, name, text in rows:
        body = text if kind == "layout" else f"{{% raw %}}{text}{{% endraw %}}"
        row = Template(provider_id=provider.id, kind=kind, name=name, published=body, layout="bare")
        db.add(row)


NOWHERE = HostileAPI("http://127.0.0.1:1", "/%s")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("name", sorted(answers_of(NOWHERE)))
def test_an_answer_of_an_api_does_nothing_here(scene: Scene, name: str) -> None:
    session = scene.session

    scene.open(scene.api.at(name))

    assert name in scene.api.asked
    scene.check(session)


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("path", sorted(pages_of(NOWHERE)))
def test_a_page_of_the_portal_does_nothing_to_the_admin_portal(scene: Scene, path: str) -> None:
    session = scene.session

    scene.open(path)

    if path == "/h/style":
        assert scene.page.locator("#seen").is_visible()
    scene.check(session)


@pytest.mark.slow
@pytest.mark.browser
def test_the_attacks_work_where_nothing_stands_against_them(scene: Scene) -> None:
    for name in ("script", "handler", "svg", "transformed", "own-script"):
        scene.api.loot.clear()

        scene.open(f"{scene.api.url}/{name}")

        if name not in {"transformed", "own-script"}:  # their parts are at our addresses
            assert scene.api.loot, name
    scene.api.loot.clear()


@pytest.mark.slow
@pytest.mark.browser
def test_a_page_of_the_portal_may_try_an_api_out(scene: Scene) -> None:
    scene.page.goto("/plans")
    call = "async (url) => { const r = await fetch(url); return [r.status, await r.text()] }"

    status, body = scene.page.evaluate(call, scene.api.at("js"))

    assert status == 200
    assert "fetch(" in body
    echoed = scene.page.evaluate(call, "/echo/hello")
    assert echoed[0] == 200
    assert "admin_session" not in echoed[1]


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("place", ["/plans", "/h/link"])
def test_even_a_script_there_could_not_ask_the_admin_portal(scene: Scene, place: str) -> None:
    ask = """async (url) => {
      const sent = {method: 'POST', body: '{"query":"{provider{name}}"}',
                    headers: {'content-type': 'application/json'}};
      const r = await fetch(url, url.includes('graphql') ? sent : {});
      return r.status }"""

    scene.page.goto(place)
    assert scene.page.evaluate(ask, "/p/admin/tokens") == 403
    assert scene.page.evaluate(ask, "/admin/api/graphql") == 403

    scene.page.goto("/p/admin")
    assert scene.page.evaluate(ask, "/p/admin/tokens") == 200
    assert scene.page.evaluate(ask, "/admin/api/graphql") == 200


@pytest.mark.slow
@pytest.mark.browser
def test_a_window_of_the_admin_portal_is_out_of_reach_for_its_opener(scene: Scene) -> None:
    scene.page.goto("/plans")

    with scene.page.context.expect_page() as opened:
        scene.page.evaluate("() => { window.held = window.open('/p/admin') }")
    opened.value.wait_for_load_state()

    assert opened.value.url.endswith("/p/admin")
    assert scene.page.evaluate("() => window.held.closed") is True
    assert opened.value.evaluate("() => window.opener") is None
    opened.value.close()


@pytest.mark.slow
@pytest.mark.browser
def test_no_audit_entry_was_made_by_any_of_it(scene: Scene) -> None:
    with scene.database.read() as db:
        kinds = set(db.exec(select(EventRecord.kind)))

    assert "access_token.created" not in kinds
    assert "setting.updated" not in kinds
