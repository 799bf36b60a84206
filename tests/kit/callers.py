"""Callers of a sample application who call as fast as they can, and what the gateway counted."""

import re
import threading
import time

import httpx2 as httpx

from tests.kit.process import Gatehouse

CALLERS = 8
LOAD_S = 20  # at the most


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


def load(*gatehouses: Gatehouse) -> list[Caller]:
    """Start the callers on the staging gateways of processes that share their data, in turn."""
    start = gatehouses[0].first_start
    path = f"/gateway/staging/api/x?user_key={start['sample']['user_key']}"
    urls = [gatehouse.url + path for gatehouse in gatehouses]
    callers = [Caller(urls[number % len(urls)]) for number in range(CALLERS)]
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
