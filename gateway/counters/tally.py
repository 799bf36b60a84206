"""The counters of one application in the seven windows of now. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from gateway.counters.base import Delta, Reading, StoredCount
from gateway.directory import Limit
from gateway.limits import find_obstacle
from gateway.windows import INDEX, PERIODS, Windows

EVERY = tuple(range(len(PERIODS)))
_Place = tuple[int, int, int]  # metric, number of the period, start of the window
NOTHING: Mapping[_Place, int] = {}  # shared: few applications ever come from elsewhere


class Tally:
    """Seven numbers for each metric; a number starts again at zero when its window ends.

    Unless it was counted in the next window already: by a report of what is to come, or before
    the clock stepped back.
    """

    __slots__ = ("_ahead", "_counts", "_limits", "_places", "_taken", "segment", "windows")

    def __init__(self, windows: Windows, counts: Iterable[StoredCount]) -> None:
        self.windows = windows
        self.segment = 0  # number of the last journal segment that holds usage of this application
        self._counts: dict[int, list[int]] = {}
        self._limits: tuple[Limit, ...] = ()
        self._places: tuple[tuple[Limit, list[int], int], ...] = ()
        self._ahead: dict[_Place, int] = {}
        self._taken = NOTHING  # what of the numbers was taken over
        for metric_id, period, start_s, value, taken in counts:
            numbers, at = self._numbers(metric_id), INDEX[period]
            if start_s == windows.starts[at]:
                numbers[at] = value
            else:
                self._ahead[metric_id, at, start_s] = value
            if taken:
                self._taken = {**self._taken, (metric_id, at, start_s): taken}

    def roll(self, windows: Windows) -> None:
        """Begin the windows that have changed."""
        if windows is self.windows:
            return
        before = self.windows.starts
        ended = [at for at in EVERY if windows.starts[at] != before[at]]
        for metric_id, numbers in self._counts.items():
            for at in ended:
                key = metric_id, at, windows.starts[at]
                numbers[at] = self._ahead.pop(key, 0) if self._ahead else 0
        for key in [key for key in self._ahead if key[2] < windows.starts[key[1]]]:
            del self._ahead[key]  # its window ended before anybody looked
        if self._taken:
            self._taken = {
                key: value for key, value in self._taken.items() if key[2] >= windows.starts[key[1]]
            }
        self.windows = windows

    def take_over(self, counts: Iterable[StoredCount]) -> None:
        """Add what the statistics say was taken over and these numbers do not have yet."""
        for metric_id, period, start_s, _, taken in counts:
            at = INDEX[period]
            key = metric_id, at, start_s
            more = taken - self._taken.get(key, 0)
            if more <= 0 or start_s < self.windows.starts[at]:
                continue
            self._taken = {**self._taken, key: taken}
            numbers = self._numbers(metric_id)
            if start_s == self.windows.starts[at]:
                numbers[at] += more
            else:
                self._ahead[key] = self._ahead.get(key, 0) + more

    def find_obstacle(self, limits: tuple[Limit, ...], deltas: Sequence[Delta]) -> Limit | None:
        """Find the first limit on a metric of `deltas` that they would exceed now."""
        rows = [(limit, numbers[at]) for limit, numbers, at in self._places_of(limits)]
        return find_obstacle(rows, deltas)

    def move(self, deltas: Sequence[Delta], windows: Windows) -> None:
        """Count `deltas` in those of `windows` that are also the windows of now, or to come."""
        places: Sequence[int] = EVERY
        if windows is not self.windows:
            now = self.windows.starts
            places = [at for at in EVERY if windows.starts[at] == now[at]]
            self._move_ahead(deltas, windows)
        for delta in deltas:
            numbers = self._numbers(delta.metric_id)
            amount = delta.amount
            if delta.is_set:
                for at in places:
                    numbers[at] = amount
            else:
                for at in places:
                    numbers[at] += amount

    def _move_ahead(self, deltas: Sequence[Delta], windows: Windows) -> None:
        """Count in windows that have not begun."""
        for at in EVERY:
            start_s = windows.starts[at]
            if start_s <= self.windows.starts[at]:
                continue
            for delta in deltas:
                self._numbers(delta.metric_id)  # which `roll` will look for
                key = delta.metric_id, at, start_s
                before = 0 if delta.is_set else self._ahead.get(key, 0)
                self._ahead[key] = before + delta.amount

    def readings(self, limits: tuple[Limit, ...]) -> tuple[Reading, ...]:
        return tuple(
            [Reading(limit, numbers[at]) for limit, numbers, at in self._places_of(limits)]
        )

    def _places_of(self, limits: tuple[Limit, ...]) -> tuple[tuple[Limit, list[int], int], ...]:
        """Find where each limit's counter is; the same limits are looked up once."""
        if limits is not self._limits:
            self._places = tuple(
                (limit, self._numbers(limit.metric_id), INDEX[limit.period]) for limit in limits
            )
            self._limits = limits
        return self._places

    def _numbers(self, metric_id: int) -> list[int]:
        numbers = self._counts.get(metric_id)
        if numbers is None:
            numbers = self._counts[metric_id] = [0] * len(PERIODS)
        return numbers
