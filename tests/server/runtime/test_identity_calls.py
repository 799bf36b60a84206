"""Asking providers of identity: where the gateway may call, within bounds, told without secrets."""

import asyncio
from functools import partial
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest

from server.auth.sso.calls import IdentityFault, Outgoing
from server.domain.errors import Unavailable
from server.domain.installation import Addresses, Installation
from server.runtime import identity_calls
from server.runtime.identity_calls import IdentityCalls
from server.settings import Networks, Settings
from tests.kit.fetching import a_site, a_site_beside, sends_on, streams
from tests.kit.make import TEST_VAULT


def some_calls(networks: Networks = "allow", public_url: str = "http://localhost:8000") -> Any:
    installation = Installation(TEST_VAULT, Addresses(public_url, "localhost"))
    return IdentityCalls(Settings(private_networks=networks), installation)


async def fault_of(url: str, calls: Any = None, **over: Any) -> str:
    with pytest.raises(IdentityFault) as caught:
        await (calls or some_calls()).ask(Outgoing(url, **over))
    assert "very-secret" not in str(caught.value)
    return caught.value.reason


async def test_an_answer_is_read_and_told_where_it_can_not_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with a_site() as site:
        site.answers["/away"] = sends_on(f"{site.url}/spec")
        site.answers["/endless"] = streams(b"x" * 65_536, 1_000, partial(asyncio.sleep, 0))
        site.answers["/slow"] = streams(b"x", 1_000, partial(asyncio.sleep, 0.02))

        posted = await some_calls().ask(Outgoing(f"{site.url}/spec?a=b", body=b"code=1"))
        moved = await some_calls().ask(Outgoing(f"{site.url}/away"))

        assert (posted.status, posted.body[:10]) == (200, b'{"openapi"')
        assert (moved.status, site.asked) == (302, ["/spec", "/away"])  # nobody is sent on
        secret = "?code=very-secret"
        assert "gave more than" in await fault_of(f"{site.url}/endless{secret}")
        headers = {"x": "a\r\nhost: evil.example"}
        assert "address" in await fault_of(f"{site.url}/spec", headers=headers)
        monkeypatch.setattr(identity_calls, "TIMEOUT_S", 0.2)
        assert "did not answer within" in await fault_of(f"{site.url}/slow{secret}")
        port = urlsplit(site.url).port
    assert "can't be reached" in await fault_of(f"http://127.0.0.1:{port}/x{secret}")
    assert "can't be reached" in await fault_of("https://nowhere.invalid/x")


async def test_nobody_is_asked_within_where_that_is_closed_nor_this_server() -> None:
    async with a_site() as site:
        own = some_calls("allow", site.url)

        assert "private network" in await fault_of(f"{site.url}/spec", some_calls("deny"))
        assert "leads back to this server" in await fault_of(f"{site.url}/spec", own)
        assert "private network" in await fault_of(
            "http://169.254.169.254/latest", some_calls("deny")
        )
        assert site.asked == []


def test_a_slow_site_keeps_no_login_at_another_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity_calls, "WAIT_S", 0.05)
    calls, goes_on = some_calls(), Event()
    with pytest.raises(Unavailable):
        calls(Outgoing("http://127.0.0.1/x"))  # there is no loop yet
    with a_site_beside(calls) as site:
        site.answers["/slow"] = streams(b"x", 1, partial(asyncio.to_thread, goes_on.wait, 10))
        slow = Outgoing(f"{site.url}/slow")
        waiting = [Thread(target=calls, args=(slow,)) for _ in range(identity_calls.MOST_OF_ONE)]
        for each in waiting:
            each.start()
        while len(site.asked) < len(waiting):
            pass

        with pytest.raises(Unavailable, match="Try again"):
            calls(slow)
        elsewhere = site.url.replace("127.0.0.1", "localhost")
        assert calls(Outgoing(f"{elsewhere}/spec")).status == 200

        goes_on.set()
        for each in waiting:
            each.join(10)
        assert calls(Outgoing(f"{site.url}/spec")).status == 200
