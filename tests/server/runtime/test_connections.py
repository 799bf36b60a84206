"""Who gets in, who must go, and when each is looked at."""

import asyncio

import pytest

from server.kit.networks import parse_networks
from server.runtime.connections import Connections, Phase, WireLimits
from server.runtime.descriptors import Shares


class Line:
    """A connection that remembers what was done with it."""

    def __init__(self, phase: Phase = Phase.FRESH, since: float = 0) -> None:
        self.phase = phase
        self.since = since
        self.looks = 0
        self.cuts: list[str] = []

    def look(self, _now: float) -> None:
        self.looks += 1

    def cut(self, reason: str) -> None:
        self.cuts.append(reason)


def connections(total: int, per_address: int = 100, *, trusted: str = "") -> Connections:
    """Make connections that are looked at soon."""
    limits = WireLimits(sweep_s=0.05)
    return Connections(limits, Shares(total, per_address), parse_networks(trusted))


async def test_the_oldest_who_has_not_said_a_word_makes_room() -> None:
    here = connections(5)
    lines = [
        Line(Phase.IDLE, since=1),
        Line(Phase.FRESH, since=4),
        Line(Phase.FRESH, since=3),
        Line(Phase.HEAD, since=0),
        Line(Phase.BUSY, since=0),
    ]
    for line in lines:
        assert here.admit(line, "203.0.113.7") is None

    gone = []
    for _ in range(4):
        assert here.admit(Line(Phase.BUSY), "203.0.113.7") is None
        gone += [n for n, line in enumerate(lines) if line.cuts and n not in gone]

    assert gone == [2, 1, 0, 3]


async def test_where_everybody_is_busy_the_newcomer_goes() -> None:
    here = connections(3)
    busy = [Line(Phase.BUSY) for _ in range(3)]
    for line in busy:
        here.admit(line, "203.0.113.7")

    assert here.admit(Line(), "203.0.113.8") == "connections_full"
    here.forget(busy[0])
    assert here.admit(Line(), "203.0.113.8") is None
    assert [line.cuts for line in busy] == [[], [], []]


@pytest.mark.parametrize(
    ("first", "second", "is_one"),
    [
        ("203.0.113.7", "203.0.113.7", True),
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("2001:bad::1", "2001:bad::2", True),
        ("2001:bad::1", "2001:bad:0:1::1", False),
        ("127.0.0.2", "127.0.0.2", True),
        ("127.0.0.1", "127.0.0.1", False),
        ("::1", "::1", False),
        ("10.0.0.1", "10.0.0.1", False),
    ],
)
async def test_a_share_is_an_addresss_own(first: str, second: str, is_one: bool) -> None:
    here = connections(10, 1, trusted="10.0.0.0/8")
    here.admit(Line(), first)

    assert (here.admit(Line(), second) == "too_many_connections") is is_one


async def test_who_leaves_gives_his_share_back() -> None:
    here = connections(10, 1)
    for _ in range(5):
        line = Line()
        assert here.admit(line, "203.0.113.7") is None
        here.forget(line)
        here.forget(line)


async def test_each_is_looked_at_within_a_sweep_until_it_leaves() -> None:
    here = connections(100)
    lines = [Line() for _ in range(35)]
    for line in lines:
        here.admit(line, "127.0.0.1")

    for _ in range(200):
        await asyncio.sleep(0.02)
        if min(line.looks for line in lines) >= 2:
            break
    most = max(line.looks for line in lines)
    assert min(line.looks for line in lines) >= most - 1 >= 1
    for line in lines:
        here.forget(line)
    await asyncio.sleep(0.05)
    looks = [line.looks for line in lines]
    await asyncio.sleep(0.1)

    assert [line.looks for line in lines] == looks
