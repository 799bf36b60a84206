"""Counts attempts in moving windows: in Redis when there is one, else in this process (D24)."""

import threading
import time
from math import ceil

import structlog
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

MOST_KEYS = 10_000  # in memory: some 5 MB
KEPT_SHARE = 0.9  # of the keys when there are too many, so that shedding is seldom
ANSWER_WITHIN_S = 0.5  # who logs in does not wait for a Redis that is away
TRY_AGAIN_S = 5.0
log = structlog.get_logger("gatehouse.attempts")


class BoundedMemory(MemoryStorage):
    """Attempts in memory; of too many keys, those with the fewest attempts are forgotten first.

    So nobody gets a name's attempts forgotten by trying thousands of other names: each of them
    would have to be tried as often, and an address has its own share.
    """

    def __init__(self, most_keys: int = MOST_KEYS) -> None:
        super().__init__()
        self._most_keys = most_keys
        self._lock = threading.Lock()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count an attempt, if the key has not had its share."""
        with self._lock:
            acquired = super().acquire_entry(key, limit, expiry, amount)
            if len(self.events) > self._most_keys:
                self._shed()
        return acquired

    def _shed(self) -> None:
        now = time.time()
        counted = {
            key: sum(entry.expiry > now for entry in entries)
            for key, entries in list(self.events.items())
        }
        kept = int(self._most_keys * KEPT_SHARE)
        for key in sorted(counted, key=lambda key: counted[key], reverse=True)[kept:]:
            with self.locks[key]:  # the library's own clean-up may be at it
                self.events.pop(key, None)


class Attempts:
    """The counters behind all gates of a process."""

    def __init__(self, redis_url: str = "", *, try_again_s: float = TRY_AGAIN_S) -> None:
        self._here = MovingWindowRateLimiter(BoundedMemory())
        self._shared = _on_redis(redis_url) if redis_url else None
        self._try_again_s = try_again_s
        self._try_again_at = 0.0
        self._is_away = False

    def enter(self, attempts: int, minutes: int, key: str) -> int | None:
        """Count an attempt; when the key has had its share, tell after how many seconds to retry.

        While Redis is away this process counts for itself: nobody is locked out for it, and
        guessing stays slow.
        """
        share = RateLimitItemPerSecond(attempts, minutes * 60)
        if self._shared is not None and time.monotonic() >= self._try_again_at:
            try:
                wait_s = _enter(self._shared, share, key)
            except RedisError as error:
                self._note_absence(error)
            else:
                self._note_return()
                return wait_s
        return _enter(self._here, share, key)

    def _note_absence(self, error: RedisError) -> None:
        self._try_again_at = time.monotonic() + self._try_again_s
        if not self._is_away:
            self._is_away = True
            log.warning("Redis is away: attempts are counted in this process", error=str(error))

    def _note_return(self) -> None:
        if self._is_away:
            self._is_away = False
            log.info("Redis is back: attempts are counted there")


def _on_redis(url: str) -> MovingWindowRateLimiter:
    storage = RedisStorage(
        url,
        key_prefix="gatehouse:attempts",
        socket_timeout=ANSWER_WITHIN_S,
        socket_connect_timeout=ANSWER_WITHIN_S,
    )
    return MovingWindowRateLimiter(storage)


def _enter(limiter: MovingWindowRateLimiter, share: RateLimitItem, key: str) -> int | None:
    if limiter.hit(share, key):
        return None
    free_at = limiter.get_window_stats(share, key).reset_time
    return max(1, ceil(free_at - time.time()))
