"""A caller who hangs up: the call ends, long before the upstream's time is over."""

import asyncio
from typing import Any
from urllib.parse import urlsplit

from prometheus_client import REGISTRY

from tests.gateway.conftest import HOST, Place

LONG_BEFORE_THE_TIMEOUT_S = 5


async def hang_up(place: Place, until: asyncio.Event | None = None) -> None:
    """Call and hang up when the event has come, without one when the answer has begun."""
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(place.url).port)
    writer.write(b"GET /?user_key=k1 HTTP/1.1\r\nHost: %b\r\n\r\n" % HOST.encode())
    await (until.wait() if until else reader.readuntil(b"\r\n\r\n"))
    writer.close()
    await writer.wait_closed()


def calls_that_ended(how: str) -> float:
    """Read how many calls of the service have ended like that."""
    labels = {"service": "api", "outcome": how}
    return REGISTRY.get_sample_value("gatehouse_gateway_calls_total", labels) or 0


async def test_a_caller_who_hangs_up_in_the_midst_of_an_answer_ends_the_upstream_call(
    patient: Place,
) -> None:
    gone = asyncio.Event()

    async def endless(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"x", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()

    patient.upstream.app = endless
    await hang_up(patient)

    async with asyncio.timeout(LONG_BEFORE_THE_TIMEOUT_S):
        await gone.wait()


async def test_a_caller_who_hangs_up_before_the_answer_is_let_go_at_once(patient: Place) -> None:
    began = asyncio.Event()
    before = calls_that_ended("caller_gone")

    async def silent(scope: Any, receive: Any, send: Any) -> None:
        began.set()
        await asyncio.sleep(600)

    patient.upstream.app = silent
    await hang_up(patient, until=began)

    async with asyncio.timeout(LONG_BEFORE_THE_TIMEOUT_S):
        while calls_that_ended("caller_gone") == before:  # noqa: ASYNC110 - a counter has no event
            await asyncio.sleep(0.01)


async def test_a_caller_who_hangs_up_before_the_answer_ends_the_upstream_call(
    patient: Place,
) -> None:
    began, gone = asyncio.Event(), asyncio.Event()

    async def silent(scope: Any, receive: Any, send: Any) -> None:
        began.set()
        while (await receive())["type"] != "http.disconnect":
            pass
        gone.set()

    patient.upstream.app = silent
    await hang_up(patient, until=began)

    async with asyncio.timeout(1):
        await gone.wait()
