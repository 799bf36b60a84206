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
UNITS = (("T", 10**12), ("G", 10**9), ("M", 10**6), ("k", 10**3))
EDGE_PCT = 5.0  # a date this close to the edge is not centred, or it would be cut


@dataclass(frozen=True, slots=True)
class Bar:
    """One window of the chart."""

    start: datetime
    text: str  # the window, in a form that sorts
    value: int
    left_pct: float
    width_pct: float
    top_pct: float
    height_pct: float
    is_full: bool  # reaches a limit

    @property
    def middle_pct(self) -> float:
        return round(self.left_pct + self.width_pct / 2, 2)

    @property
    def anchor(self) -> str:
        """Tell how a text above or below the bar is set: start, middle or end."""
        if self.middle_pct < EDGE_PCT:
            return "start"
        return "end" if self.middle_pct > 100 - EDGE_PCT else "middle"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the scale."""

    value: int
    top_pct: float

    @property
    def text(self) -> str:
        """The value in few letters: `20M`."""
        return short_text(self.value)


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
    """One line of the numbers: a window, or several empty ones folded."""

    text: str  # `newest`, or the oldest and it
    newest: str
    windows: int
    counts: tuple[int, ...]  # of each chart

    @property
    def is_empty(self) -> bool:
        return not any(self.counts)


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
        """The numbers, newest first, empty ones folded."""
        return rows_of(self)


def rows_of(*charts: Chart) -> list[Row]:
    """Put the numbers of charts of one span side by side, newest first.

    Neighbours without any are one row.
    """
    rows: list[Row] = []
    for bars in zip(*(reversed(chart.bars) for chart in charts), strict=True):
        values, text = tuple(bar.value for bar in bars), bars[0].text
        if rows and rows[-1].is_empty and not any(values):
            newest = rows[-1].newest
            rows[-1] = Row(f"{text} to {newest}", newest, rows[-1].windows + 1, values)
        else:
            rows.append(Row(text, text, 1, values))
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
    bars = []
    for number, bucket in enumerate(buckets):
        height = max(100 * bucket.value / top, LEAST_HEIGHT_PCT) if bucket.value > 0 else 0.0
        bar = Bar(
            bucket.start,
            window_text(bucket.start, granularity),
            bucket.value,
            left_pct=round((number + (1 - BAR_SHARE) / 2) * 100 / len(buckets), 3),
            width_pct=round(BAR_SHARE * 100 / len(buckets), 3),
            top_pct=round(100 - height, 2),
            height_pct=round(height, 2),
            is_full=lowest is not None and bucket.value >= lowest,
        )
        bars.append(bar)
    total = sum(bucket.value for bucket in buckets)
    return Chart(granularity, bars, scale, _dates_of(bars, granularity), lines, total)


def _scale_to(highest: int) -> list[Step]:
    """Divide the height into round numbers, at least up to `highest`."""
    step = 1
    while step * MOST_STEPS < highest:
        step = _next_round(step)
    steps = max(-(-highest // step), 1)
    top = steps * step
    return [Step(value, _top_pct(value, top)) for value in range(top, -1, -step)]


def _next_round(step: int) -> int:
    """Give the next of 1, 2, 5 and their multiples of ten."""
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
        text = date_text(bar.start, granularity)
        dates.append(Date(text, bar.middle_pct, bar.anchor, number % 2 == 1))
    return dates[::-1]


def short_text(value: int) -> str:
    """Write a round number in few letters: 950, `20k`, `1.5M`."""
    letter, unit = next(
        ((letter, unit) for letter, unit in UNITS if value >= 10 * unit or value >= unit > 1_000),
        ("", 1),
    )
    return f"{value / unit:g}{letter}" if letter else str(value)


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
