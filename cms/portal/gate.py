"""Counting attempts: so many for each name and each address, in this process."""

from server.domain.errors import LimitReached
from server.kit.web import Throttle

TOO_MANY = "Too many attempts. Wait a few minutes, then try again."
MINUTE_S = 60.0


class Gate:
    """Lets so many attempts through, for a key and for an address."""

    def __init__(self, per_key: int, per_address: int, per_s: float) -> None:
        self._by_key = Throttle(per_key, per_s)
        self._by_address = Throttle(per_address, per_s)

    def enter(self, provider_id: int, key: str, address: str) -> None:
        """Count an attempt. Raises: LimitReached."""
        by_address = self._by_address.allows(f"{provider_id}:{address}")
        by_key = not key or self._by_key.allows(f"{provider_id}:{key.lower()[:255]}")
        if not (by_address and by_key):
            raise LimitReached(TOO_MANY)
