"""Bars of usage."""

from datetime import UTC, datetime, timedelta

from server.actions.analytics.usage import Bucket
from server.admin.charts import chart_of

START = datetime(2026, 3, 1, tzinfo=UTC)


def test_bars_are_scaled_to_the_highest() -> None:
    buckets = [Bucket(START + timedelta(days=n), value) for n, value in enumerate((0, 1, 1000))]

    chart = chart_of(buckets, "%m-%d")

    assert [bar.height for bar in chart.bars] == [0.0, 1.0, 100.0]
    assert [bar.label for bar in chart.bars] == ["03-01", "03-02", "03-03"]
    assert (chart.total, chart.highest, chart.width) == (1001, 1000, 30)


def test_no_usage_draws_no_bars() -> None:
    chart = chart_of([Bucket(START, 0)], "%m-%d")

    assert chart.bars[0].height == 0.0
    assert chart.total == 0
