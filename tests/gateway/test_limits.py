"""The limit test: exactly the limit gets in, one more does not."""

from gateway.counters.base import Delta
from gateway.directory import Limit
from gateway.limits import Row, find_exceeded, find_obstacle
from gateway.windows import Period
from tests.kit.gateway import HITS, SEARCH

TEN = Limit("hits", HITS.id, Period.DAY, 10)
OF_SEARCH = Limit("search", SEARCH.id, Period.DAY, 10)
THREE = Delta(HITS.id, 3)


def rows(current: int, limit: Limit = TEN) -> list[Row]:
    """Make what a store reads."""
    return [(limit, current)]


def test_exactly_the_limit_is_no_obstacle() -> None:
    assert find_obstacle(rows(7), [THREE]) is None
    assert find_obstacle(rows(8), [THREE]) is TEN


def test_what_is_exceeded_already_is_more_than_the_limit() -> None:
    assert find_exceeded(rows(10)) is None
    assert find_exceeded(rows(11)) is TEN
    assert find_exceeded([*rows(0, OF_SEARCH), *rows(11)]) is TEN


def test_a_set_is_compared_by_itself() -> None:
    assert find_obstacle(rows(50), [Delta(HITS.id, 10, is_set=True)]) is None
    assert find_obstacle(rows(0), [Delta(HITS.id, 11, is_set=True)]) is TEN


def test_only_touched_metrics_are_tested() -> None:
    assert find_obstacle(rows(50, OF_SEARCH), [THREE]) is None
    assert find_obstacle(rows(50, OF_SEARCH), []) is None


def test_several_moves_of_a_metric_add_up_in_order() -> None:
    assert find_obstacle(rows(5), [THREE, THREE]) is TEN
    assert find_obstacle(rows(5), [THREE, Delta(HITS.id, 10, is_set=True)]) is None
    assert find_obstacle(rows(5), [Delta(HITS.id, 9, is_set=True), THREE]) is TEN


def test_the_first_of_several_is_named() -> None:
    assert (
        find_obstacle([*rows(10, OF_SEARCH), *rows(10)], [THREE, Delta(SEARCH.id, 1)]) is OF_SEARCH
    )
