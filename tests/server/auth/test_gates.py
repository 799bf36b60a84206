"""Attempts are counted by name and by address, for all faces together."""

from collections.abc import Callable

import pytest

from server.auth.gates import Gate, Gates, Throttle
from server.domain.errors import LimitReached


def _entered(enter: Callable[[int], None], times: int) -> int:
    for number in range(times):
        try:
            enter(number)
        except LimitReached:
            return number
    return times


def test_a_name_gets_its_share_from_any_address() -> None:
    gate = Gate(per_key=3, per_address=100, minutes=1)

    assert _entered(lambda at: gate.enter(1, " John ", f"10.0.0.{at}"), 9) == 3
    with pytest.raises(LimitReached):
        gate.enter(1, "john", "10.0.0.99")


def test_an_address_gets_its_share_for_any_name() -> None:
    gate = Gate(per_key=3, per_address=5, minutes=1)

    assert _entered(lambda at: gate.enter(1, f"name{at}", "10.0.0.1"), 9) == 5


def test_providers_count_apart_and_so_do_the_gates() -> None:
    gates = Gates()
    _entered(lambda _: gates.logins.enter(1, "john", "10.0.0.1"), 50)

    gates.logins.enter(2, "john", "10.0.0.1")
    gates.signups.enter(1, "john", "10.0.0.1")


def test_a_share_comes_back_and_memory_is_bounded() -> None:
    throttle = Throttle(attempts=1, per_s=0.0, max_keys=10)

    assert all(throttle.allows("again") for _ in range(3))
    assert all(throttle.allows(str(number)) for number in range(100))
    assert len(throttle._seen) <= 10
