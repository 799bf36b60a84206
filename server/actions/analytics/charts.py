"""Charts of counts over time, worked out for every face alike: bars, scale, dates, limits. Pure.

Places are percent of the plot, from its left and top, so that a chart needs no width.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from server.actions.analytics.usage import Bucket

LEAST_HEIGHT_PCT = 1.0  # what is not nothing stays visible
BAR_SHARE = 0.84  # the rest is the gap between two bars
MOST_STEPS = 5  # of the scale
MOST_DATES = 8
FAR = 5  # a limit this many times the highest bar would press the bars flat
HOURS = (1, 2, 3, 6, 12, 24)  # between two dates of a chart by the hour
EDGE_PCT = 5.0  # a date this close to the edge is not centred, or it would be cut


@dataclass(frozen=True, slots=True)
class Bar:
    """One window of the chart."""

    start: datetime
    value: int
    left_pct: float
    width_pct: float
    top_pct: float
    height_pct: float
    is_full: bool  # reaches a limit


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the scale."""

    value: int
    top_pct: float


@dataclass(frozen=True, slots=True)
class Date:
    """A date below the bars; every second one is minor, to be left out on a phone."""

    text: str
    left_pct: float
    anchor: str  # start, middle or end
    is_minor: bool


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A limit of the chart's own windows; `top_pct` None is far above the bars."""

    value: int
    top_pct: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the numbers: a window, or several empty ones folded (`first` is the newer)."""

    first: datetime
    last: datetime
    windows: int
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side with all that is written beside them."""

    granularity: str
    bars: Sequence[Bar]
    scale: Sequence[Step]  # highest first, ends with zero
    dates: Sequence[Date]
    limits: Sequence[LimitLine]
    total: int

    @property
    def highest(self) -> int:
        """The value of the highest bar."""
        return max((bar.value for bar in self.bars), default=0)

    @property
    def peak(self) -> Bar | None:
        """The newest of the highest bars; None when nothing was counted."""
        bars = [bar for bar in self.bars if bar.value == self.highest > 0]
        return bars[-1] if bars else None

    @property
    def rows(self) -> list[Row]:
        """The numbers, newest first; neighbours without any are one row."""
        rows: list[Row] = []
        for bar in reversed(self.bars):
            before = rows[-1] if rows else None
            if before is not None and before.value == bar.value == 0:
                rows[-1] = Row(before.first, bar.start, before.windows + 1, 0)
            else:
                rows.append(Row(bar.start, bar.start, 1, bar.value))
        return rows


def chart_of(buckets: Sequence[Bucket], granularity: str, limits: Sequence[int] = ()) -> Chart:
    """Lay a chart out; `limits` are those of windows as wide as its own."""
    highest = max((bucket.value for bucket in buckets), default=0)
    near = [limit for limit in limits if highest == 0 or limit <= FAR * highest]
    scale = _scale_to(max([highest, *near]))
    top = scale[0].value
    lines = [
        LimitLine(limit, _top_pct(limit, top) if limit in near else None)
        for limit in sorted(limits)
    ]
    lowest = min((limit for limit in limits if limit > 0), default=None)
    bars = [
        _bar(bucket, number, len(buckets), top, lowest) for number, bucket in enumerate(buckets)
    ]
    total = sum(bucket.value for bucket in buckets)
    return Chart(granularity, bars, scale, _dates_of(bars, granularity), lines, total)


def _bar(bucket: Bucket, number: int, of: int, top: int, limit: int | None) -> Bar:
    step = 100 / of
    height = max(100 * bucket.value / top, LEAST_HEIGHT_PCT) if bucket.value > 0 else 0.0
    return Bar(
        bucket.start,
        bucket.value,
        left_pct=round((number + (1 - BAR_SHARE) / 2) * step, 3),
        width_pct=round(BAR_SHARE * step, 3),
        top_pct=round(100 - height, 2),
        height_pct=round(height, 2),
        is_full=limit is not None and bucket.value >= limit,
    )


def _scale_to(highest: int) -> list[Step]:
    """Divide the height into round numbers, at least up to `highest`."""
    step = 1
    while step * MOST_STEPS < highest:
        step = _next_round(step)
    steps = max(-(-highest // step), 1)
    top = steps * step
    return [Step(value, _top_pct(value, top)) for value in range(top, -1, -step)]


def _next_round(step: int) -> int:
    """Give the next of 1, 2, 5, 10, 20, 50 …"""
    return step * 5 // 2 if str(step).startswith("2") else step * 2


def _top_pct(value: int, top: int) -> float:
    return round(100 - 100 * value / top, 2)


def _dates_of(bars: Sequence[Bar], granularity: str) -> list[Date]:
    """Choose which bars are dated: even hours, else every so many back from the newest."""
    if granularity == "hour":
        every = next((hours for hours in HOURS if len(bars) <= hours * MOST_DATES), HOURS[-1])
        dated = [bar for bar in bars if bar.start.hour % every == 0]
    else:
        dated = list(bars[::-1][:: -(-len(bars) // MOST_DATES) or 1])[::-1]
    dates = []
    for number, bar in enumerate(reversed(dated)):
        middle = round(bar.left_pct + bar.width_pct / 2, 2)
        anchor = "start" if middle < EDGE_PCT else "end" if middle > 100 - EDGE_PCT else "middle"
        dates.append(Date(date_text(bar.start, granularity), middle, anchor, number % 2 == 1))
    return dates[::-1]


def date_text(start: datetime, granularity: str) -> str:
    """Write when a window begins, as short as it can be told beside its neighbours."""
    if granularity == "hour" and start.hour:
        return f"{start:%H:%M}"
    if granularity == "month":
        return f"{start:%b %Y}"
    return f"{start:%Y}" if granularity == "year" else f"{start.day} {start:%b}"


def window_text(start: datetime, granularity: str) -> str:
    """Write a window for a table, in a form that sorts."""
    if granularity == "hour":
        return f"{start:%Y-%m-%d %H:%M}"
    if granularity == "month":
        return f"{start:%Y-%m}"
    return f"{start:%Y}" if granularity == "year" else f"{start:%Y-%m-%d}"
