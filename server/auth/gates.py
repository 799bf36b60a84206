"""How often somebody may try: so many times for each name and each address, in this process."""

import time
from dataclasses import dataclass, field

from server.domain.errors import LimitReached

TOO_MANY = "Too many attempts. Wait a few minutes, then try again."
MINUTE_S = 60.0


class Throttle:
    """Counts attempts per key in a sliding window; bounded in memory."""

    def __init__(self, attempts: int, per_s: float, *, max_keys: int = 10_000) -> None:
        self._attempts = attempts
        self._per_s = per_s
        self._max_keys = max_keys
        self._seen: dict[str, list[float]] = {}

    def allows(self, key: str) -> bool:
        """Count one attempt; False when the key had its share already."""
        now = time.monotonic()
        recent = [at for at in self._seen.pop(key, []) if now - at < self._per_s]
        allowed = len(recent) < self._attempts
        if allowed:
            recent.append(now)
        self._seen[key] = recent
        while len(self._seen) > self._max_keys:
            self._seen.pop(next(iter(self._seen)))
        return allowed


class Gate:
    """Lets so many attempts through, for a key and for an address."""

    def __init__(self, per_key: int, per_address: int, minutes: int) -> None:
        self._by_key = Throttle(per_key, minutes * MINUTE_S)
        self._by_address = Throttle(per_address, minutes * MINUTE_S)

    def enter(self, provider_id: int, key: str, address: str) -> None:
        """Count an attempt. Raises: LimitReached."""
        by_address = self._by_address.allows(f"{provider_id}:{address}")
        by_key = not key or self._by_key.allows(f"{provider_id}:{key.strip().lower()[:255]}")
        if not (by_address and by_key):
            raise LimitReached(TOO_MANY)


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates of one installation: all faces count at the same ones."""

    logins: Gate = field(default_factory=lambda: Gate(10, 100, 5))
    staff_logins: Gate = field(default_factory=lambda: Gate(10, 50, 5))
    signups: Gate = field(default_factory=lambda: Gate(10, 60, 10))
    activation_mails: Gate = field(default_factory=lambda: Gate(3, 30, 10))
    reset_mails: Gate = field(default_factory=lambda: Gate(5, 30, 10))
    reset_links: Gate = field(default_factory=lambda: Gate(10, 30, 10))
    password_checks: Gate = field(default_factory=lambda: Gate(10, 100, 5))  # of who is logged in
