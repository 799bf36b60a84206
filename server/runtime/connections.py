"""All connections of a process: how many there may be, and how long each may keep us waiting.

One sweep looks at each about once a second, so that no request pays for a timer (D14).
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import ceil
from typing import Protocol

from prometheus_client import Counter as Total
from prometheus_client import Gauge

from server.kit.networks import Network, find_address, holder_of, holds
from server.runtime.descriptors import Shares, count_descriptors, most_descriptors

TICKS = 10  # of a sweep: thousands of connections are not looked at in one go
MADE_ROOM = 1 / 32  # of all, at once when there are too many, so that looking for them is seldom
THIS_MACHINE = frozenset({"127.0.0.1", "::1"})  # where a proxy of everybody's may stand

CONNECTIONS = Gauge(
    "gatehouse_connections", "Connections by state.", ["state"], multiprocess_mode="livesum"
)
REFUSED = Total(
    "gatehouse_connections_refused", "Connections that were refused or cut, by reason.", ["reason"]
)
DESCRIPTORS = Gauge("gatehouse_descriptors", "Descriptors in use.", multiprocess_mode="livesum")
MOST_DESCRIPTORS = Gauge(
    "gatehouse_descriptors_limit", "Descriptors that may be in use.", multiprocess_mode="livesum"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WireLimits:
    """What one connection may send, and how long it may take."""

    url_bytes: int = 8_192
    header_bytes: int = 16_384  # one of them
    head_bytes: int = 65_536
    header_lines: int = 100  # trailers count with them
    framing_bytes: int = 8_192  # of a chunked body beyond what its chunks need: their extensions
    pipelined: int = 64  # requests that wait for answers to those before
    first_byte_s: float = 10
    head_s: float = 10
    idle_s: float = 65  # more than the 60 s of common proxies, so that they close first
    body_silence_s: float = 20
    body_window_s: float = 60
    body_window_bytes: int = 6_000
    write_stall_s: float = 60
    linger_s: float = 2  # what a refused caller may still send, so that he reads the answer
    linger_bytes: int = 8_388_608
    sweep_s: float = 1

    @property
    def waits_s(self) -> tuple[float, ...]:
        """List how long each phase but the last may take."""
        return (self.linger_s, self.first_byte_s, self.idle_s, self.head_s, self.linger_s)


class Phase(IntEnum):
    """What a connection is at; in this order they are closed to make room."""

    LINGERING = 0  # refused, and not yet closed
    FRESH = 1  # not a byte yet
    IDLE = 2
    HEAD = 3  # it has begun a head
    DRAINING = 4  # answered before its body has come
    BUSY = 5


class Connection(Protocol):
    """What the sweep asks of a connection."""

    phase: Phase
    since: float  # of the phase

    def look(self, now: float) -> None:
        """Cut the connection if it keeps us waiting."""

    def cut(self, reason: str) -> None:
        """Close it at once."""


class Connections:
    """The connections of this process, from their beginning to their end."""

    def __init__(self, limits: WireLimits, shares: Shares, trusted: Sequence[Network] = ()) -> None:
        self.limits = limits
        self.now = 0.0  # of the loop, as of the last tick
        self._shares = shares
        self._trusted = trusted
        self._open: dict[Connection, str] = {}
        self._of_holder: Counter[str] = Counter()
        self._round: list[Connection] = []
        self._is_ticking = False
        self._tick_s = limits.sweep_s / TICKS

    def admit(self, connection: Connection, address: str) -> str | None:
        """Take a new connection in, or tell the code of its refusal."""
        holder = "" if self._stands_for_many(address) else holder_of(address)
        if holder and self._of_holder[holder] >= self._shares.per_address:
            return "too_many_connections"
        if len(self._open) >= self._shares.total and not self._make_room():
            return "connections_full"
        self._open[connection] = holder
        self._of_holder[holder] += 1
        if not self._is_ticking:
            self._tick_later()
        return None

    def forget(self, connection: Connection) -> None:
        """Let go of a connection that has ended; one that was not admitted is not known."""
        holder = self._open.pop(connection, None)
        if holder is not None:
            self._of_holder[holder] -= 1
            if not self._of_holder[holder]:
                del self._of_holder[holder]

    def _stands_for_many(self, address: str) -> bool:
        peer = find_address(address)
        return address in THIS_MACHINE or peer is None or holds(self._trusted, peer)

    def _make_room(self) -> bool:
        """Close those who keep us waiting: first who has not said a word, the oldest first."""
        waiting = [each for each in self._open if each.phase < Phase.BUSY]
        waiting.sort(key=lambda each: (each.phase, each.since))
        closed = waiting[: ceil(self._shares.total * MADE_ROOM)]
        for each in closed:
            each.cut("made_room")
            self.forget(each)
        return bool(closed)

    def _tick(self) -> None:
        """Look at some, so that each has its turn within a sweep; ends with the last connection."""
        self._is_ticking = False
        if self._open:
            self._tick_later()  # first, whatever comes of the looking
        if not self._round:
            self._tell()
            self._round = list(self._open)
        turn = self._round[-ceil(len(self._open) / TICKS) :]
        del self._round[-len(turn) :]
        for each in turn:
            if each in self._open:
                each.look(self.now)

    def _tick_later(self) -> None:
        loop = asyncio.get_running_loop()
        self.now = loop.time()
        self._is_ticking = True
        loop.call_later(self._tick_s, self._tick)

    def _tell(self) -> None:
        busy = sum(each.phase == Phase.BUSY for each in self._open)
        CONNECTIONS.labels("busy").set(busy)
        CONNECTIONS.labels("idle").set(len(self._open) - busy)
        DESCRIPTORS.set(count_descriptors())
        MOST_DESCRIPTORS.set(most_descriptors())
