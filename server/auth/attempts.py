"""Counts attempts in moving windows: in Redis when there is one, else in this process (D24)."""

import threading
import time
from collections.abc import Callable, Iterable
from hashlib import blake2b
from math import ceil
from secrets import token_bytes

import structlog
from limits import RateLimitItemPerSecond
from limits.storage import RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

ROWS, WIDTH = 4, 2**16  # of the table of one slice: 256 KiB
SLICES = 30  # of a window: a share comes back to a thirtieth of the window
MOST_COUNTED = 255  # what a place holds; no gate grants as many
ANSWER_WITHIN_S = 0.5  # who logs in does not wait for a Redis that is away
TRY_AGAIN_S = 5.0
log = structlog.get_logger("gatehouse.attempts")


class Sketch:
    """Attempts within one length of window, in a table of fixed size (a count-min sketch).

    Each key is counted at one place of each row, and has had as many attempts as the least of them
    says. Keys that share a place are counted together: whatever is tried, no attempt is forgotten
    before its time; a flood of keys can only have others refused too early. Where a key is counted
    is this process's secret, so nobody can look for keys that share all places of another.
    Cost: at most 7.5 MiB, and none for slices without attempts.
    """

    def __init__(self, window_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._slice_s = window_s / SLICES
        self._clock = clock
        self._salt = token_bytes(16)
        self._lock = threading.Lock()
        self._slices: dict[int, bytearray] = {}  # by number, oldest first

    def enter(self, most: int, key: str) -> int | None:
        """Count an attempt; when the key has had its share, tell after how many seconds to retry.

        A refused attempt is not counted.
        """
        places = self._places(key)
        with self._lock:
            now = self._clock()
            newest = int(now / self._slice_s)
            self._forget(newest - SLICES)
            wait_from = self._full_from(places, most)
            if wait_from is None:
                self._count(newest, places)
                return None
        return max(1, ceil((wait_from + SLICES) * self._slice_s - now))

    def _places(self, key: str) -> list[int]:
        digest = blake2b(key.encode(), digest_size=2 * ROWS, key=self._salt).digest()
        return [row * WIDTH + int.from_bytes(digest[2 * row : 2 * row + 2]) for row in range(ROWS)]

    def _forget(self, last: int) -> None:
        for number in [number for number in self._slices if number <= last]:
            del self._slices[number]

    def _full_from(self, places: Iterable[int], most: int) -> int | None:
        """Find the newest slice since which the share is used up; None when it is not."""
        counts = [0] * ROWS
        for number, table in reversed(self._slices.items()):
            counts = [count + table[place] for count, place in zip(counts, places, strict=True)]
            if min(counts) >= most:
                return number
        return None

    def _count(self, newest: int, places: Iterable[int]) -> None:
        table = self._slices.setdefault(newest, bytearray(ROWS * WIDTH))
        for place in places:
            table[place] = min(MOST_COUNTED, table[place] + 1)


class Attempts:
    """The counters behind all gates of a process."""

    def __init__(self, redis_url: str = "", *, try_again_s: float = TRY_AGAIN_S) -> None:
        self._here: dict[int, Sketch] = {}  # by minutes
        self._shared = _on_redis(redis_url) if redis_url else None
        self._try_again_s = try_again_s
        self._try_again_at = 0.0
        self._is_away = False

    def enter(self, attempts: int, minutes: int, key: str) -> int | None:
        """Count an attempt; when the key has had its share, tell after how many seconds to retry.

        While Redis is away this process counts for itself: nobody is locked out for it, and
        guessing stays slow.
        """
        if self._shared is not None and time.monotonic() >= self._try_again_at:
            try:
                wait_s = _enter(self._shared, attempts, minutes, key)
            except RedisError as error:
                self._note_absence(error)
            else:
                self._note_return()
                return wait_s
        sketch = self._here.setdefault(minutes, Sketch(minutes * 60))
        return sketch.enter(attempts, key)

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


def _enter(limiter: MovingWindowRateLimiter, attempts: int, minutes: int, key: str) -> int | None:
    share = RateLimitItemPerSecond(attempts, minutes * 60)
    if limiter.hit(share, key):
        return None
    free_at = limiter.get_window_stats(share, key).reset_time
    return max(1, ceil(free_at - time.time()))
