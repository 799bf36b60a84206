"""Spans of time that statistics are shown for: the last windows of one width, the one of now last.

Pure.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.windows import Period, window_of

MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The last `windows` windows; `days` where it is so many days."""

    name: str
    title: str
    period: Period
    windows: int

    @property
    def granularity(self) -> str:
        """How wide a window is."""
        return self.period.value

    @property
    def days(self) -> int | None:
        """How many days it has, where it is shown by day."""
        return self.windows if self.period is Period.DAY else None

    def bounds(self, now: datetime) -> tuple[datetime, datetime]:
        """Tell since and until."""
        window = window_of(self.period, now)
        start = window.start
        for _ in range(self.windows - 1):
            start = window_of(self.period, start - MOMENT).start
        return start, window.end


SPANS = (
    Span("hours", "Last 24 hours, by hour", Period.HOUR, 24),
    Span("week", "Last 7 days, by day", Period.DAY, 7),
    Span("days", "Last 30 days, by day", Period.DAY, 30),
    Span("quarter", "Last 90 days, by day", Period.DAY, 90),
    Span("weeks", "Last 12 weeks, by week", Period.WEEK, 12),
    Span("year", "Last 12 months, by month", Period.MONTH, 12),
)
BY_NAME = {span.name: span for span in SPANS}
HOURS, WEEK, DAYS = BY_NAME["hours"], BY_NAME["week"], BY_NAME["days"]


def span_of(name: str, default: Span) -> Span:
    """Give the span of a name, else the default."""
    return BY_NAME.get(name, default)
