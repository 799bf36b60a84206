"""Token buckets: how much querying a caller may do, and what is left of it."""

import threading
import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a face grants to each caller. Units: points of query cost."""

    most_per_query: int
    bucket: int
    restored_per_s: int


@dataclass(slots=True)
class Bill:
    """What one request costs, and the state of its caller's bucket."""

    requested: int = 0
    maximum: int = 0
    bucket: int = 0
    left: int = 0
    restored_per_s: int = 1
    retry_after_s: int = 0


class Buckets:
    """One bucket a caller, in process and bounded in memory; threads may share it."""

    def __init__(self, allowance: Allowance, *, most_callers: int = 10_000) -> None:
        self.allowance = allowance
        self._most_callers = most_callers
        self._left: dict[str, tuple[float, float]] = {}  # caller -> points, when
        self._lock = threading.Lock()

    def take(self, caller: str, bill: Bill) -> bool:
        """Pay a bill; False, and nothing paid, when the bucket does not hold that much."""
        allowance, now = self.allowance, time.monotonic()
        with self._lock:
            points, at = self._left.pop(caller, (float(allowance.bucket), now))
            points = min(allowance.bucket, points + (now - at) * allowance.restored_per_s)
            paid = points >= bill.requested
            points -= bill.requested if paid else 0
            self._left[caller] = (points, now)
            while len(self._left) > self._most_callers:
                self._left.pop(next(iter(self._left)))
        bill.left = int(points)
        bill.bucket, bill.restored_per_s = allowance.bucket, allowance.restored_per_s
        missing = bill.requested - points
        bill.retry_after_s = 0 if paid else int(missing / allowance.restored_per_s) + 1
        return paid
