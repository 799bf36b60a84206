"""Two ends of a link in one loop: what an app there answers arrives here, whatever goes wrong."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from server.runtime.relay import Link, PeerGone

CHUNK = b"x" * 60_000


async def nobody(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("nobody is asked here")


@asynccontextmanager
async def linked(app: ASGIApp, other: ASGIApp = nobody) -> AsyncIterator[tuple[Link, Link]]:
    """Run two links; `app` answers what the first asks, `other` what the second asks."""
    one, two = socket.socketpair()
    here, there = Link(one, other), Link(two, app)
    tasks = [asyncio.create_task(link.run()) for link in (here, there)]
    try:
        yield here, there
    finally:
        here.close()
        await asyncio.wait_for(asyncio.gather(*tasks), 5)


def a_scope(**over: Any) -> Scope:
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/a",
        "raw_path": b"/a",
        "query_string": b"q=1",
        "headers": [(b"x-odd", b"\xff\x00"), (b"x-odd", b"again")],
        "client": ("192.0.2.1", 9),
        "asgi": {"version": "3.0"},
        "extensions": {"not": object()},  # which stays here
    }
    return scope | over


class Caller:
    """Sends a body in chunks, then waits; keeps what comes back."""

    def __init__(self, *chunks: bytes, leaves: bool = False) -> None:
        self._messages = [
            {"type": "http.request", "body": chunk, "more_body": number < len(chunks)}
            for number, chunk in enumerate(chunks or (b"",), 1)
        ]
        self._leaves = leaves
        self.got: list[Any] = []

    async def receive(self) -> Any:
        if self._messages:
            return self._messages.pop(0)
        if not self._leaves:
            await asyncio.Event().wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.got.append(message)

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.got)


async def read_all(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message: dict[str, Any] = dict(await receive())
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with what arrived."""
    body = await read_all(receive)
    headers = [*scope["headers"], (b"x-client", repr(scope["client"]).encode())]
    await send({"type": "http.response.start", "status": 201, "headers": headers})
    for at in range(0, len(body), 50_000):
        await send({"type": "http.response.body", "body": body[at:][:50_000], "more_body": True})
    await send({"type": "http.response.body", "body": b""})


async def test_bytes_arrive_as_they_were_both_ways() -> None:
    async with linked(echo) as (here, _):
        caller = Caller(*[CHUNK] * 50)
        await here(a_scope(), caller.receive, caller.send)

    assert caller.got[0]["status"] == 201
    assert caller.got[0]["headers"][:2] == [(b"x-odd", b"\xff\x00"), (b"x-odd", b"again")]
    assert caller.got[0]["headers"][2] == (b"x-client", b"('192.0.2.1', 9)")
    assert caller.body == CHUNK * 50


async def test_exchanges_in_a_row_share_a_pair_and_those_at_once_do_not_mix(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[object] = []
    make = socket.socketpair

    def counted() -> tuple[socket.socket, socket.socket]:
        made.append(1)
        return make()

    async def ask(here: Link, text: bytes) -> bytes:
        caller = Caller(text)
        await here(a_scope(), caller.receive, caller.send)
        return caller.body

    async with linked(echo) as (here, _):
        monkeypatch.setattr(socket, "socketpair", counted)
        for number in range(20):
            assert await ask(here, b"%d" % number) == b"%d" % number
        assert len(made) == 1
        texts = [b"%d" % number * 1000 for number in range(200)]
        assert await asyncio.gather(*(ask(here, text) for text in texts)) == texts


async def refuse_early(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": []})
    await send({"type": "http.response.body", "body": b"too much"})


async def test_an_answer_comes_before_the_body_has_been_read() -> None:
    async with linked(refuse_early) as (here, _):
        for _ in range(3):
            caller = Caller(*[CHUNK] * 200)
            await asyncio.wait_for(here(a_scope(), caller.receive, caller.send), 5)
            assert caller.body == b"too much"
        unread = Caller(b"short")  # whole, so the next exchange takes the same pair
        await here(a_scope(), unread.receive, unread.send)
        after = Caller(b"")
        await here(a_scope(), after.receive, after.send)
        assert after.body == b"too much"


async def test_who_answers_hears_that_the_caller_left() -> None:
    left = asyncio.Event()

    async def wait(_scope: Scope, receive: Receive, _send: Send) -> None:
        await read_all(receive)
        assert (await receive())["type"] == "http.disconnect"
        left.set()

    async with linked(wait) as (here, _):
        caller = Caller(b"", leaves=True)
        await asyncio.wait_for(here(a_scope(), caller.receive, caller.send), 5)

    assert left.is_set()
    assert caller.got == []


async def test_a_websocket_passes_in_both_directions() -> None:
    inbox: asyncio.Queue[Any] = asyncio.Queue()
    outbox: asyncio.Queue[Any] = asyncio.Queue()

    async def upper(_scope: Scope, receive: Receive, send: Send) -> None:
        while (message := await receive())["type"] == "websocket.receive":
            await send({"type": "websocket.send", "text": message["text"].upper()})

    async with linked(upper) as (here, _):
        talk = asyncio.create_task(here(a_scope(type="websocket"), inbox.get, outbox.put))
        for text in ("a", "b"):
            await inbox.put({"type": "websocket.receive", "text": text})
            assert (await asyncio.wait_for(outbox.get(), 5))["text"] == text.upper()
        await inbox.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(talk, 5)


async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise ValueError("a bug")


async def test_a_failed_app_breaks_its_exchange_off_and_no_other() -> None:
    async def some(scope: Scope, receive: Receive, send: Send) -> None:
        await (fail if scope["path"] == "/fail" else echo)(scope, receive, send)

    async with linked(some) as (here, _):
        caller = Caller(b"")
        with pytest.raises(PeerGone):
            await here(a_scope(path="/fail"), caller.receive, caller.send)
        other = Caller(b"still")
        await here(a_scope(), other.receive, other.send)
        assert other.body == b"still"


async def test_an_end_that_closes_ends_what_the_other_asks() -> None:
    begun = asyncio.Event()

    async def hang(_scope: Scope, _receive: Receive, _send: Send) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with linked(hang) as (here, there):
        caller = Caller(b"")
        asking = asyncio.create_task(here(a_scope(), caller.receive, caller.send))
        await asyncio.wait_for(begun.wait(), 5)
        there.close()
        with pytest.raises(PeerGone):
            await asyncio.wait_for(asking, 5)
        with pytest.raises(PeerGone):
            await here(a_scope(), caller.receive, caller.send)


async def test_both_ends_may_ask_and_tell_that_they_are_ready() -> None:
    async with linked(echo, echo) as (here, there):
        there.tell_ready()
        for link in (here, there):
            caller = Caller(b"hello")
            await link(a_scope(), caller.receive, caller.send)
            assert caller.body == b"hello"
        assert here.peer_is_ready
        assert not there.peer_is_ready


async def test_nobody_waits_for_messages_of_a_notice() -> None:
    told: list[str] = []

    async def note(scope: Scope, _receive: Receive, _send: Send) -> None:
        told.append(scope["type"])

    async def never(*_: object) -> Any:
        raise AssertionError("a notice has no messages")

    async with linked(note) as (here, _):
        await here({"type": "changed"}, never, never)

    assert told == ["changed"]
