"""Work ends in time and memory whatever it does, holds up nobody, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from server.kit import killable
from server.kit.killable import Bounds, Busy, KillablePool, Stopped
from tests.kit.labour import prepare, prepare_badly
from tests.kit.process import until

EAGER = Bounds(refuse_s=0, wait_s=20, longest_s=20)  # this machine may do much else


REAL_START = killable._start_process  # taken before others' is put in its place for a run


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(killable, "_start_process", REAL_START)


@pytest.fixture
def pool() -> Iterator[KillablePool]:
    pool = KillablePool(prepare, None, bounds=EAGER)
    yield pool
    pool.close()


def run(pool: KillablePool, order: bytes, owner: str = "a") -> bytes:
    return pool.run(order, owner=owner, name=(owner, order))


def pid_of(pool: KillablePool) -> int:
    return int(run(pool, b"pid"))


def is_alive(pid: int) -> bool:
    """Tell whether a process still runs; one that waits for its parent to notice does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def test_an_order_is_answered_and_the_worker_stays(pool: KillablePool) -> None:
    large = bytes(3_000_000)

    assert run(pool, b"echo " + large) == large
    assert pid_of(pool) == pid_of(pool) != os.getpid()


@pytest.mark.parametrize("order", [b"spin", b"spin_inside_c", b"eat", b"exit"])
def test_what_takes_too_much_is_stopped_and_its_worker_replaced(
    pool: KillablePool, order: bytes
) -> None:
    first = pid_of(pool)

    with pytest.raises(Stopped):
        run(pool, order)

    assert not is_alive(first)
    assert pid_of(pool) != first


def test_what_fails_says_why_and_the_worker_stays(pool: KillablePool) -> None:
    first = pid_of(pool)

    with pytest.raises(Stopped, match="ValueError: no such luck"):
        run(pool, b"fail")

    assert pid_of(pool) == first


def test_who_only_waits_has_longer_than_who_computes(pool: KillablePool) -> None:
    assert run(pool, b"sleep 1.5") == b"slept"


def test_who_waits_for_ever_is_ended() -> None:
    pool = KillablePool(prepare, None, bounds=Bounds(answer_s=0.2, longest_s=0.4))

    with pytest.raises(Busy):  # it is not what it does that is at fault
        run(pool, b"sleep 60")

    pool.close()


def test_a_worker_that_has_grown_is_replaced_after_its_answer(pool: KillablePool) -> None:
    first = pid_of(pool)

    assert run(pool, b"keep 40000000") == b"kept"

    assert pid_of(pool) != first


def test_a_worker_that_was_killed_while_idle_is_replaced(pool: KillablePool) -> None:
    first = pid_of(pool)
    os.kill(first, signal.SIGKILL)
    until(lambda: not is_alive(first))

    assert pid_of(pool) != first


def test_the_process_that_forks_is_started_again(pool: KillablePool) -> None:
    first = pid_of(pool)
    status = Path(f"/proc/{first}/status").read_text(encoding="utf-8")
    parent = int(status.split("PPid:")[1].split()[0])
    os.kill(parent, signal.SIGKILL)
    until(lambda: not is_alive(first))

    assert pid_of(pool) != first


def test_what_was_stopped_is_refused_for_a_while_also_to_those_who_wait() -> None:
    pool = KillablePool(prepare, None, bounds=Bounds(wait_s=20))
    run(pool, b"echo")
    told: list[str] = []

    def visit() -> None:
        try:
            run(pool, b"spin")
        except Stopped as error:
            told.append(str(error))

    visitors = [threading.Thread(target=visit) for _ in range(8)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()

    assert len(told) == 8
    assert sum("not tried again" in text for text in told) == 7  # one was stopped, seven refused
    assert run(pool, b"echo x") == b"x"
    pool.close()


def test_of_one_owner_no_more_than_its_share_runs_or_waits() -> None:
    pool = KillablePool(prepare, None, bounds=EAGER)
    run(pool, b"echo")
    with ThreadPoolExecutor(20) as threads:
        answers = [threads.submit(run, pool, b"sleep 0.8") for _ in range(12)]
        time.sleep(0.3)
        began_s = time.monotonic()
        assert run(pool, b"echo b", owner="b") == b"b"
        waited_s = time.monotonic() - began_s
        first_done = sum(answer.done() and answer.exception() is None for answer in answers)
        pool.close()
    refused = [answer for answer in answers if isinstance(answer.exception(), Busy)]

    assert first_done <= 1 + int(waited_s / 0.8)  # those of one owner go one after the other
    assert len(refused) >= 3  # one runs and eight wait: the rest is told at once


def test_owners_who_wait_are_served_in_turn() -> None:
    pool = KillablePool(prepare, None, bounds=EAGER, size=1)
    run(pool, b"echo")
    order: list[str] = []

    def visit(owner: str) -> None:
        run(pool, b"sleep 0.2", owner)
        order.append(owner)

    with ThreadPoolExecutor(10) as threads:
        for owner in ("a", "a", "a", "a", "b", "b"):
            threads.submit(visit, owner)
            time.sleep(0.02)
    pool.close()

    assert order[:5] in (["a", "a", "b", "a", "b"], ["a", "b", "a", "b", "a"])


def test_nobody_waits_longer_than_allowed() -> None:
    pool = KillablePool(prepare, None, bounds=Bounds(wait_s=0.1, longest_s=20), size=1)
    run(pool, b"echo")
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(run, pool, b"sleep 1")
        until(lambda: pool._running)

        with pytest.raises(Busy):
            run(pool, b"echo", owner="b")

        assert slow.result() == b"slept"
    pool.close()


def test_a_pool_that_cannot_start_is_busy() -> None:
    pool = KillablePool(prepare_badly, None)

    with pytest.raises(Busy):
        run(pool, b"echo")


def test_closing_ends_all_processes_and_stops_what_runs() -> None:
    pool = KillablePool(prepare, None, bounds=EAGER)
    idle = pid_of(pool)
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(run, pool, b"sleep 30")
        until(lambda: pool._running)
        pool.close()
        with pytest.raises((Stopped, Busy)):
            slow.result()

    until(lambda: not is_alive(idle))
    with pytest.raises(Busy):
        run(pool, b"echo")


PARENT = f"""
import sys; sys.path[:] = {sys.path!r}
from server.kit.killable import Bounds, KillablePool
from tests.kit.labour import prepare
pool = KillablePool(prepare, None, bounds=Bounds(longest_s=60, answer_s=60))
print(pool.run(b"pid", owner=1, name=1).decode(), flush=True)
pool.run(sys.argv[1].encode(), owner=1, name=2)
sys.stdin.read()
"""


@pytest.mark.parametrize("deed", ["echo", "sleep 60"])
def test_workers_die_with_a_parent_that_is_killed(deed: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, deed], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        status = Path(f"/proc/{worker}/status").read_text(encoding="utf-8")
        zygote = int(status.split("PPid:")[1].split()[0])
        time.sleep(0.2)
        parent.kill()

    with suppress(AssertionError):
        until(lambda: not is_alive(worker) and not is_alive(zygote))
    assert not is_alive(worker)
    assert not is_alive(zygote)
