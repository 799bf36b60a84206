"""Token buckets of points: how much a caller's programs may ask, by GraphQL and REST together.

In Redis when there is one, so that all processes take from the same bucket; else in this process.
"""

import threading
import time
from dataclasses import dataclass
from typing import Any

import structlog
from redis import Redis
from redis.exceptions import RedisError

ANSWER_WITHIN_S = 0.5  # nobody waits for a Redis that is away
TRY_AGAIN_S = 5.0
PREFIX = "gatehouse:points:"
# Its clock counts, so processes on several machines agree. What is owed may go below nothing.
SCRIPT = """
local now = redis.call('TIME')
now = now[1] + now[2] / 1000000
local kept = redis.call('HMGET', KEYS[1], 'points', 'at')
local size, rate, cost, owed = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4]
local points = size
if kept[1] then points = math.min(size, kept[1] + math.max(0, now - kept[2]) * rate) end
local paid = 0
if owed == '1' or points >= cost then points = points - cost; paid = 1 end
redis.call('HSET', KEYS[1], 'points', tostring(points), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil(1000 * (size - points) / rate) + 1000)
return {paid, tostring(points)}
"""
log = structlog.get_logger("gatehouse.points")


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
    """One bucket a caller; threads may share it. In a process they are bounded in memory."""

    def __init__(
        self,
        allowance: Allowance,
        redis_url: str = "",
        name: str = "",
        *,
        most_callers: int = 10_000,
    ) -> None:
        self.allowance = allowance
        self._name = name
        self._most_callers = most_callers
        self._left: dict[str, tuple[float, float]] = {}  # caller -> points, when
        self._lock = threading.Lock()
        self._take_shared = _script(redis_url) if redis_url else None
        self._try_again_at = 0.0

    def take(self, caller: str, bill: Bill, *, owed: bool = False) -> bool:
        """Pay a bill; False, and nothing paid, when the bucket does not hold that much.

        What is `owed` is taken in any case: it was served already.
        """
        allowance = self.allowance
        paid, points = self._take(caller, bill.requested, owed=owed)
        bill.left = max(0, int(points))
        bill.bucket, bill.restored_per_s = allowance.bucket, allowance.restored_per_s
        missing = bill.requested - points
        bill.retry_after_s = 0 if paid else int(missing / allowance.restored_per_s) + 1
        return paid

    def _take(self, caller: str, cost: int, *, owed: bool) -> tuple[bool, float]:
        if self._take_shared is not None and time.monotonic() >= self._try_again_at:
            allowance = self.allowance
            numbers = [allowance.bucket, allowance.restored_per_s, cost, int(owed)]
            try:
                paid, points = self._take_shared([f"{PREFIX}{self._name}:{caller}"], numbers)
            except RedisError as error:
                self._try_again_at = time.monotonic() + TRY_AGAIN_S
                log.warning("Redis is away: points are counted in this process", error=str(error))
            else:
                return bool(paid), float(points)
        return self._take_here(caller, cost, owed=owed)

    def _take_here(self, caller: str, cost: int, *, owed: bool) -> tuple[bool, float]:
        allowance, now = self.allowance, time.monotonic()
        with self._lock:
            points, at = self._left.pop(caller, (float(allowance.bucket), now))
            points = min(allowance.bucket, points + (now - at) * allowance.restored_per_s)
            paid = owed or points >= cost
            points -= cost if paid else 0
            self._left[caller] = (points, now)
            while len(self._left) > self._most_callers:
                self._left.pop(next(iter(self._left)))
        return paid, points


def _script(url: str) -> Any:
    client = Redis.from_url(
        url, socket_timeout=ANSWER_WITHIN_S, socket_connect_timeout=ANSWER_WITHIN_S
    )
    return client.register_script(SCRIPT)
