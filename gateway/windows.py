"""Calendar-aligned windows in UTC: which minute, hour … year an instant falls into. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Period(StrEnum):
    """The seven periods of usage limits, shortest first."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"  # from Monday
    MONTH = "month"
    YEAR = "year"
    ETERNITY = "eternity"


PERIODS = tuple(Period)
INDEX = {period: at for at, period in enumerate(PERIODS)}
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
END = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open interval: start <= t < end."""

    start: datetime
    end: datetime


def window_of(period: Period, at: datetime) -> Window:
    """Find the window of `period` that holds `at`."""
    at = at.astimezone(UTC)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case Period.MINUTE:
            start = at.replace(second=0, microsecond=0)
            return Window(start, start + timedelta(minutes=1))
        case Period.HOUR:
            start = at.replace(minute=0, second=0, microsecond=0)
            return Window(start, start + timedelta(hours=1))
        case Period.DAY:
            return Window(midnight, midnight + timedelta(days=1))
        case Period.WEEK:
            start = midnight - timedelta(days=at.weekday())
            return Window(start, start + timedelta(days=7))
        case Period.MONTH:
            start = midnight.replace(day=1)
            return Window(start, (start + timedelta(days=32)).replace(day=1))
        case Period.YEAR:
            start = midnight.replace(month=1, day=1)
            return Window(start, start.replace(year=at.year + 1))
        case Period.ETERNITY:
            return Window(BEGINNING, END)


@dataclass(frozen=True, slots=True)
class Windows:
    """The seven windows that hold an instant, in the order of `PERIODS`. Units: UNIX seconds."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def at(cls, now_s: float) -> "Windows":
        at = datetime.fromtimestamp(now_s, UTC)
        windows = [window_of(period, at) for period in PERIODS]
        return cls(
            starts=tuple(int(window.start.timestamp()) for window in windows),
            ends=tuple(int(window.end.timestamp()) for window in windows),
        )

    def hold(self, now_s: float) -> bool:
        """Return whether an instant lies in the same seven windows."""
        return self.starts[0] <= now_s < self.ends[0]


class Calendar:
    """Gives the windows of now; they are worked out once a minute, as none is shorter."""

    __slots__ = ("_windows",)

    def __init__(self) -> None:
        self._windows = Windows.at(0)

    def windows_at(self, now_s: float) -> Windows:
        if not self._windows.hold(now_s):
            self._windows = Windows.at(now_s)
        return self._windows
