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


@pytest.mark.parametrize(
    ("name", "per_key", "per_address", "minutes"),
    [
        ("logins", 10, 100, 5),
        ("staff_logins", 10, 50, 5),
        ("signups", 10, 60, 10),
        ("activation_mails", 3, 30, 10),
        ("reset_mails", 5, 30, 10),
        ("reset_links", 10, 30, 10),
        ("password_checks", 10, 100, 5),
    ],
)
def test_each_gate_has_its_share(name: str, per_key: int, per_address: int, minutes: int) -> None:
    by_key, by_address = getattr(Gates(), name), getattr(Gates(), name)

    assert _entered(lambda at: by_key.enter(1, "john", f"10.0.0.{at}"), 200) == per_key
    assert _entered(lambda at: by_address.enter(1, f"n{at}", "10.0.0.1"), 200) == per_address
    assert by_key._by_key._per_s == by_key._by_address._per_s == minutes * 60


def test_a_share_comes_back_and_memory_is_bounded() -> None:
    throttle = Throttle(attempts=1, per_s=0.0, max_keys=10)

    assert all(throttle.allows("again") for _ in range(3))
    assert all(throttle.allows(str(number)) for number in range(100))
    assert len(throttle._seen) <= 10
