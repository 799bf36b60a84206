"""Calls that go round: through ourselves, through others, through each other; never for long."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gateway.hops import HOPS, MOST_HOPS, hops_of
from gateway.own import OwnAddresses
from tests.gateway.conftest import HOST, SETTINGS, Place, standing
from tests.kit.gateway import a_document

OTHER = "other.example.test"
OURSELVES = (
    *("127.0.0.1", "localhost", "LOCALHOST", "localhost.", "127.1", "127.8.8.8", "2130706433"),
    *("0x7f000001", "0x7f.1", "0177.0.0.1", "0.0.0.0", "0", "[::1]", "[::]", "%6cocalhost"),  # noqa: S104 - nothing is bound
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "{machine}"),
)
NAMED = ("tenant.test", "api-acme.tenant.test", "X.Staging.Tenant.Test.", "gate.test", "GATE.test.")


@asynccontextmanager
async def forwarding(url: str) -> AsyncIterator[tuple[str, list[int]]]:
    """Pass bytes on to an address as they are; gives where, and an item for each connection."""
    port, passed = urlsplit(url).port, []

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
        except ConnectionError:
            pass
        finally:
            writer.close()

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passed.append(1)
        back, there = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(pipe(reader, there), pipe(back, writer))

    server = await asyncio.start_server(forward, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", passed
        server.close()


async def hits(place: Place) -> int:
    """Read what was counted, by what is forgotten first."""
    await place.counters.fold()
    return max(place.sink.totals.values(), default=0)


def descriptors() -> int:
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize("networks", [True, False], ids=["open", "closed"])
@pytest.mark.parametrize("host", OURSELVES)
async def test_a_service_before_ourselves_is_called_once(
    tmp_path: Path, host: str, networks: bool
) -> None:
    async with standing(tmp_path, replace(SETTINGS, private_networks=networks)) as place:
        name = host.format(machine=socket.gethostname())
        place.deploy(api_backend=f"http://{name}:{urlsplit(place.url).port}", hostname_rewrite=HOST)
        before = descriptors()

        answers = [await place.call() for _ in range(3)]

        assert {answer.status for answer in answers} == {502}
        assert {answer.headers["x-gatehouse-error"] for answer in answers} == {"upstream_is_ours"}
        assert await hits(place) == 3
        assert descriptors() <= before + 5


@pytest.mark.parametrize("host", NAMED)
async def test_our_own_names_are_no_upstreams(tmp_path: Path, host: str) -> None:
    own = OwnAddresses("http://gate.test:8123", "tenant.test")
    async with standing(tmp_path, replace(SETTINGS, own=own)) as place:
        place.deploy(api_backend=f"http://{host}:8123/x")

        assert (await place.call()).headers["x-gatehouse-error"] == "upstream_is_ours"

        place.deploy(api_backend=f"http://{host}:8124/x")
        assert (await place.call()).headers["x-gatehouse-error"] == "upstream_unreachable"


@pytest.mark.parametrize(
    "given", ["", "0", "-7", "many", "0, 0", "00", "1e9", "\u00b2", "x" * 2000, "0;5", " "]
)
async def test_a_loop_through_another_ends(place: Place, given: str) -> None:
    async with forwarding(place.url) as (there, passed):
        place.deploy(api_backend=there, hostname_rewrite=HOST)
        before = descriptors()

        answer = await place.call(headers={HOPS: given, HOPS.replace("-", "_"): "0"})

        assert (answer.status, answer.headers["x-gatehouse-error"]) == (508, "loop_detected")
        assert len(passed) == MOST_HOPS == await hits(place)
        assert descriptors() <= before + 6 * MOST_HOPS


async def test_two_services_before_each_other_end(place: Place) -> None:
    async with forwarding(place.url) as (there, passed):
        place.directory.deploy(a_document(api_backend=there, hosts=[OTHER], hostname_rewrite=HOST))
        place.deploy(api_backend=there, hostname_rewrite=OTHER)

        answers = [await place.call() for _ in range(4)]

        assert {answer.status for answer in answers} == {508}
        assert len(passed) <= 4 * MOST_HOPS
        assert await hits(place) == 4 * MOST_HOPS


async def test_a_caller_can_only_end_his_own_call(place: Place) -> None:
    assert (await place.call(headers={HOPS: "4"})).status == 200
    assert place.upstream.header(HOPS.encode()) == [b"5"]
    for far in ("5", "999", "99999999999999999999", "0, 7"):
        assert (await place.call(headers={HOPS: far})).status == 508
    assert (await place.call()).status == 200
    assert place.upstream.header(HOPS.encode()) == [b"1"]
    assert await hits(place) == 2, "a call that was ended costs nothing"


async def test_no_caller_has_the_number_taken_away(place: Place) -> None:
    await place.call(headers={"connection": HOPS, HOPS: "2"})

    assert place.upstream.header(HOPS.encode()) == [b"3"]


@pytest.mark.parametrize(
    ("values", "hops"),
    [([], 0), ([b"3"], 3), ([b"1", b"4", b"2"], 4), ([b"2,x,3"], 3), ([b"\xb2"], 0), ([b""], 0)],
)
def test_the_greatest_number_counts(values: list[bytes], hops: int) -> None:
    assert hops_of([(HOPS.encode(), value) for value in values]) == hops
