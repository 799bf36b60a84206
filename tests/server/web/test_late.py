"""An app that takes long to load is loaded once, when somebody asks below its path."""

import asyncio
from threading import Event

import httpx2 as httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from server.web.late import Late


def app_of(name: str) -> ASGIApp:
    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{name} {request.url.path}")

    return Starlette(routes=[Route("/{path:path}", answer)])


async def test_the_first_who_ask_wait_and_all_else_is_answered_meanwhile() -> None:
    loads, other_is_answered = [], Event()

    def load() -> ASGIApp:
        assert other_is_answered.wait(10)
        loads.append(1)
        return app_of("late")

    app = Late(app_of("soon"), "/heavy", load)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app), base_url="http://localhost"
    ) as client:
        assert (await client.get("/heavyweight")).text == "soon /heavyweight"
        assert not loads
        async with asyncio.TaskGroup() as tasks:
            late = [tasks.create_task(client.get(f"/heavy/{n}")) for n in range(8)]
            await asyncio.sleep(0)
            assert (await client.get("/light")).text == "soon /light"
            other_is_answered.set()
        assert [each.result().text for each in late] == [f"late /heavy/{n}" for n in range(8)]
        assert (await client.get("/heavy")).text == "late /heavy"
    assert loads == [1]
