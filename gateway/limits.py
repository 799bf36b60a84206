"""The limit test: would usage exceed a limit? `counters/count.lua` repeats it for Redis. Pure."""

from collections.abc import Iterable, Sequence

from gateway.counters.base import Delta
from gateway.directory import Limit

Row = tuple[Limit, int]  # a limit and what its counter holds


def find_obstacle(rows: Iterable[Row], deltas: Sequence[Delta]) -> Limit | None:
    """Find the first limit on a metric of `deltas` that they would exceed."""
    for limit, current in rows:
        value, touched = current, False
        for delta in deltas:
            if delta.metric_id == limit.metric_id:
                value = delta.amount if delta.is_set else value + delta.amount
                touched = True
        if touched and value > limit.value:
            return limit
    return None


def find_exceeded(rows: Iterable[Row]) -> Limit | None:
    """Find the first limit that is exceeded already."""
    return next((limit for limit, current in rows if current > limit.value), None)
