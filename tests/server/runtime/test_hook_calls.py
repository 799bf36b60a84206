"""Calling endpoints of webhooks: where the gateway may call, sent on to nowhere, within bounds."""

import asyncio
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import pytest

from server.domain.installation import Addresses, Installation
from server.domain.provider.webhooks import MOST_ANSWER, HookAnswer, HookCall
from server.runtime import hook_calls
from server.runtime.hook_calls import HookCalls
from server.settings import Networks, Settings
from tests.kit.fetching import a_site, sends_on, streams
from tests.kit.make import TEST_VAULT


def some_calls(networks: Networks = "allow", public_url: str = "http://localhost:8000") -> Any:
    installation = Installation(TEST_VAULT, Addresses(public_url, "localhost"))
    return HookCalls(Settings(private_networks=networks), installation)


async def answer_of(calls: HookCalls, url: str, **headers: str) -> HookAnswer:
    (answer,) = await calls.make([HookCall(1, 1, url, headers, b"{}")])
    return answer


async def test_an_endpoint_sends_nobody_on_and_answers_within_bounds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = some_calls()
    async with a_site() as site:
        site.answers["/away"] = sends_on("http://169.254.169.254/latest")
        site.answers["/within"] = sends_on(f"{site.url}/spec")
        site.answers["/endless"] = streams(b"x" * 65_536, 1_000, partial(asyncio.sleep, 0))
        site.answers["/slow"] = streams(b"x", 1_000, partial(asyncio.sleep, 0.02))

        for path in ("/away", "/within"):
            moved = await answer_of(calls, f"{site.url}{path}")
            assert (moved.status, moved.error) == (302, "The endpoint answered 302.")
        endless = await answer_of(calls, f"{site.url}/endless")
        assert len(endless.body) == 4 * MOST_ANSWER
        assert site.asked == ["/away", "/within", "/endless"]
        split = await answer_of(calls, f"{site.url}/spec", x="a\r\nhost: evil.example")
        assert "is no address" in split.error
        monkeypatch.setattr(hook_calls, "TIMEOUT_S", 0.2)
        assert "did not answer" in (await answer_of(calls, f"{site.url}/slow")).error
        own = some_calls("allow", site.url)
        assert "back to this server" in (await answer_of(own, f"{site.url}/spec")).error


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "[::ffff:7f00:1]", "0x7f.1", "2130706433", "169.254.169.254", "127.1"],
)
async def test_no_spelling_of_a_private_address_is_called(host: str) -> None:
    async with a_site() as site:
        port = urlsplit(site.url).port

        answer = await answer_of(some_calls("deny"), f"http://{host}:{port}/spec")

        assert "private network" in answer.error
        assert site.asked == []


async def test_a_name_that_changes_its_address_is_called_where_it_was_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """127.0.0.1 stands for a public address here, 127.0.0.2 for a private one."""
    told = iter(["127.0.0.1", "127.0.0.2"])

    async def look_up(_self: Any, host: str, port: int, **_: Any) -> list[Any]:
        address = next(told) if host == "rebinds.example" else host
        return [(2, 1, 6, "", (address, port))]

    async with a_site() as site:
        port = urlsplit(site.url).port
        monkeypatch.setattr("gateway.networks.is_public", lambda each: str(each) == "127.0.0.1")
        monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", look_up)
        calls = some_calls("deny")

        first = await answer_of(calls, f"http://rebinds.example:{port}/spec")
        second = await answer_of(calls, f"http://rebinds.example:{port}/spec")

        assert first.status == 200  # a second look-up would have led elsewhere
        assert "private network" in second.error
        assert site.asked == ["/spec"]
    assert next(told, None) is None
