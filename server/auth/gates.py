"""How often somebody may try: so many times for each name and each address."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from server.domain.errors import LimitReached

if TYPE_CHECKING:
    from server.auth.attempts import Attempts

TOO_MANY = "Too many attempts. Wait a few minutes, then try again."


@dataclass(frozen=True)
class Gate:
    """Lets so many attempts through within so many minutes, for a key and for an address."""

    gates: "Gates"
    name: str
    per_key: int
    per_address: int
    minutes: int

    def enter(self, provider_id: int, key: str, address: str) -> None:
        """Count an attempt; one that its address may not make counts for no key.

        Raises: LimitReached.
        """
        self._count(self.per_address, f"{provider_id}:address:{address}")
        if key:
            self._count(self.per_key, f"{provider_id}:key:{key.strip().lower()}")

    def _count(self, attempts: int, key: str) -> None:
        # Digested: names are of any length, and are nobody's business in Redis.
        digest = sha256(f"{self.name}:{key}".encode("utf-8", "backslashreplace")).hexdigest()
        wait_s = self.gates.attempts.enter(attempts, self.minutes, digest)
        if wait_s is not None:
            raise LimitReached(TOO_MANY, retry_after_s=wait_s)


class Gates:
    """The gates of one installation, by what is tried: all faces count at the same ones."""

    def __init__(self, redis_url: str = "") -> None:
        self._redis_url = redis_url
        self.logins = Gate(self, "logins", 10, 100, 5)
        self.staff_logins = Gate(self, "staff_logins", 10, 50, 5)
        self.signups = Gate(self, "signups", 10, 60, 10)
        self.activation_mails = Gate(self, "activation_mails", 3, 30, 10)
        self.reset_mails = Gate(self, "reset_mails", 5, 30, 10)
        self.reset_links = Gate(self, "reset_links", 10, 30, 10)
        self.password_checks = Gate(self, "password_checks", 10, 100, 5)  # of who is logged in

    @cached_property
    def attempts(self) -> "Attempts":
        """The counters behind the gates, made by the first attempt."""
        # Here and not above: the gateway answers before the library is loaded (D18).
        from server.auth.attempts import Attempts

        return Attempts(self._redis_url)
