"""Whatever spelling reaches a page of a real Tomcat was counted for that page, or was refused."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from itertools import product
from pathlib import Path

import pytest

from gateway.settings import GatewaySettings
from tests.contract.conftest import Call, Reply, Scenario, seed, send, standing
from tests.contract.scenarios import rule
from tests.kit.tomcat import PAID, is_installed, running_tomcat

pytestmark = [
    pytest.mark.nginx,
    pytest.mark.slow,
    pytest.mark.skipif(not is_installed(), reason="tomcat10-user is not installed"),
]

BEFORE = (
    *("", "/", "/;", "/;x=y", "/%3b", "/.", "/%2e", "/.;", "/x/..", "/x/..;", "/x/%2e%2e;a"),
    *("/x;/..", "/;/..", "/\\", "/%5c", "/x\\..", "/%2f", "/...", "/..%20", "/%20", "/;//;"),
)
PAGE = (
    *("paid", "%70aid", "%2570aid", "paid;", "paid;a=b", "paid%3b", "paid%3Bx", "%70aid;", "PAID"),
    *("paid.", "paid%20", "pa;id", "p%c0%a1id", "paid%00", "pai%64", "paid%5c", "\\paid"),
    "\uff50aid".encode().decode("latin-1"),
)
AFTER = ("/", "", "/;x", "/.", "/x/..", "/index.html", "/index.html;x", "/;/", "//", "%2f", "/%2e")
SPELLINGS = [f"{a}/{b}{c}" for a, b, c in product(BEFORE, PAGE, AFTER)]
SERVICE = {"proxy_rules": [rule("/", "hits"), rule("/paid", "search")]}
PATIENT = GatewaySettings(read_timeout_s=60)
DEBUG = [("X-3scale-Debug", "token")]


def is_reached(reply: Reply) -> bool:
    """Tell whether the page was answered, or where it is."""
    return PAID in reply.body.decode("latin-1") or "/paid" in reply.headers.get("location", "")


def is_counted(reply: Reply) -> bool:
    return "/paid" in reply.headers.get("x-3scale-matched-rules", "").split(", ")


async def tried(
    folder: Path, upstream: str, face: str, reading: str, spellings: Sequence[str]
) -> Counter[str]:
    """Call a page in many spellings through one face; tells how often which of all happened."""
    service = {**SERVICE, "api_backend": upstream, "ambiguous_paths": reading}
    limit, found = asyncio.Semaphore(4), Counter[str]()

    async def call(url: str, spelling: str) -> None:
        async with limit:
            asked = Call(f"{spelling}?user_key=k1", headers=DEBUG)
            reply = await send(url, asked, within_s=60)
        if reply.headers.get("x-gatehouse-error"):
            found[reply.headers["x-gatehouse-error"]] += 1
        elif is_reached(reply):
            found["counted" if is_counted(reply) else "got around"] += 1
        else:
            found["elsewhere"] += 1

    async with (
        standing(folder, PATIENT) as stand,
        stand.face(face, seed(stand, Scenario("", [], [], proxy=service))) as url,
    ):
        await asyncio.gather(*(call(url, each) for each in spellings))
    return found


@pytest.mark.parametrize(("face", "every"), [("proxy", 5), ("bundle", 7)])
async def test_no_spelling_gets_around_a_rule(tmp_path: Path, face: str, every: int) -> None:
    spellings = SPELLINGS[::every]
    with running_tomcat(tmp_path) as upstream:
        strict, cut, written = [
            await tried(tmp_path / reading, upstream, face, reading, spellings)
            for reading in ("refuse", "without_parameters", "as_written")
        ]

    for found in (strict, cut, written):
        assert found.total() == len(spellings) > 500
        assert found.keys() <= {"bad_path", "bad_request", "counted", "elsewhere", "got around"}
    assert strict["got around"] == cut["got around"] == 0
    assert strict["counted"] > 20
    assert cut["counted"] > 2 * strict["counted"], "parameters are let in where they are meant"
    assert written["got around"] > 30, "a Tomcat is what the strict readings are for"
