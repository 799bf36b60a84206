"""What is written in one turn of the loop goes out in one piece, in order, and not late."""

import asyncio
from typing import cast

import pytest

from server.runtime.wire import MOST_HELD_BYTES, TurnWrites


class Wire:
    """Keeps what was written."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.closed_after = -1

    def write(self, data: bytes) -> None:
        self.pieces.append(data)

    def close(self) -> None:
        self.closed_after = len(self.pieces)

    def is_closing(self) -> bool:
        return self.closed_after >= 0


@pytest.fixture
def wire() -> Wire:
    """Make a wire."""
    return Wire()


def _transport(wire: Wire) -> TurnWrites:
    return TurnWrites(cast("asyncio.Transport", wire), asyncio.get_running_loop())


async def test_a_turns_writes_are_one(wire: Wire) -> None:
    transport = _transport(wire)

    transport.write(b"head ")
    transport.write(b"body")
    assert wire.pieces == []

    await asyncio.sleep(0)
    assert wire.pieces == [b"head body"]


async def test_the_next_turn_writes_anew(wire: Wire) -> None:
    transport = _transport(wire)

    for part in (b"one", b"two"):
        transport.write(part)
        await asyncio.sleep(0)

    assert wire.pieces == [b"one", b"two"]


async def test_much_is_written_at_once_and_in_order(wire: Wire) -> None:
    transport = _transport(wire)
    many = b"x" * MOST_HELD_BYTES

    transport.write(b"a")
    transport.write(many)
    transport.write(b"b")
    assert wire.pieces == [b"a" + many]

    await asyncio.sleep(0)
    assert b"".join(wire.pieces) == b"a" + many + b"b"


async def test_closing_writes_first(wire: Wire) -> None:
    transport = _transport(wire)
    transport.write(b"bye")

    transport.close()

    assert wire.pieces == [b"bye"]
    assert wire.closed_after == 1
    assert transport.is_closing()
