"""Connections that say nothing take no one's place, whatever the machine gives of descriptors."""

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx2 as httpx
import pytest

from server.runtime.descriptors import Shares
from tests.kit.process import COMMAND, Gatehouse, until
from tests.kit.raw import HOST, connect, say, statuses

FEW = 1_024
FAR_S = 30
CALL = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"


def with_descriptors(most: int) -> tuple[str, ...]:
    """Write a command that may open so many files."""
    return ("sh", "-c", f'ulimit -n {most}; exec "$@"', "sh", *COMMAND)


@pytest.fixture
def gatehouse(tmp_path: Path) -> Iterator[Gatehouse]:
    """Prepare a Gatehouse that has few descriptors."""
    gatehouse = Gatehouse(tmp_path / "data", program=with_descriptors(FEW))
    yield gatehouse
    gatehouse.stop()


def number(gatehouse: Gatehouse, name: str) -> float:
    """Read one number of the metrics, 0 when it is not told."""
    text = gatehouse.metrics()
    found = [row.split()[-1] for row in text.splitlines() if row.startswith(f"{name} ")]
    return float(found[0]) if found else 0


def hard_limit() -> int:
    """Tell how many descriptors the machine gives, as `gatehouse serve` takes them all."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if hard == resource.RLIM_INFINITY else hard


def hold(wires: ExitStack, port: int, count: int, *, begin: bytes = b"", source: str = "") -> int:
    """Open connections and keep them; gives how many came to be."""
    held = 0
    for _ in range(count):
        with suppress(OSError):
            wire = wires.enter_context(connect(port, source=source))
            held += 1
            if begin:
                wire.sendall(begin)
    return held


@pytest.mark.slow
@pytest.mark.parametrize("begin", [b"", b"GET / HTTP/1.1\r\n"], ids=["silent", "half a head"])
def test_a_thousand_who_keep_us_waiting_shut_nobody_out(gatehouse: Gatehouse, begin: bytes) -> None:
    gatehouse.start()
    with ExitStack() as wires:
        assert hold(wires, gatehouse.port, 1_000, begin=begin) > 900

        answers = [say(gatehouse.port, CALL, seconds=FAR_S) for _ in range(20)]
        assert [statuses(each) for each in answers] == [[200]] * 20
        page = httpx.get(f"{gatehouse.url}/p/admin/login", timeout=FAR_S)
        assert page.status_code == 200
        made_room = number(gatehouse, 'gatehouse_connections_refused_total{reason="made_room"}')
        assert made_room >= 1_000 - Shares.of(FEW).total
        assert number(gatehouse, "gatehouse_descriptors") < FEW - 100
        assert number(gatehouse, "gatehouse_descriptors_limit") == FEW


@contextmanager
def pressing(port: int, count: int) -> Iterator[list[int]]:
    """Open silent connections all the while, as many at a time; gives how many came to be."""
    done, made = threading.Event(), [0]

    def press() -> None:
        with ExitStack() as wires:
            while not done.is_set():
                held = hold(wires, port, count - made[0] % count)
                made[0] += held
                if not held:
                    time.sleep(0.02)
                elif made[0] % count == 0:
                    wires.pop_all().close()

    presser = threading.Thread(target=press)
    presser.start()
    try:
        yield made
    finally:
        done.set()
        presser.join()


@pytest.mark.slow
def test_those_who_wait_for_the_start_do_not_end_it(gatehouse: Gatehouse) -> None:
    with pressing(gatehouse.port, 1_000) as made:
        gatehouse.start()
        until(lambda: made[0] > 1_000, seconds=FAR_S)
        page = httpx.get(f"{gatehouse.url}/p/admin/login", timeout=FAR_S)

    assert page.status_code == 200
    assert gatehouse.process is not None
    assert gatehouse.process.poll() is None
    assert "cannot be loaded" not in gatehouse.output


@pytest.mark.slow
def test_an_address_has_its_share(gatehouse: Gatehouse) -> None:
    share = Shares.of(FEW).per_address
    gatehouse.start()
    with ExitStack() as wires:
        hold(wires, gatehouse.port, share, source="127.0.0.9")

        with connect(gatehouse.port, source="127.0.0.9") as wire:
            refused = wire.recv(1_000)
        with connect(gatehouse.port, source="127.0.0.10") as wire:
            wire.sendall(CALL)
            let_in = wire.recv(1_000)

    assert statuses(refused) == [429]
    assert b"too_many_connections" in refused
    assert statuses(let_in) == [200]


def test_a_start_with_too_few_descriptors_says_so(tmp_path: Path) -> None:
    gatehouse = Gatehouse(tmp_path, program=with_descriptors(100))
    command = [*gatehouse.program, *gatehouse.words, "--port", str(gatehouse.port)]

    ended = subprocess.run(
        command, env=gatehouse.environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert "may open 100 files" in ended.stderr


@pytest.mark.slow
def test_thousands_who_are_idle_slow_nobody_down(tmp_path: Path) -> None:
    gatehouse = Gatehouse(tmp_path / "data")
    many = min(1_000, 2 * Shares.of(hard_limit()).per_address)
    gatehouse.start()
    try:
        quiet_s = sorted(_call_s(gatehouse) for _ in range(200))
        with ExitStack() as wires:
            for third in range(2, 5):
                hold(wires, gatehouse.port, 1_000, source=f"127.0.0.{third}")
            # Told once a sweep: what was told while they came is of some of them.
            until(lambda: number(gatehouse, 'gatehouse_connections{state="idle"}') > many)
            full_s = sorted(_call_s(gatehouse) for _ in range(200))
    finally:
        gatehouse.stop()

    assert full_s[100] < 5 * quiet_s[100]


def _call_s(gatehouse: Gatehouse) -> float:
    began_s = time.perf_counter()
    assert statuses(say(gatehouse.port, CALL, seconds=FAR_S)) == [200]
    return time.perf_counter() - began_s
