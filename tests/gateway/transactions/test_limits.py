"""The headers about limits."""

import pytest

from gateway.counters.base import Delta, Reading
from gateway.transactions.limits import limit_headers
from gateway.windows import Period, Windows
from tests.gateway.transactions.conftest import START, a_limit

NOW_S = START.timestamp()
WINDOWS = Windows.at(NOW_S)
HITS = Delta(1, 3)


def reading(current: int, value: int, period: Period = Period.DAY, metric: str = "hits") -> Reading:
    """Make a reading."""
    return Reading(a_limit(value, period, metric), current)


def headers(readings: list[Reading], *deltas: Delta, now_s: float = NOW_S) -> list[int]:
    """Give the values of remaining, reset and, when there, max-value."""
    return [int(value) for _, value in limit_headers(readings, deltas, WINDOWS, now_s)]


@pytest.mark.parametrize(
    ("readings", "deltas", "expected"),
    [
        ([], [HITS], [-1, -1]),
        ([reading(0, 5, metric="search")], [HITS], [-1, -1]),
        ([reading(0, 10)], [HITS], [3, 43_170, 10]),
        ([reading(10, 10)], [HITS], [0, 43_170, 10]),
        ([reading(12, 10)], [], [0, 43_170, 10]),
        ([reading(3, 10)], [], [-1, -1]),
        ([reading(3, 10)], [Delta(1, 0)], [-1, -1]),
        ([reading(3, 10)], [Delta(1, 0, is_set=True)], [-1, -1]),
        ([reading(3, 10)], [Delta(1, 5, is_set=True)], [1, 43_170, 10]),
        ([reading(3, 10)], [Delta(1, 50, is_set=True)], [0, 43_170, 10]),
        ([reading(0, 9, Period.ETERNITY)], [HITS], [3, -1, 9]),
        ([reading(0, 9, Period.MINUTE), reading(0, 10)], [HITS], [3, 43_170, 10]),
        ([reading(0, 3, Period.MINUTE), reading(0, 10)], [HITS], [1, 30, 3]),
        ([reading(0, 3, Period.HOUR), reading(9, 9, metric="search")], [], [0, 43_170, 9]),
    ],
)
def test_the_tightest_limit_is_told(
    readings: list[Reading], deltas: list[Delta], expected: list[int]
) -> None:
    assert headers(readings, *deltas) == expected


def test_the_reset_is_rounded_up_and_never_negative() -> None:
    assert headers([reading(0, 3, Period.MINUTE)], HITS, now_s=NOW_S + 0.5)[1] == 30
    assert headers([reading(0, 3, Period.MINUTE)], HITS, now_s=NOW_S + 90)[1] == 0
