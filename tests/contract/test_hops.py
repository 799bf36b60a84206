"""Proxy and bundle count alike how many gateways a call has passed."""

from pathlib import Path

import pytest

from tests.contract.conftest import FACES, Call, Scenario, seed, send, standing

pytestmark = pytest.mark.nginx
NAME = "X-Gatehouse-Hops"
GIVEN: tuple[tuple[list[tuple[str, str]], bytes], ...] = (
    ([], b"1"),
    ([(NAME, "2")], b"3"),
    ([(NAME, "1"), (NAME, "3")], b"4"),
    ([(NAME, "1, 3 ,x")], b"4"),
    ([(NAME, "none"), ("X_Gatehouse_Hops", "4")], b"1"),
    ([(NAME, "-3")], b"1"),
    ([("Connection", NAME), (NAME, "1")], b"2"),
)
TOO_FAR = ("5", "6", "999", "99999999999", "0, 5")


@pytest.mark.parametrize("face", FACES)
async def test_each_gateway_adds_itself_and_the_sixth_refuses(tmp_path: Path, face: str) -> None:
    async with standing(tmp_path / face) as stand:
        async with stand.face(face, seed(stand, Scenario("", [], []))) as url:
            for headers, sent_on in GIVEN:
                reply = await send(url, Call("/?user_key=k1", headers=headers))
                assert reply.status == 200
                assert stand.upstream.header(b"x-gatehouse-hops") == [sent_on], headers
                assert stand.upstream.header(b"x_gatehouse_hops") == []
            for hops in TOO_FAR:
                reply = await send(url, Call("/?user_key=k1", headers=[(NAME, hops)]))
                assert (reply.status, reply.headers["x-gatehouse-error"]) == (508, "loop_detected")

        assert set((await stand.totals()).values()) == {len(GIVEN)}, "a loop costs nothing"
