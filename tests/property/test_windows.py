"""Windows hold their instants, follow each other and agree with the seconds version."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gateway.windows import PERIODS, Calendar, Period, Windows, window_of

instants = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(9000, 1, 1),  # noqa: DTZ001 - likewise
    timezones=st.just(UTC),
)
moving = st.sampled_from([period for period in PERIODS if period is not Period.ETERNITY])


@given(st.sampled_from(PERIODS), instants)
def test_a_window_holds_its_instant(period: Period, at: datetime) -> None:
    window = window_of(period, at)

    assert window.start <= at < window.end


@given(moving, instants)
def test_windows_follow_each_other_without_a_gap(period: Period, at: datetime) -> None:
    window = window_of(period, at)

    assert window_of(period, window.end).start == window.end
    assert window_of(period, window.end - timedelta(microseconds=1)) == window


@given(instants)
def test_shorter_windows_lie_in_longer_ones(at: datetime) -> None:
    nested = [Period.MINUTE, Period.HOUR, Period.DAY, Period.MONTH, Period.YEAR, Period.ETERNITY]
    windows = [window_of(period, at) for period in nested]

    for inner, outer in zip(windows, windows[1:], strict=False):
        assert outer.start <= inner.start
        assert inner.end <= outer.end


@given(instants)
def test_a_week_starts_on_monday_at_midnight(at: datetime) -> None:
    start = window_of(Period.WEEK, at).start

    assert start.weekday() == 0
    assert (start.hour, start.minute, start.second, start.microsecond) == (0, 0, 0, 0)


@given(st.lists(st.floats(0, 4e9), min_size=1, max_size=20))
def test_a_calendar_never_gives_stale_windows(moments: list[float]) -> None:
    calendar = Calendar()

    for now_s in moments:
        assert calendar.windows_at(now_s) == Windows.at(now_s)
        assert calendar.windows_at(now_s).hold(now_s)
