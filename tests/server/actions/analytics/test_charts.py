"""Charts: a scale of round numbers, dates, limits as lines, numbers newest first."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from server.actions.analytics.charts import (
    Chart,
    chart_of,
    date_text,
    rows_of,
    short_text,
    window_text,
)
from server.actions.analytics.usage import Bucket

START = datetime(2026, 11, 1, tzinfo=UTC)
STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


def chart(values: Sequence[int], granularity: str = "day", limits: Sequence[int] = ()) -> Chart:
    buckets = [Bucket(START + n * STEPS[granularity], value) for n, value in enumerate(values)]
    return chart_of(buckets, granularity, limits)


@pytest.mark.parametrize(
    ("highest", "scale"),
    [
        (0, [1, 0]),
        (1, [1, 0]),
        (3, [3, 2, 1, 0]),
        (7, [8, 6, 4, 2, 0]),
        (34, [40, 30, 20, 10, 0]),
        (101, [150, 100, 50, 0]),
        (1_000, [1_000, 800, 600, 400, 200, 0]),
        (10**15, [10**15, 8 * 10**14, 6 * 10**14, 4 * 10**14, 2 * 10**14, 0]),
    ],
)
def test_the_scale_ends_at_a_round_number(highest: int, scale: list[int]) -> None:
    found = chart([highest]).scale

    assert [step.value for step in found] == scale
    assert (found[0].top_pct, found[-1].top_pct) == (0, 100)


def test_bars_stand_on_the_ground_and_what_is_counted_stays_visible() -> None:
    nothing, little, most = chart([0, 1, 1_000]).bars

    assert nothing.height_pct == 0
    assert (little.top_pct, little.height_pct) == (99, 1)
    assert (most.top_pct, most.height_pct) == (0, 100)
    assert most.left_pct + most.width_pct < 100


def test_the_highest_is_told_with_its_newest_window() -> None:
    found = chart([7, 2, 7, 0])

    assert (found.total, found.highest) == (16, 7)
    assert found.peak is not None
    assert found.peak.text == "2026-11-03"
    assert chart([0, 0]).peak is None


@pytest.mark.parametrize(
    ("limit", "top_pct", "highest"),
    [(10, 50.0, 20), (20, 0.0, 20), (100, 0.0, 100), (101, None, 20)],
)
def test_a_limit_is_a_line_unless_it_is_far_above(
    limit: int, top_pct: float | None, highest: int
) -> None:
    found = chart([20, 4], limits=[limit])

    assert [(line.value, line.top_pct) for line in found.limits] == [(limit, top_pct)]
    assert found.scale[0].value == highest


def test_without_usage_the_limit_gives_the_scale() -> None:
    found = chart([0, 0], limits=[1_000])

    assert found.limits[0].top_pct == 0
    assert [bar.is_full for bar in found.bars] == [False, False]


def test_bars_that_reach_a_limit_are_marked() -> None:
    found = chart([9, 10, 11], limits=[10, 50])

    assert [bar.is_full for bar in found.bars] == [False, True, True]


def test_numbers_come_newest_first_with_empty_ones_folded() -> None:
    rows = chart([0, 0, 5, 0, 6, 0, 0]).rows

    assert [(row.text, row.windows, row.counts) for row in rows] == [
        ("2026-11-06 to 2026-11-07", 2, (0,)),
        ("2026-11-05", 1, (6,)),
        ("2026-11-04", 1, (0,)),
        ("2026-11-03", 1, (5,)),
        ("2026-11-01 to 2026-11-02", 2, (0,)),
    ]


def test_a_row_of_two_charts_is_empty_when_both_are() -> None:
    rows = rows_of(chart([0, 0, 0, 3]), chart([0, 0, 7, 0]))

    assert [row.counts for row in rows] == [(3, 0), (0, 7), (0, 0)]
    assert [row.is_empty for row in rows] == [False, False, True]
    assert rows[-1].windows == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (9_999, "9999"),
        (10_000, "10k"),
        (250_000, "250k"),
        (1_500_000, "1.5M"),
        (2 * 10**9, "2G"),
        (4 * 10**14, "400T"),
    ],
)
def test_the_scale_is_told_in_few_letters(value: int, text: str) -> None:
    assert short_text(value) == text


@pytest.mark.parametrize(
    ("granularity", "windows", "texts"),
    [
        ("hour", 24, ["1 Nov", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"]),
        ("day", 7, ["1 Nov", "2 Nov", "3 Nov", "4 Nov", "5 Nov", "6 Nov", "7 Nov"]),
        ("day", 30, ["2 Nov", "6 Nov", "10 Nov", "14 Nov", "18 Nov", "22 Nov", "26 Nov", "30 Nov"]),
        ("day", 1, ["1 Nov"]),
    ],
)
def test_some_windows_are_dated(granularity: str, windows: int, texts: list[str]) -> None:
    dates = chart([1] * windows, granularity).dates

    assert [date.text for date in dates] == texts
    assert [date.is_minor for date in dates[-2:]] == [True, False][-len(dates) :]
    assert all(0 < date.left_pct < 100 for date in dates)


def test_dates_at_the_edges_stay_inside() -> None:
    anchors = [date.anchor for date in chart([1] * 24, "hour").dates]

    assert anchors[0] == "start"
    assert chart([1] * 30).dates[-1].anchor == "end"
    assert set(anchors[1:]) == {"middle"}


@pytest.mark.parametrize(
    ("granularity", "short", "whole"),
    [
        ("hour", "13:00", "2026-11-05 13:00"),
        ("day", "5 Nov", "2026-11-05"),
        ("week", "5 Nov", "2026-11-05"),
        ("month", "Nov 2026", "2026-11"),
        ("year", "2026", "2026"),
    ],
)
def test_windows_have_a_short_name_and_one_that_sorts(
    granularity: str, short: str, whole: str
) -> None:
    at = datetime(2026, 11, 5, 13, tzinfo=UTC)

    assert (date_text(at, granularity), window_text(at, granularity)) == (short, whole)


def test_a_chart_of_nothing_is_still_one() -> None:
    assert chart([]).bars == []
    assert chart([]).rows == []
