"""`kill -9` under load: what got in stays counted, and the limit holds across the restart."""

import re
import threading
import time

import httpx2 as httpx
import pytest

from tests.kit.furnish import limit_the_sample
from tests.kit.process import Gatehouse

LIMIT = 1_500
CALLERS = 8
LOAD_S = 20  # at the most; the kill comes much earlier


class Caller(threading.Thread):
    """Calls as fast as it can until it is told to stop; counts what got in."""

    def __init__(self, url: str) -> None:
        super().__init__(daemon=True)
        self.url = url
        self.let_in = 0
        self.refused = 0
        self.stopping = False

    def run(self) -> None:
        """Call; a broken connection is what a kill looks like from here."""
        deadline_s = time.monotonic() + LOAD_S
        with httpx.Client(timeout=10) as client:
            while not self.stopping and time.monotonic() < deadline_s:
                try:
                    status = client.get(self.url).status_code
                except httpx.TransportError:
                    return
                if status == 200:
                    self.let_in += 1
                elif status == 429:
                    self.refused += 1
                    return


@pytest.fixture
def gatehouse(stopped_gatehouse: Gatehouse) -> Gatehouse:
    """Run a Gatehouse whose sample application has LIMIT calls for ever."""
    limit_the_sample(stopped_gatehouse, period="eternity", value=LIMIT)
    stopped_gatehouse.start()
    return stopped_gatehouse


def load(gatehouse: Gatehouse) -> list[Caller]:
    """Start the callers on the staging gateway."""
    start = gatehouse.first_start
    url = f"{start['service']['staging_base_url']}/x?user_key={start['sample']['user_key']}"
    callers = [Caller(url) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    return callers


def counted(gatehouse: Gatehouse) -> int:
    """Ask the gateway how much of the limit is used."""
    start = gatehouse.first_start
    answer = httpx.get(
        f"{gatehouse.url}/transactions/authorize.xml",
        params={
            "service_token": start["service"]["service_token"],
            "service_id": start["service"]["id"],
            "user_key": start["sample"]["user_key"],
        },
    )
    found = re.search(r"<current_value>(\d+)</current_value>", answer.text)
    assert found, answer.text
    return int(found[1])


@pytest.mark.slow
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
