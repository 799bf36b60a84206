"""The headers that tell about limits. Pure.

Source: service-management-api 7.
"""

from collections.abc import Mapping, Sequence
from math import ceil, inf

from gateway.counters.base import Delta, Reading
from gateway.transactions.answers import Header
from gateway.windows import INDEX, Period, Windows

UNLIMITED = -1
REMAINING = b"3scale-limit-remaining"
RESET = b"3scale-limit-reset"
MAX_VALUE = b"3scale-limit-max-value"
NO_BOUND = ((REMAINING, b"-1"), (RESET, b"-1"))


def limit_headers(
    readings: Sequence[Reading], deltas: Sequence[Delta], windows: Windows, now_s: float
) -> list[Header]:
    """Tell how many identical calls still fit the tightest limit, and when its window ends.

    A set counts like an addition, as in the reference.
    """
    moves = {delta.metric_id: delta for delta in deltas}
    considered = [each for each in readings if not moves or each.limit.metric_id in moves]
    if not considered:
        return [*NO_BOUND]
    tightest = min(considered, key=lambda reading: _tightness(reading, moves))
    remaining = _remaining(tightest, moves)
    if remaining == UNLIMITED:
        return [*NO_BOUND]
    period = tightest.limit.period
    reset_s = UNLIMITED
    if period is not Period.ETERNITY:
        reset_s = max(0, ceil(windows.ends[INDEX[period]] - now_s))
    return [
        (REMAINING, b"%d" % remaining),
        (RESET, b"%d" % reset_s),
        (MAX_VALUE, b"%d" % tightest.limit.value),
    ]


def _tightness(reading: Reading, moves: Mapping[int, Delta]) -> tuple[float, int]:
    """Rank by calls left, the longer period first; what knows no bound comes last."""
    remaining = _remaining(reading, moves)
    return inf if remaining == UNLIMITED else remaining, -INDEX[reading.limit.period]


def _remaining(reading: Reading, moves: Mapping[int, Delta]) -> int:
    left = reading.limit.value - reading.current
    if left <= 0:
        return 0
    delta = moves.get(reading.limit.metric_id)
    if delta is None or not delta.amount:
        return UNLIMITED
    return left // delta.amount
