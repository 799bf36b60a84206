"""The MCP server, asked by the client of the same library over HTTP, and by hand where it refuses.

It may be asked by anybody: what a visitor may see, what a developer may, and never a key.
"""

import json
import marshal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing
from typing import Any

import httpx2 as httpx
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.exceptions import MCPError
from starlette.applications import Starlette
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cms.portal.routes import routes
from cms.rendering.renderer import Renderer
from server.actions.portal.pages import TEMPLATES
from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from tests.cms.browser import patient_renderer
from tests.cms.portal.machines.test_community import ON, switch, write
from tests.kit.browser import Browser
from tests.kit.gateway import serving
from tests.kit.machines import PRIVATE, SEEN, UNSEEN, furnish, key_of, token_of_john
from tests.kit.make import staff
from tests.kit.work import by

PORTAL = "http://localhost:8000"
VISITORS = {"search", "read_page", "list_apis", "list_operations", "describe_operation"}
JSON = {"content-type": "application/json", "accept": "application/json, text/event-stream"}
PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


@pytest.fixture
def renderer(deps: Dependencies) -> Iterator[Renderer]:
    with closing(patient_renderer(deps)) as renderer:
        yield renderer


def relayed(app: ASGIApp) -> ASGIApp:
    """Hold answers to what the relay between the two processes can pass on."""

    async def checked(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_checked(message: Message) -> None:
            marshal.dumps(dict(message))
            await send(message)

        await app(scope, receive, send_checked)

    return checked


@asynccontextmanager
async def client(
    deps: Dependencies, renderer: Renderer, token: str = "", mode: str = "auto"
) -> AsyncIterator[Client]:
    """Connect the library's own client to a portal that is served on a port."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with (
        serving(relayed(Starlette(routes=routes(deps, renderer)))) as address,
        httpx.AsyncClient(headers=headers, timeout=30) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http), mode=mode) as opened,
    ):
        yield opened


async def said(asked: Client, tool: str, **arguments: Any) -> str:
    """Call a tool that answers; give its text."""
    result = await asked.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return str(getattr(result.content[0], "text", ""))


async def refused(asked: Client, tool: str, **arguments: Any) -> dict[str, Any]:
    """Call a tool that refuses; give what programs are told."""
    result = await asked.call_tool(tool, arguments)
    assert result.is_error, result.content
    told: dict[str, Any] = result.structured_content
    return told


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_visitor_reads_what_he_may_see(
    deps: Dependencies, acme: NewProvider, renderer: Renderer, mode: str
) -> None:
    furnish(deps, acme)
    async with client(deps, renderer, mode=mode) as asked:
        tools = await asked.list_tools()
        resources = (await asked.list_resources()).resources
        page = (await asked.read_resource(f"{PORTAL}/docs/moon.md")).contents[0]
        document = (await asked.read_resource(f"{PORTAL}/swagger/spec/tides.json")).contents[0]
        templates = (await asked.list_resource_templates()).resource_templates

    assert {tool.name for tool in tools.tools} == VISITORS
    addresses = {each.uri for each in resources}
    assert {f"{PORTAL}{'/index' if path == '/' else path}.md" for path in SEEN} <= addresses
    assert f"{PORTAL}/swagger/spec/tides.json" in addresses
    assert not any(path in each for each in addresses for path in (*UNSEEN, PRIVATE, "hidden"))
    assert page.mime_type == "text/markdown"
    assert str(getattr(page, "text", "")).startswith("# The moon Acme")
    assert json.loads(str(getattr(document, "text", "")))["info"]["title"] == "Tides"
    assert len(templates) == 2


async def test_tools_lead_from_words_to_a_call(
    deps: Dependencies, acme: NewProvider, renderer: Renderer
) -> None:
    furnish(deps, acme)
    async with client(deps, renderer) as asked:
        found = await said(asked, "search", query="height tide")
        apis = await said(asked, "list_apis")
        listed = await asked.call_tool("list_operations", {"specification": "tides"})
        narrowed = await said(asked, "list_operations", specification="tides", words="port all")
        operation = await said(
            asked, "describe_operation", specification="tides", operation="GET /tides/{port}"
        )
        page = await said(asked, "read_page", path=f"{PORTAL}/news")
        spanish = await said(asked, "read_page", path="/es/plans.md")

    assert "GET /tides/{port}" in found
    assert f"base URL {PORTAL}/gateway/production/api" in apis
    assert "specification `tides`" in apis
    assert listed.structured_content["total"] == 2
    assert narrowed.startswith("- GET /ports")
    assert f"{PORTAL}/gateway/production/api/tides/brest" in operation
    assert "YOUR_KEY" in operation
    assert page.startswith("# News")
    assert spanish.startswith("# Planes")


async def test_it_reads_the_forum_and_the_gallery_while_visitors_may(
    deps: Dependencies, acme: NewProvider, renderer: Renderer
) -> None:
    switch(deps, acme, **ON)
    topic, hidden, category = write(deps, acme)
    paths = (topic, category, "/forum", "/gallery")
    async with client(deps, renderer, token_of_john(deps, acme)) as asked:
        listed = {each.uri for each in (await asked.list_resources()).resources}
        said_there = [await said(asked, "read_page", path=path) for path in paths]
        concealed = await asked.call_tool("read_page", {"path": hidden})
        switch(deps, acme, **dict.fromkeys(ON, False))
        left = {each.uri for each in (await asked.list_resources()).resources}
        gone = [await asked.call_tool("read_page", {"path": path}) for path in paths]

    assert {f"{PORTAL}{path}.md" for path in paths} <= listed
    assert "Tomorrow." in said_there[0]
    assert not any(part in uri for part in ("/forum", "/gallery") for uri in left)
    assert all(answer.is_error for answer in (concealed, *gone))


async def test_a_developer_sees_his_sections_and_applications_and_no_key(
    deps: Dependencies, acme: NewProvider, renderer: Renderer
) -> None:
    furnish(deps, acme)
    key = key_of(deps, acme)
    async with client(deps, renderer, token_of_john(deps, acme)) as asked:
        tools = {tool.name for tool in (await asked.list_tools()).tools}
        resources = {each.uri for each in (await asked.list_resources()).resources}
        private = await said(asked, "read_page", path=PRIVATE)
        found = await said(asked, "search", query="cheap")
        applications = await said(asked, "list_applications")
        texts = [
            applications,
            await said(asked, "read_page", path="/"),
            await said(asked, "describe_operation", specification="tides", operation="gettide"),
        ]
    async with client(deps, renderer, token_of_john(deps, acme, "stats")) as asked:
        code = await refused(asked, "list_applications")

    assert tools == {*VISITORS, "list_applications"}
    assert f"{PORTAL}{PRIVATE}.md" in resources
    assert "Cheap." in private
    assert PRIVATE in found
    assert "API on the plan" in applications
    assert not any(key in text for text in texts)
    assert code["code"] in {"forbidden", "not_found"}


async def test_what_nobody_may_see_and_what_is_wrong_is_told(
    deps: Dependencies, acme: NewProvider, renderer: Renderer
) -> None:
    furnish(deps, acme)
    admin = ("/admin", "/admin/applications", "/login", "/search", "/admin/api/graphql", "/p/admin")
    async with client(deps, renderer) as asked:
        odd = ("//evil.example/docs", "docs", "/a\x00b", "/../docs", "/es/draft")
        for path in (*UNSEEN, PRIVATE, *admin, *odd):
            told = await refused(asked, "read_page", path=path)
            assert told["code"] == "not_found", path
        answers = [
            await refused(asked, "read_page", path=7),
            await refused(asked, "read_page"),
            await refused(asked, "read_page", path="/docs", other="x"),
            await refused(asked, "list_operations", specification="tides", start=-1),
            await refused(asked, "list_operations", specification="hidden"),
            await refused(asked, "describe_operation", specification="tides", operation="x"),
            await refused(asked, "search", query="x" * 600),
        ]
        with pytest.raises(MCPError, match="There is no such page"):
            await asked.read_resource(f"{PORTAL}{PRIVATE}.md")
        nothing = await asked.call_tool("list_applications", {})

    fields = ["path", "path", "other", "start", "specification", "operation", "query"]
    assert [each["field"] for each in answers] == fields
    assert nothing.is_error  # it is no tool of a visitor's


async def test_search_is_for_whom_the_portals_is(
    deps: Dependencies, acme: NewProvider, renderer: Renderer
) -> None:
    furnish(deps, acme)
    with deps.database.write() as db:
        update_settings(by(db, staff(acme), deps.installation), {"public_search": False})
    async with client(deps, renderer) as asked:
        assert (await refused(asked, "search", query="moon"))["code"] == "forbidden"
    async with client(deps, renderer, token_of_john(deps, acme)) as asked:
        assert "The moon" in await said(asked, "search", query="moon")


async def test_a_long_list_comes_in_pages(
    deps: Dependencies, acme: NewProvider, renderer: Renderer
) -> None:
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        for number in range(210):
            TEMPLATES.create(work, {"kind": "page", "name": f"/p{number}", "published": "x"})
    async with client(deps, renderer) as asked:
        first = await asked.list_resources()
        second = await asked.list_resources(cursor=first.next_cursor)
        with pytest.raises(MCPError):
            await asked.list_resources(cursor="x")

    assert len(first.resources) == 200
    assert second.next_cursor is None
    assert not {each.uri for each in first.resources} & {each.uri for each in second.resources}


def test_the_door_refuses_as_json_with_a_code(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    def ask(body: Any = PING, method: str = "POST", **headers: str) -> tuple[int, str]:
        given = {**JSON, **{name.replace("_", "-"): value for name, value in headers.items()}}
        text = body if isinstance(body, str) else json.dumps(body)
        answer = browser.client.request(method, "/mcp", content=text, headers=given)
        data = answer.json().get("error", {}).get("data") or {}
        assert answer.headers["cache-control"] == "no-store"
        return answer.status_code, data.get("code", "")

    assert ask() == (200, "")
    assert ask(origin=PORTAL) == (200, "")
    assert ask(origin="https://evil.example") == (403, "forbidden")
    assert ask(origin="null") == (403, "forbidden")
    assert ask(host="evil.example", origin="http://evil.example") == (404, "not_found")
    assert ask(authorization="Bearer nobody") == (401, "unauthenticated")
    assert ask(authorization=f"Bearer {acme.access_token}") == (401, "unauthenticated")  # staff's
    assert ask("x" * 70_000) == (413, "too_large")
    assert ask(content_type="text/plain") == (415, "unsupported_media_type")
    assert ask("", "GET") == (405, "method_not_allowed")
    assert ask("", "DELETE") == (405, "method_not_allowed")
    assert ask("{")[0] == 400
    assert ask("[" * 60_000)[0] == 400
    assert browser.client.get("/mcp", headers={"accept": "text/html"}).status_code == 404


def test_a_closed_portal_and_a_switched_off_server_answer_nothing(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    token = {"authorization": f"Bearer {token_of_john(deps, acme)}"}

    def change(**values: Any) -> tuple[int, ...]:
        with deps.database.write() as db:
            update_settings(by(db, staff(acme), deps.installation), values)
        answers = [
            browser.client.post("/mcp", json=PING, headers={**JSON, **who}).status_code
            for who in ({}, token)
        ]
        return (*answers, "/mcp" in open_list(browser))

    def open_list(browser: Browser) -> str:
        return str(browser.client.get("/llms.txt").text)

    assert change(public_search=True) == (200, 200, True)
    assert change(site_access_code="sesame") == (401, 200, False)
    assert change(site_access_code="", mcp_enabled=False) == (404, 404, False)
    assert change(mcp_enabled=True) == (200, 200, True)


def test_who_asks_too_often_waits(
    deps: Dependencies, acme: NewProvider, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    gates = deps.gates
    monkeypatch.setattr(gates, "mcp_calls", type(gates.mcp_calls)(gates, "few", 3, 3, 10))

    answers = [browser.client.post("/mcp", json=PING, headers=JSON) for _ in range(4)]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["retry-after"]) > 0
