"""Work runs in turn, and what takes long holds nobody up."""

import asyncio
import threading
import time

import pytest

from server.kit.executor import FairExecutor


async def test_quick_work_runs_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.kit.executor.LONG_S", 60)  # a busy machine makes nothing long
    executor, running, most = FairExecutor(), 0, 0

    def work() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        time.sleep(0.001)
        running -= 1

    await asyncio.gather(*(executor.run(work) for _ in range(10)))

    assert most == 1


async def test_work_that_waits_steps_aside_and_goes_on() -> None:
    executor, gate = FairExecutor(), threading.Event()
    slow = asyncio.create_task(executor.run(gate.wait, timeout=30))

    assert await asyncio.wait_for(executor.run(lambda: "quick"), 10) == "quick"
    assert not slow.done()

    gate.set()
    assert await slow
    assert await executor.run(lambda: "again") == "again"


async def test_an_error_gives_the_turn_back() -> None:
    executor = FairExecutor()

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            await executor.run(lambda: 1 // 0)
