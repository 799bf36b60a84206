"""Proxy and bundle tell alike what is nobody's refusal: an upstream or Gatehouse that fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gateway.replies import UNKNOWN_HOST, fault
from gateway.transactions.answers import Answer, send_answer
from tests.contract.conftest import FACES, Call, Reply, Scenario, seed, send, standing
from tests.contract.scenarios import LET_IN
from tests.kit.gateway import SERVICE_ID, serving

AS_JSON = Call(LET_IN.target, headers=[("Accept", "application/problem+json")])

pytestmark = pytest.mark.nginx


def told(code: str, *, as_json: bool = False) -> tuple[object, ...]:
    """Write a fault as `Reply.seen` has it."""
    deny = fault(code, as_json=as_json)
    return (deny.status, deny.content_type, code, None, None, None, deny.body.encode())


async def too_slow(_scope: Any, _receive: Any, _send: Any) -> None:
    await asyncio.sleep(3)


@asynccontextmanager
async def breaking(words: bytes) -> AsyncIterator[str]:
    """Listen, read a request and hang up after some words."""

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(words)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize("face", FACES)
async def test_an_upstream_that_is_down(tmp_path: Path, face: str) -> None:
    down = Scenario("", [], [], proxy={"api_backend": "http://127.0.0.1:1"})
    async with standing(tmp_path / face) as stand:
        async with stand.face(face, seed(stand, down)) as url:
            replies = [await send(url, call) for call in (LET_IN, AS_JSON)]

        assert replies[0].seen == told("upstream_unreachable")
        assert replies[1].seen == told("upstream_unreachable", as_json=True)
        assert set((await stand.totals()).values()) == {2}, "calls that got in stay counted"


@pytest.mark.parametrize("face", FACES)
async def test_an_upstream_that_is_slow(tmp_path: Path, face: str) -> None:
    async with standing(tmp_path / face) as stand:
        stand.upstream.app = too_slow
        async with stand.face(face, seed(stand, Scenario("", [], []))) as url:
            reply = await send(url, LET_IN)

    assert reply.seen == told("upstream_timeout")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("words", [b"", b"HTTP/1.1 200", b"HTTP/1.1 200 OK\r\nX: 1\r\n"])
async def test_an_upstream_that_breaks_off_before_its_answer(
    tmp_path: Path, face: str, words: bytes
) -> None:
    async with standing(tmp_path / face) as stand, breaking(words) as upstream:
        scenario = Scenario("", [], [], proxy={"api_backend": upstream})
        async with stand.face(face, seed(stand, scenario)) as url:
            replies = [await send(url, call) for call in (LET_IN, AS_JSON)]

        assert [reply.seen for reply in replies] == [
            told("upstream_failed"),
            told("upstream_failed", as_json=True),
        ]
        assert set((await stand.totals()).values()) == {2}


@pytest.mark.parametrize("face", FACES)
async def test_an_answer_of_the_upstream_is_no_fault(tmp_path: Path, face: str) -> None:
    async with standing(tmp_path / face) as stand:
        stand.upstream.status, stand.upstream.chunks = 502, [b"mine"]
        async with stand.face(face, seed(stand, Scenario("", [], []))) as url:
            reply = await send(url, LET_IN)

    assert reply.seen == (502, None, None, None, None, None, b"mine")


@pytest.mark.parametrize("face", FACES)
async def test_a_directory_that_is_down_lets_nothing_in(tmp_path: Path, face: str) -> None:
    async with standing(tmp_path / face) as stand:
        async with stand.face(face, seed(stand, Scenario("", [], []))) as url:
            await send(url, LET_IN)
            stand.directory.down = True
            reply = await send(url, LET_IN)

        assert reply.seen == told("directory_unavailable")
        assert len(stand.upstream.calls) == 1


async def by_bundle(folder: Path, backend: str) -> Reply:
    """Call a bundle whose Gatehouse is another server."""
    async with standing(folder) as stand:
        plan = replace(seed(stand, Scenario("", [], [])), backend=backend)
        async with stand.face("bundle", plan) as url:
            reply = await send(url, LET_IN)
        assert not stand.upstream.calls
        return reply


async def test_a_gatehouse_that_is_down_lets_nothing_in(tmp_path: Path) -> None:
    reply = await by_bundle(tmp_path / "bundle", "http://127.0.0.1:1")

    assert reply.seen == told("counter_store_unavailable")


async def test_a_server_that_is_no_gatehouse_lets_nothing_in(tmp_path: Path) -> None:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send_answer(send, Answer(200, b"welcome", content_type=b"text/html"))

    async with serving(app) as url:
        reply = await by_bundle(tmp_path / "bundle", url)

    assert reply.seen == told("counter_store_unavailable")


async def test_a_service_that_is_gone_is_an_unknown_host(tmp_path: Path) -> None:
    async with standing(tmp_path / "bundle") as stand:
        plan = seed(stand, Scenario("", [], []))
        async with stand.face("bundle", plan) as url:
            stand.directory.tokens.clear()
            gone = await send(url, LET_IN)
            stand.directory.tokens.add((SERVICE_ID, "token"))
            back = await send(url, LET_IN)

    assert (gone.status, gone.headers["x-gatehouse-error"]) == (404, "unknown_host")
    assert gone.body == UNKNOWN_HOST.body.encode()
    assert back.status == 200


@pytest.mark.parametrize("face", FACES)
async def test_two_hosts_are_refused(tmp_path: Path, face: str) -> None:
    async with standing(tmp_path / face) as stand:
        async with stand.face(face, seed(stand, Scenario("", [], []))) as url:
            reply = await send(url, Call(LET_IN.target, headers=[("Host", "other")]))

        assert reply.status == 400
        assert not stand.upstream.calls
