"""ActiveDocs in a real browser: an operation is tried through a real gateway, and counts."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.test_browser import Album, fill, send
from tests.kit.chromium import browsing, visiting
from tests.kit.looks import OPTIONS, with_axe
from tests.kit.process import Gatehouse, running, until
from tests.kit.specs import PETSTORE_1_TEXT, examples
from tests.kit.staff import Staff

pytestmark = pytest.mark.browser
SPEC = "/api_docs/specs/echo_api"
OPERATION = f"{SPEC}/operations/echopath"
FEW = 20  # operations that the console shows all at once; of more those in sight
DOMAIN = "gatehouse.localhost"


@pytest.fixture(scope="module")
def gatehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gatehouse]:
    """Run a Gatehouse."""
    with running(tmp_path_factory.mktemp("active_docs")) as gatehouse:
        Staff(gatehouse).set_limit("Basic", "day", 100)
        yield gatehouse


def log_in(page: Page, gatehouse: Gatehouse) -> None:
    """Log in as the sample developer."""
    sample = gatehouse.first_start["sample"]
    page.goto("/login")
    fill(page, "username", sample["username"])
    fill(page, "password", sample["password"])
    send(page, "password")


def try_it(page: Page, path: str) -> str:
    """Open the console of the operation, send a call to a path, and read what came."""
    page.goto(OPERATION)
    page.get_by_role("button", name="Open the console").click()
    page.locator(".parameters input[type=text]").first.fill(path)
    page.get_by_role("button", name="Execute").click()
    answer = page.locator(".live-responses-table")
    expect(answer).to_contain_text("Response headers")
    return answer.inner_text()


def add(gatehouse: Gatehouse, name: str, body: str) -> None:
    """Add a published specification of the sample's API."""
    start = gatehouse.first_start
    answer = httpx.post(
        f"{gatehouse.url}/admin/api/active_docs.json",
        headers={"authorization": f"Bearer {start['access_token']}"},
        json={
            "name": name,
            "body": body,
            "published": True,
            "service_id": start["service"]["id"],
        },
    )
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize(
    ("phone", "dark"), [(False, False), (True, True)], ids=["desktop-light", "phone-dark"]
)
def test_a_developer_tries_an_operation_with_his_key_and_sees_the_usage_grow(
    gatehouse: Gatehouse, phone: bool, dark: bool
) -> None:
    name = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    sample = gatehouse.first_start["sample"]
    with browsing(gatehouse.url, phone=phone, dark=dark) as page:
        album = Album(page, f"active-docs-{name}")
        log_in(page, gatehouse)
        used = page.locator(".tile .many").first
        application = f"/admin/applications/{sample['application_id']}"
        page.goto(application)
        before = int(used.inner_text().split()[0])
        album.open("index", "/api_docs")
        album.open("specification", SPEC)

        told = try_it(page, "v1/hello")
        album.take("tried")

        assert "200" in told
        assert re.search(r"Request duration\s+\d+ ms", told)
        assert '"path": "/v1/hello"' in told
        assert f'"user_key": "{sample["user_key"]}"' in told
        assert "x-content-type-options: nosniff" in told  # of what came, all headers
        page.goto(application)
        until(lambda: page.reload() and int(used.inner_text().split()[0]) == before + 1)


def test_a_gateway_on_a_host_of_its_own_is_called_without_a_proxy_between(tmp_path: Path) -> None:
    with running(tmp_path / "hosts", GATEHOUSE_DOMAIN=DOMAIN) as gatehouse:
        portal = gatehouse.first_start["provider"]["portal_base_url"]
        api = gatehouse.first_start["service"]["production_base_url"]
        portal, api = (_at_port(url, gatehouse.port) for url in (portal, api))
        asked: list[str] = []
        with visiting(portal) as page:
            page.on("request", lambda request: asked.append(request.url))
            log_in(page, gatehouse)

            told = try_it(page, "v1/hello")

        hosts = {urlsplit(url).netloc for url in asked if url.startswith("http")}
        assert "200" in told
        assert hosts == {urlsplit(portal).netloc, urlsplit(api).netloc}
        assert len(hosts) == 2


def _at_port(url: str, port: int) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{port}"


def test_a_refused_call_is_shown_as_the_gateway_has_answered_it(gatehouse: Gatehouse) -> None:
    with visiting(gatehouse.url) as page:
        told = try_it(page, "v1/hello")

    assert "403" in told
    assert "Authentication parameters missing" in told


def test_the_open_console_has_nothing_serious_for_axe(gatehouse: Gatehouse) -> None:
    found = []
    with browsing(gatehouse.url) as page:
        log_in(with_axe(page), gatehouse)
        for step in ("operation", "specification"):
            if step == "operation":
                try_it(page, "hello")
            else:
                page.goto(SPEC)
                page.get_by_role("button", name="Open the console").click()
                page.locator(".opblock").first.wait_for()
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                answer: Any = page.evaluate("options => axe.run(document, options)", OPTIONS)
                found += [
                    (step, scheme, rule["id"], node["html"][:200])
                    for rule in answer["violations"]
                    for node in rule["nodes"]
                    if rule["impact"] in {"serious", "critical", "moderate"}
                ]
            page.set_viewport_size({"width": 320, "height": 640})
            width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            found += [(step, "narrow", "too wide", str(width))] if width > 0 else []
            page.set_viewport_size({"width": 1280, "height": 900})

    assert not found


def test_credentials_are_filled_in_where_a_parameter_says_so(gatehouse: Gatehouse) -> None:
    parameter = {"name": "key", "in": "query", "x-data-threescale-name": "user_keys"}
    paths = {
        "/any": {
            "get": {
                "operationId": "any",
                "parameters": [{**parameter, "schema": {"type": "string"}}],
            }
        }
    }
    info = {"title": "Filled", "version": "1"}
    add(gatehouse, "Filled", json.dumps({"openapi": "3.0.3", "info": info, "paths": paths}))
    with browsing(gatehouse.url) as page:
        log_in(page, gatehouse)
        page.goto("/api_docs/specs/filled/operations/any")
        page.get_by_role("button", name="Open the console").click()

        field = page.locator(".parameters input[type=text]").first
        expect(field).to_have_value(gatehouse.first_start["sample"]["user_key"])
        expect(page.get_by_label("Call as")).to_contain_text("Developer's App")


def test_the_chosen_language_of_samples_is_kept(gatehouse: Gatehouse) -> None:
    with browsing(gatehouse.url) as page:
        page.goto(OPERATION)
        page.get_by_role("tab", name="curl").press("ArrowRight")
        chosen = page.get_by_role("tab", selected=True)
        expect(chosen).to_have_text("Python")
        expect(page.locator("#sample-python")).to_be_visible()
        expect(page.locator("#sample-curl")).to_be_hidden()

        page.goto(f"{SPEC}/operations/echo")

        expect(chosen).to_have_text("Python")


@pytest.mark.slow  # sixty documents, one after the other
def test_every_example_of_others_and_one_of_old_is_rendered(gatehouse: Gatehouse) -> None:
    bodies = {path.stem: path.read_text() for path in examples() if path.suffix == ".json"}
    bodies = {f"{number} {name}": text for number, (name, text) in enumerate(bodies.items())}
    bodies["old"] = PETSTORE_1_TEXT
    seen = []
    for name, text in bodies.items():
        add(gatehouse, name, text)
    with browsing(gatehouse.url) as page:
        page.goto("/api_docs")
        listed_here = page.locator("h3 a").evaluate_all("all => all.map(each => each.href)")
        for address in listed_here:
            if address.endswith("/abroad"):  # of another test: what it names is refused
                continue
            page.goto(address)
            listed = page.locator(".ops li").count()
            page.get_by_role("button", name="Open the console").click()
            page.locator(".swagger-ui .wrapper").first.wait_for(state="attached")
            shown = page.locator(".opblock:not(.webhooks .opblock)")
            if listed <= FEW:
                expect(shown).to_have_count(listed)
            else:
                expect(shown.first).to_be_visible()
            seen.append(address)
            told = page.locator(".errors-wrapper").all_inner_texts()
            assert not [text for text in told if "jsonSchemaDialect" not in text], address

    assert len(seen) > len(bodies)


def test_nothing_that_a_document_names_is_asked_for_elsewhere(gatehouse: Gatehouse) -> None:
    evil = "https://evil.example"
    parts = {
        "info": {"title": "Abroad", "version": "1", "description": f"![x]({evil}/x.png)"},
        "servers": [{"url": evil}],
        "paths": {
            "/a": {"get": {"description": f"![y]({evil}/y.png) <script src={evil}></script>"}}
        },
        "externalDocs": {"url": f"{evil}/docs"},
    }
    add(gatehouse, "Abroad", json.dumps({"openapi": "3.0.3", **parts}))
    asked: list[str] = []
    with visiting(gatehouse.url) as page:
        page.on("requestfinished", lambda request: asked.append(request.url))
        page.goto("/api_docs/specs/abroad")
        page.get_by_role("button", name="Open the console").click()
        page.locator(".opblock button").first.click()
        page.locator(".opblock-body").wait_for()

    assert asked
    assert not [url for url in asked if not url.startswith((gatehouse.url, "data:"))]
