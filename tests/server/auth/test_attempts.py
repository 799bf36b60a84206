"""Counters of attempts: bounded, shared through Redis, and there without it."""

from dataclasses import dataclass

import pytest
from structlog.testing import capture_logs

from server.auth.attempts import ROWS, SLICES, WIDTH, Attempts, Sketch
from tests.kit.services import RedisServer, free_port

FLOOD = 50_000


@dataclass
class Clock:
    """Seconds that the test moves."""

    now: float = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_a_share_comes_back_when_its_window_has_passed() -> None:
    clock = Clock()
    sketch = Sketch(60, clock)

    for _ in range(3):
        assert sketch.enter(3, "john") is None
        clock.now += 10
    wait_s = sketch.enter(3, "john")
    assert wait_s is not None
    clock.now += wait_s - 2
    assert sketch.enter(3, "john") is not None
    clock.now += 2

    assert 28 <= wait_s <= 30  # the first attempt was half a minute ago
    assert sketch.enter(3, "john") is None
    assert sketch.enter(3, "john") is not None


@pytest.mark.parametrize("guesses", [1, 9, 10])
def test_a_flood_of_names_frees_nobody_and_takes_no_more_memory(guesses: int) -> None:
    sketch = Sketch(300, Clock())
    for _ in range(guesses):
        sketch.enter(10, "john")

    for number in range(FLOOD):
        sketch.enter(10, f"name{number}")

    left = sum(sketch.enter(10, "john") is None for _ in range(10))
    assert left <= 10 - guesses
    assert sum(map(len, sketch._slices.values())) == ROWS * WIDTH


def test_a_flood_that_lasts_takes_a_bounded_table_and_locks_few_out() -> None:
    clock = Clock()
    sketch = Sketch(300, clock)

    for number in range(FLOOD):
        sketch.enter(10, f"name{number}")
        clock.now += 300 / FLOOD * 2
    refused = sum(sketch.enter(10, f"innocent{number}") is not None for number in range(1_000))

    assert len(sketch._slices) <= SLICES
    assert refused == 0


def test_a_flood_of_full_shares_may_refuse_others_but_forgets_none() -> None:
    sketch = Sketch(300, Clock())

    for number in range(20_000):
        for _ in range(10):
            sketch.enter(10, f"name{number}")
    again = sum(sketch.enter(10, f"name{number}") is None for number in range(20_000))
    refused = sum(sketch.enter(10, f"innocent{number}") is not None for number in range(1_000))

    assert again == 0
    assert refused < 50  # one in a hundred shares its four places with others


@pytest.mark.redis
@pytest.mark.slow
def test_a_flood_of_names_frees_nobody_on_redis_either(redis_url: str) -> None:
    attempts = Attempts(redis_url)
    for _ in range(9):
        attempts.enter(10, 5, "john")

    for number in range(11_000):
        attempts.enter(10, 5, f"name{number}")

    assert [attempts.enter(10, 5, "john") is None for _ in range(2)] == [True, False]


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
