"""An app that takes long to load is loaded once, when somebody asks below its path."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from server.web.late import Late


def app_of(name: str) -> ASGIApp:
    async def answer(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"{name} {request.url.path}")

    return Starlette(routes=[Route("/{path:path}", answer)])


def test_the_first_who_ask_wait_and_all_else_is_answered_meanwhile() -> None:
    loads, other_is_answered = [], Event()

    def load() -> ASGIApp:
        assert other_is_answered.wait(10)
        loads.append(1)
        return app_of("late")

    with TestClient(Late(app_of("soon"), "/heavy", load)) as client:
        assert client.get("/heavyweight").text == "soon /heavyweight"
        assert client.get("/").text == "soon /"
        assert not loads
        with ThreadPoolExecutor(8) as several:
            late = several.map(lambda n: client.get(f"/heavy/{n}").text, range(8))
            soon = several.submit(lambda: client.get("/light").text)
            assert soon.result() == "soon /light"
            other_is_answered.set()
            assert list(late) == [f"late /heavy/{n}" for n in range(8)]
        assert client.get("/heavy").text == "late /heavy"
    assert loads == [1]
