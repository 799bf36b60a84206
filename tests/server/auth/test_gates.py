"""Attempts are counted by name and by address, for all faces together."""

from collections.abc import Callable

import pytest

from server.auth.gates import Gate, Gates
from server.domain.errors import LimitReached


def _gate(per_key: int, per_address: int) -> Gate:
    return Gate(Gates(), "tests", per_key, per_address, 1)


def _entered(enter: Callable[[int], None], times: int) -> int:
    for number in range(times):
        try:
            enter(number)
        except LimitReached:
            return number
    return times


def test_a_name_gets_its_share_from_any_address() -> None:
    gate = _gate(per_key=3, per_address=100)

    assert _entered(lambda at: gate.enter(1, " John ", f"10.0.0.{at}"), 9) == 3
    with pytest.raises(LimitReached):
        gate.enter(1, "john", "10.0.0.99")


def test_an_address_gets_its_share_for_any_name() -> None:
    gate = _gate(per_key=3, per_address=5)

    assert _entered(lambda at: gate.enter(1, f"name{at}", "10.0.0.1"), 9) == 5


def test_an_address_that_had_its_share_locks_nobody_out() -> None:
    gate = _gate(per_key=3, per_address=5)
    _entered(lambda at: gate.enter(1, f"name{at}", "10.0.0.1"), 9)

    for _ in range(3):
        with pytest.raises(LimitReached):
            gate.enter(1, "john", "10.0.0.1")

    assert _entered(lambda at: gate.enter(1, "john", f"10.0.1.{at}"), 9) == 3


def test_providers_count_apart_and_so_do_the_gates() -> None:
    gates = Gates()
    _entered(lambda _: gates.passwords("developer").enter(1, "john", "10.0.0.1"), 50)

    gates.passwords("developer").enter(2, "john", "10.0.0.1")
    gates.passwords("provider").enter(1, "john", "10.0.0.1")
    gates.signups.enter(1, "john", "10.0.0.1")


@pytest.mark.parametrize(
    ("name", "per_key", "per_address", "minutes"),
    [
        ("signups", 10, 60, 10),
        ("activation_mails", 3, 30, 10),
        ("reset_mails", 5, 30, 10),
        ("reset_links", 10, 30, 10),
    ],
)
def test_each_gate_has_its_share(name: str, per_key: int, per_address: int, minutes: int) -> None:
    by_key, by_address = getattr(Gates(), name), getattr(Gates(), name)

    assert _entered(lambda at: by_key.enter(1, "john", f"10.0.0.{at}"), 200) == per_key
    assert _entered(lambda at: by_address.enter(1, f"n{at}", "10.0.0.1"), 200) == per_address
    assert by_key.minutes == minutes


@pytest.mark.parametrize(("audience", "per_address"), [("developer", 100), ("provider", 50)])
def test_one_address_guesses_ten_times_and_all_together_fifty(
    audience: str, per_address: int
) -> None:
    gates = [Gates().passwords(audience) for _ in range(3)]

    assert _entered(lambda _: gates[0].enter(1, "john", "10.0.0.1"), 200) == 10
    assert _entered(lambda at: gates[1].enter(1, "john", f"10.0.0.{at}"), 200) == 50
    assert _entered(lambda at: gates[2].enter(1, f"n{at}", "10.0.0.1"), 200) == per_address
    assert gates[0].minutes == 5


def test_one_address_locks_nobody_out_elsewhere() -> None:
    gate = Gates().passwords("developer")
    _entered(lambda _: gate.enter(1, "john", "10.0.0.1"), 200)

    assert _entered(lambda _: gate.enter(1, "john", "10.0.0.2"), 200) == 10


@pytest.mark.parametrize(
    ("addresses", "lines"),
    [
        (["2001:db8::1", "2001:db8::2", "2001:0db8:0:0:ffff::1", "2001:db8::3%eth0"], 1),
        (["2001:db8::1", "2001:db8:0:1::1"], 2),
        (["10.0.0.1", "::ffff:10.0.0.1", "::ffff:a00:1"], 1),
        (["10.0.0.1", "10.0.0.2"], 2),
        (["testclient", ""], 2),
    ],
)
def test_the_addresses_of_one_line_count_together(addresses: list[str], lines: int) -> None:
    gate = _gate(per_key=100, per_address=5)

    let_in = sum(
        _entered(lambda at: gate.enter(1, f"name{at}", address), 9)  # noqa: B023 - called at once
        for address in addresses
    )

    assert let_in == 5 * lines


def test_names_of_any_length_count_apart() -> None:
    gate = _gate(per_key=1, per_address=100)

    gate.enter(1, "x" * 300 + "a", "10.0.0.1")
    gate.enter(1, "x" * 300 + "b", "10.0.0.1")
    gate.enter(1, "half a pair \ud800", "10.0.0.1")

    with pytest.raises(LimitReached):
        gate.enter(1, "X" * 300 + "A", "10.0.0.2")


def test_a_refusal_tells_when_to_try_again() -> None:
    gate = _gate(per_key=1, per_address=5)
    gate.enter(1, "john", "10.0.0.1")

    with pytest.raises(LimitReached) as refused:
        gate.enter(1, "john", "10.0.0.1")

    assert refused.value.retry_after_s is not None
    assert 50 < refused.value.retry_after_s <= 60
