"""Seven numbers a metric: each begins anew with its own window and with no other."""

from datetime import UTC, datetime, timedelta

import pytest

from gateway.counters.base import Delta, StoredCount
from gateway.counters.tally import Tally
from gateway.directory import Limit
from gateway.windows import INDEX, PERIODS, Period, Windows

START = datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC)  # a Tuesday
LIMITS = tuple(Limit("hits", 1, period, 10) for period in PERIODS)
ONE = (Delta(1, 1),)


def at(moment: datetime) -> Windows:
    """Find the windows of an instant."""
    return Windows.at(moment.timestamp())


def stored(metric_id: int, period: Period, value: int, when: datetime = START) -> StoredCount:
    """Make a count of the statistics, in the window that holds a moment."""
    return StoredCount(metric_id, period, at(when).starts[INDEX[period]], value)


def counts(tally: Tally, limits: tuple[Limit, ...] = LIMITS) -> list[int]:
    """Read the counters of `hits`, shortest period first."""
    return [reading.current for reading in tally.readings(limits)]


@pytest.mark.parametrize(
    ("later", "left"),
    [
        (START, [1, 1, 1, 1, 1, 1, 1]),
        (datetime(2025, 1, 1, tzinfo=UTC), [0, 0, 0, 1, 0, 0, 1]),
        (datetime(2025, 1, 6, tzinfo=UTC), [0, 0, 0, 0, 0, 0, 1]),
        (datetime(2024, 12, 31, 23, 59, 0, tzinfo=UTC), [1, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_only_windows_that_ended_begin_anew(later: datetime, left: list[int]) -> None:
    tally = Tally(at(START), ())
    tally.move(ONE, tally.windows)

    tally.roll(at(later))

    assert counts(tally) == left


def test_it_starts_from_what_the_statistics_say() -> None:
    tally = Tally(
        at(START),
        [stored(1, Period.DAY, 4), stored(1, Period.ETERNITY, 99), stored(2, Period.DAY, 7)],
    )

    assert counts(tally) == [0, 0, 4, 0, 0, 0, 99]
    assert counts(tally, (Limit("search", 2, Period.DAY, 1), LIMITS[0])) == [7, 0]


def test_the_first_limit_in_the_way_is_named_and_full_is_not_over() -> None:
    tally = Tally(at(START), [stored(1, Period.DAY, 9), stored(1, Period.MONTH, 9)])

    assert tally.find_obstacle(LIMITS, ONE) is None
    assert tally.find_obstacle(LIMITS, (Delta(1, 2),)) is LIMITS[2]
    assert tally.find_obstacle(LIMITS, (Delta(1, 1), Delta(1, 1))) is LIMITS[2]
    assert tally.find_obstacle(LIMITS, (Delta(2, 99),)) is None, "a metric without limit"
    assert tally.find_obstacle(LIMITS, ()) is None
    assert tally.find_obstacle((), (Delta(1, 99),)) is None


def test_a_metric_over_its_limit_stops_nothing_that_does_not_touch_it() -> None:
    tally = Tally(at(START), [stored(1, Period.DAY, 50)])

    assert tally.find_obstacle(LIMITS, (Delta(2, 1),)) is None
    assert tally.find_obstacle(LIMITS, (Delta(1, 0),)) is LIMITS[2]


def test_a_set_is_judged_and_counted_by_itself() -> None:
    tally = Tally(at(START), [stored(1, Period.DAY, 9)])

    assert tally.find_obstacle(LIMITS, (Delta(1, 10, True),)) is None
    assert tally.find_obstacle(LIMITS, (Delta(1, 11, True),)) is LIMITS[0]
    tally.move((Delta(1, 6, True), Delta(1, 2)), tally.windows)
    assert counts(tally) == [8] * 7


def test_a_report_of_the_past_moves_only_windows_that_still_run() -> None:
    tally = Tally(at(START), [stored(1, Period.MINUTE, 10)])
    past = at(datetime(2024, 12, 31, 22, 0, tzinfo=UTC))  # the same day, an earlier hour

    tally.move(ONE, past)

    assert counts(tally) == [10, 0, 1, 1, 1, 1, 1]
    tally.move((Delta(1, 4, True),), past)
    assert counts(tally) == [10, 0, 4, 4, 4, 4, 4]


def test_other_limits_are_read_anew() -> None:
    tally = Tally(at(START), ())
    assert counts(tally, LIMITS[:2]) == [0, 0]

    tally.move(ONE, tally.windows)

    assert counts(tally, LIMITS[5:]) == [1, 1]
    assert counts(tally, ()) == []


def test_what_was_counted_before_the_clock_stepped_back_counts_when_its_window_comes() -> None:
    ahead = datetime(2025, 1, 1, tzinfo=UTC)
    kept = [stored(1, period, 3, ahead) for period in (Period.MINUTE, Period.DAY, Period.YEAR)]
    tally = Tally(at(START), [*kept, stored(1, Period.MINUTE, 1)])
    assert counts(tally) == [1, 0, 0, 0, 0, 0, 0]

    tally.roll(at(ahead))

    assert counts(tally) == [3, 0, 3, 0, 0, 3, 0]
    tally.roll(at(datetime(2025, 1, 1, 0, 1, tzinfo=UTC)))
    assert counts(tally) == [0, 0, 3, 0, 0, 3, 0]


def test_what_is_to_come_is_counted_when_its_window_comes_and_then_forgotten() -> None:
    midnight = datetime(2025, 1, 1, tzinfo=UTC)
    tally = Tally(at(START), ())

    tally.move((Delta(1, 2),), at(midnight))
    tally.move((Delta(1, 5, is_set=True),), at(midnight))
    tally.move(ONE, at(midnight))
    assert counts(tally) == [0, 0, 0, 6, 0, 0, 6]

    tally.roll(at(midnight))
    assert counts(tally) == [6] * 7
    tally.move(ONE, at(midnight + timedelta(minutes=1)))
    tally.roll(at(midnight + timedelta(minutes=2)))
    assert counts(tally) == [0, 7, 7, 7, 7, 7, 7]
    assert tally._ahead == {}


def test_what_was_taken_over_is_added_to_windows_that_run_or_come_and_only_once() -> None:
    tally = Tally(at(START), [stored(1, Period.DAY, 4)._replace(taken_over=3)])
    tomorrow = START + timedelta(seconds=1)
    told = [
        stored(1, Period.DAY, 9)._replace(taken_over=5),
        stored(1, Period.MONTH, 9)._replace(taken_over=5),
        stored(1, Period.DAY, 2, tomorrow)._replace(taken_over=2),
        stored(1, Period.DAY, 7, START - timedelta(days=1))._replace(taken_over=7),  # is over
    ]
    for _ in range(2):
        tally.take_over(told)
        tally.move(ONE, at(START))

    assert counts(tally) == [2, 2, 4 + 2 + 2, 2, 5 + 2, 2, 2]
    tally.roll(at(tomorrow))
    tally.take_over(told)
    assert counts(tally)[2] == 2
