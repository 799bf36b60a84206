"""What callers are told about limits: policy, what is left, and when it begins anew."""

from datetime import UTC, datetime

from gateway.counters.base import Outcome, Reading
from gateway.directory import Limit
from gateway.rate_limits import MOST_SHOWN, RateLimits
from gateway.windows import Period

NOW_S = datetime(2024, 2, 28, 22, 58, 30, 500_000, tzinfo=UTC).timestamp()  # a leap year's
SECONDS = {
    Period.MINUTE: (60, 30),
    Period.HOUR: (3_600, 90),
    Period.DAY: (86_400, 3_690),
    Period.WEEK: (604_800, 3_690 + 4 * 86_400),
    Period.MONTH: (29 * 86_400, 3_690 + 86_400),
    Period.YEAR: (366 * 86_400, 3_690 + 86_400 + 306 * 86_400),
}


def outcome(*readings: tuple[Period, int, int], metric: str = "hits") -> Outcome:
    """Make what counting says: period, limit, used."""
    return Outcome(
        None,
        tuple(Reading(Limit(metric, 1, period, value), used) for period, value, used in readings),
    )


def test_each_period_tells_its_window_and_its_rest() -> None:
    limits = RateLimits()

    for period, (window_s, left_s) in SECONDS.items():
        headers = dict(limits.headers(outcome((period, 10, 3)), NOW_S))
        assert headers == {
            b"ratelimit-policy": f'"hits-{period}";q=10;w={window_s}'.encode(),
            b"ratelimit": f'"hits-{period}";r=7;t={left_s}'.encode(),
        }
        assert limits.retry_after_s(Limit("hits", 1, period, 10), NOW_S) == left_s


def test_eternity_has_no_window_and_no_time_to_retry() -> None:
    limits = RateLimits()

    assert limits.headers(outcome((Period.ETERNITY, 5, 9)), NOW_S) == [
        (b"ratelimit-policy", b'"hits-eternity";q=5'),
        (b"ratelimit", b'"hits-eternity";r=0'),
    ]
    assert limits.retry_after_s(Limit("hits", 1, Period.ETERNITY, 5), NOW_S) is None


def test_without_limits_nothing_is_told_and_of_many_only_some() -> None:
    limits = RateLimits()
    many = outcome(*[(Period.DAY, number, 0) for number in range(30)])

    assert limits.headers(Outcome(None, ()), NOW_S) == []
    policy, state = (value for _, value in limits.headers(many, NOW_S))
    assert policy.count(b";q=") == state.count(b";r=") == MOST_SHOWN


def test_a_metric_cannot_break_out_of_its_quotes() -> None:
    evil = outcome((Period.ETERNITY, 1, 0), metric='a"\\b\r\nx: é')

    policy = RateLimits().headers(evil, NOW_S)[0][1]

    assert policy == b'"a__b__x: _-eternity";q=1'


def test_the_last_moment_of_a_window_still_says_a_second() -> None:
    limits, end_s = RateLimits(), 1_700_000_040.0  # a whole minute
    limit = Limit("hits", 1, Period.MINUTE, 1)

    assert limits.retry_after_s(limit, end_s - 0.001) == 1
    assert limits.retry_after_s(limit, end_s) == 60
    assert limits.retry_after_s(limit, end_s - 1) == 1
