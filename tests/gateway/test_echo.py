"""The Echo API tells what it received."""

import json
from typing import Any

from pyreqwest.client import ClientBuilder

from gateway.echo import MOST_BODY_BYTES, Echo
from tests.kit.gateway import serving


async def test_echo_tells_the_call_without_its_mount() -> None:
    async with serving(Echo()) as url, ClientBuilder().no_proxy().build() as client:
        request = client.post(f"{url}/echo/a/b?x=1&x=2&y=").header("X-Mine", "1")
        answer = json.loads(await (await request.body_text("hi").build().send()).text())

    assert (answer["method"], answer["path"], answer["body"]) == ("POST", "/a/b", "hi")
    assert answer["args"] == {"x": ["1", "2"], "y": ""}
    assert answer["headers"]["x-mine"] == "1"
    assert answer["uuid"]


async def test_echo_keeps_only_the_start_of_a_body() -> None:
    async with serving(Echo()) as url, ClientBuilder().no_proxy().build() as client:
        request = client.put(f"{url}/echo").body_bytes(b"x" * (MOST_BODY_BYTES + 10))
        answer = json.loads(await (await request.build().send()).text())

    assert (answer["path"], len(answer["body"])) == ("/", MOST_BODY_BYTES)


async def test_echo_closes_a_websocket() -> None:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        raise AssertionError("nothing is read")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await Echo()({"type": "websocket"}, receive, send)

    assert sent == [{"type": "websocket.close", "code": 1000}]
