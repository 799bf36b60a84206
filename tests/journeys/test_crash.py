"""`kill -9` under load: what got in stays counted, and the limit holds across the restart."""

import time

import pytest

from tests.kit.callers import CALLERS, LOAD_S, counted, load
from tests.kit.process import Gatehouse
from tests.kit.seed import limit_the_sample

LIMIT = 1_500


@pytest.fixture
def gatehouse(stopped_gatehouse: Gatehouse) -> Gatehouse:
    """Run a Gatehouse whose sample application has LIMIT calls for ever."""
    limit_the_sample(stopped_gatehouse, period="eternity", value=LIMIT)
    stopped_gatehouse.start()
    return stopped_gatehouse


@pytest.mark.slow
@pytest.mark.both_databases
def test_kill_9_under_load_loses_no_call_and_lets_none_too_many_in(
    gatehouse: Gatehouse,
) -> None:
    before = load(gatehouse)
    while sum(caller.let_in for caller in before) < LIMIT // 3:
        assert any(caller.is_alive() for caller in before), gatehouse.output[-2000:]
        time.sleep(0.01)
    gatehouse.kill()
    for caller in before:
        caller.join(LOAD_S)
    let_in_before = sum(caller.let_in for caller in before)

    gatehouse.start()

    in_flight = CALLERS  # counted, but killed before their answer
    assert let_in_before <= counted(gatehouse) <= let_in_before + in_flight
    after = load(gatehouse)
    for caller in after:
        caller.join(LOAD_S)
    let_in = let_in_before + sum(caller.let_in for caller in after)
    assert LIMIT - in_flight <= let_in <= LIMIT
    assert all(caller.refused for caller in after)
    assert counted(gatehouse) == LIMIT
