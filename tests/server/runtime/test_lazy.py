"""What is loaded late is loaded once, off the loop, and everybody gets it."""

import asyncio
import threading
from operator import attrgetter
from types import SimpleNamespace

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from server.runtime.lazy import Lazy


async def test_all_who_wait_get_the_one_object() -> None:
    loads: list[int] = []

    def load() -> object:
        loads.append(threading.get_ident())
        return object()

    lazy = Lazy(load)
    first, *others = await asyncio.gather(*(lazy.get() for _ in range(5)))

    assert all(other is first for other in others)
    assert len(loads) == 1
    assert loads != [threading.get_ident()]


async def test_who_gives_up_stops_nobody() -> None:
    gate = threading.Event()
    lazy = Lazy(lambda: gate.wait(10) and "loaded")
    impatient = asyncio.create_task(lazy.get())
    patient = asyncio.create_task(lazy.get())
    await asyncio.sleep(0.01)

    impatient.cancel()
    gate.set()

    assert await patient == "loaded"


async def test_a_failure_is_told_and_may_pass() -> None:
    answers = iter([ValueError("not yet"), None])

    def load() -> str:
        answer = next(answers)
        if answer is not None:
            raise answer
        return "loaded"

    lazy = Lazy(load)

    with pytest.raises(ValueError, match="not yet"):
        await lazy.get()
    assert await lazy.get() == "loaded"


def test_an_app_waits_for_its_part() -> None:
    lazy = Lazy(lambda: SimpleNamespace(page=PlainTextResponse("here")))

    client = TestClient(lazy.app(attrgetter("page")))

    assert client.get("/").text == "here"
