"""Counters of attempts: bounded, shared through Redis, and there without it."""

import time

import pytest
from structlog.testing import capture_logs

from server.auth.attempts import Attempts, BoundedMemory
from tests.kit.services import RedisServer, free_port


def test_a_share_comes_back_when_its_window_has_passed() -> None:
    memory = BoundedMemory()

    assert memory.acquire_entry("john", 1, expiry=1)
    assert not memory.acquire_entry("john", 1, expiry=1)
    time.sleep(1.05)

    assert memory.acquire_entry("john", 1, expiry=1)


def test_memory_is_bounded_and_forgets_no_name_that_counts() -> None:
    attempts, memory = Attempts(), BoundedMemory(most_keys=100)
    for _ in range(3):
        memory.acquire_entry("john", 3, 60)

    for number in range(1_100):
        memory.acquire_entry(f"name{number}", 3, 60)

    assert len(memory.events) <= 100
    assert not memory.acquire_entry("john", 3, 60)
    assert attempts.enter(3, 1, "john") is None


@pytest.mark.redis
def test_processes_on_one_redis_count_together(redis_url: str) -> None:
    one, other = Attempts(redis_url), Attempts(redis_url)

    entered = [one.enter(3, 1, "john"), other.enter(3, 1, "john"), one.enter(3, 1, "john")]
    refused = [one.enter(3, 1, "john"), other.enter(3, 1, "john")]

    assert entered == [None] * 3
    assert all(wait_s is not None and 50 < wait_s <= 61 for wait_s in refused)


def test_without_redis_a_process_counts_for_itself_and_says_so_once() -> None:
    attempts = Attempts(f"redis://127.0.0.1:{free_port()}/0")

    with capture_logs() as logged:
        answers = [attempts.enter(2, 1, "john") for _ in range(4)]

    assert answers[:2] == [None, None]
    assert all(answers[2:])
    assert [line["event"] for line in logged] == [
        "Redis is away: attempts are counted in this process"
    ]


@pytest.mark.redis
def test_a_redis_that_comes_back_counts_again(redis_server: RedisServer, redis_url: str) -> None:
    attempts = Attempts(redis_url, try_again_s=0.0)
    assert attempts.enter(2, 1, "john") is None

    redis_server.stop()
    away = [attempts.enter(2, 1, "john") for _ in range(2)]
    redis_server.start()
    back = [attempts.enter(2, 1, "john"), attempts.enter(2, 1, "john")]

    assert away == [None, None]
    assert back[0] is None
    assert back[1] is not None
