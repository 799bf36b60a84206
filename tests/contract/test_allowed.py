"""Proxy, authrep and bundle share one definition of what is allowed, and count alike."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.contract.backend_scenarios import BACKEND_SCENARIOS
from tests.contract.conftest import FACES, Scenario, ask, seed, send, standing
from tests.contract.scenarios import LET_IN, SCENARIOS, hits

# Each client names itself and what it takes; the rest of what the upstream sees is the same.
CLIENTS_OWN = {b"user-agent", b"accept", b"connection"}

pytestmark = pytest.mark.nginx


async def observed(folder: Path, scenario: Scenario, face: str) -> dict[str, object]:
    """Run a scenario on a face; gives all that may be compared."""
    async with standing(folder) as stand:
        plan = seed(stand, scenario)
        async with stand.face(face, plan) as url:
            replies = [await send(url, call) for call in scenario.calls]
        return {
            "statuses": [reply.status for reply in replies],
            "replies": [reply.seen for reply in replies],
            "debug": [
                {name: value for name, value in reply.headers.items() if "3scale" in name}
                for reply in replies
            ],
            "upstream": [
                (
                    call["method"],
                    call["raw_path"],
                    call["query_string"],
                    sorted(
                        (name, value.strip().replace(stand.upstream_url[7:].encode(), b"UPSTREAM"))
                        for name, value in call["headers"]
                        if name not in CLIENTS_OWN
                    ),
                )
                for call in stand.upstream.calls
            ],
            "bodies": stand.upstream.bodies,
            "totals": await stand.totals(),
            "refused": await stand.refused(),
        }


async def asked(folder: Path, scenario: Scenario) -> tuple[list[bool], object, object]:
    """Ask authrep about the calls that come to that; gives what is let in, counts, refusals."""
    async with standing(folder) as stand:
        seed(stand, scenario)
        replies = [await ask(stand.url, call.asks) for call in scenario.calls if call.asks]
        allowed = [reply.status == 200 for reply in replies]
        return allowed, await stand.totals(), await stand.refused()


@pytest.mark.parametrize(
    "scenario", [*SCENARIOS, *BACKEND_SCENARIOS], ids=lambda each: str(each.name)
)
async def test_all_faces_let_the_same_calls_in(tmp_path: Path, scenario: Scenario) -> None:
    proxy, bundle, (allowed, totals, refused) = await asyncio.gather(
        observed(tmp_path / "proxy", scenario, "proxy"),
        observed(tmp_path / "bundle", scenario, "bundle"),
        asked(tmp_path / "authrep", scenario),
    )

    assert proxy["statuses"] == list(scenario.statuses)
    assert bundle == proxy
    if scenario.told:
        told: Any = proxy["upstream"]
        assert [path.decode() for _, path, *_ in told] == list(scenario.told)
    if any(call.asks for call in scenario.calls):
        pairs = list(zip(scenario.calls, scenario.statuses, strict=True))
        assert allowed == [status == 200 for call, status in pairs if call.asks]
        assert totals == proxy["totals"]
        if all(call.asks for call, status in pairs if status != 200):
            assert refused == proxy["refused"]


@pytest.mark.parametrize("face", FACES)
async def test_fifty_calls_at_once_keep_a_limit_of_twenty(tmp_path: Path, face: str) -> None:
    scenario = Scenario("", [], [], limits=[hits(20)])
    async with standing(tmp_path / face) as stand:
        async with stand.face(face, seed(stand, scenario)) as url:
            replies = await asyncio.gather(*(send(url, LET_IN) for _ in range(50)))

        statuses = [reply.status for reply in replies]
        assert (statuses.count(200), statuses.count(429)) == (20, 30)
        assert set((await stand.totals()).values()) == {20}
        assert len(stand.upstream.calls) == 20
