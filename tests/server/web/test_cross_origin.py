"""The portal's API and specifications, read by pages of other origins: only by those allowed."""

from collections.abc import AsyncIterator

import httpx2 as httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.actions.provider.providers import NewProvider
from server.actions.provider.settings import update_settings
from server.auth.dependencies import Dependencies
from server.graphql.routes import routes
from server.web.cross_origin import CrossOrigin
from tests.kit.make import make_provider, staff
from tests.kit.work import by

SHOP, EVIL = "https://shop.example", "https://evil.example"
PREFLIGHT = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization,content-type",
}
OPEN = ("/graphql", "/swagger/spec/a.json")
CLOSED = ("/", "/admin/api/graphql", "/graphql-guide", "/swagger/spec", "/login")


@pytest.fixture
async def client(deps: Dependencies, acme: NewProvider) -> AsyncIterator[httpx.AsyncClient]:
    """Serve some addresses behind it; the first provider allows the shop."""
    with deps.database.write() as db:
        update_settings(by(db, staff(acme)), {"allowed_origins": SHOP})
    found = Route("/{path:path}", lambda _: PlainTextResponse("here"))
    app = CrossOrigin(
        Starlette(routes=[*routes(deps), found]), deps, ("/graphql", "/swagger/spec/")
    )
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


def told(answer: httpx.Response) -> list[str]:
    return [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize("path", OPEN)
async def test_a_preflight_of_an_allowed_origin_is_answered(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.options(path, headers={"Origin": SHOP, **PREFLIGHT})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == SHOP
    assert answer.headers["access-control-allow-methods"] == "POST"
    assert answer.headers["access-control-allow-headers"] == "authorization,content-type"
    assert "access-control-allow-credentials" not in answer.headers
    assert "origin" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    "origin", [EVIL, "null", "http://[", SHOP + ":8443", "http://shop.example"]
)
@pytest.mark.parametrize("path", OPEN)
async def test_other_origins_are_told_nothing(
    client: httpx.AsyncClient, path: str, origin: str
) -> None:
    preflight = await client.options(path, headers={"Origin": origin, **PREFLIGHT})
    answer = await client.get(path, headers={"Origin": origin})

    assert preflight.status_code == 405
    assert told(preflight) == told(answer) == []


@pytest.mark.parametrize("path", CLOSED)
async def test_nothing_else_is_open(client: httpx.AsyncClient, path: str) -> None:
    preflight = await client.options(path, headers={"Origin": SHOP, **PREFLIGHT})
    answer = await client.get(path, headers={"Origin": SHOP})

    assert preflight.status_code == 405
    assert told(preflight) == told(answer) == []


async def test_answers_and_refusals_can_be_read(client: httpx.AsyncClient) -> None:
    headers = {"Origin": SHOP}

    for answer in (
        await client.get("/swagger/spec/a.json", headers=headers),
        await client.post("/graphql", json={"query": "{ __typename }"}, headers=headers),
        await client.post("/graphql", content=b"no", headers=headers),
    ):
        assert answer.headers["access-control-allow-origin"] == SHOP


@pytest.mark.parametrize("own", ["http://localhost:8000", "http://127.0.0.1:8000"])
@pytest.mark.parametrize("path", OPEN)
async def test_pages_of_the_portal_always_may(
    client: httpx.AsyncClient, path: str, own: str
) -> None:
    host = {"Host": "127.0.0.1:8000"}  # its public address is the other one

    preflight = await client.options(path, headers={"Origin": own, **PREFLIGHT, **host})
    answer = await client.get(path, headers={"Origin": own, **host})

    assert preflight.status_code == 204
    for each in (preflight, answer):
        assert each.headers["access-control-allow-origin"] == own


async def test_each_provider_allows_for_himself(
    client: httpx.AsyncClient, deps: Dependencies
) -> None:
    globex = make_provider(deps, "Globex")
    with deps.database.write() as db:
        update_settings(by(db, staff(globex)), {"allowed_origins": "*"})
    host = {"Host": f"{globex.provider.subdomain}.localhost:8000"}

    theirs = await client.get("/swagger/spec/a.json", headers={"Origin": EVIL, **host})
    ours = await client.get("/swagger/spec/a.json", headers={"Origin": EVIL})

    assert theirs.headers["access-control-allow-origin"] == "*"
    assert told(ours) == []
