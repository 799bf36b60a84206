"""How often somebody may try: so many times for each name and each address."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from server.domain.errors import LimitReached

if TYPE_CHECKING:
    from server.auth.attempts import Attempts
    from server.auth.points import Buckets

TOO_MANY = "Too many attempts. Wait a few minutes, then try again."
OF_ONE_LINE = 64  # bits: whoever has an IPv6 address has all that begin alike


@dataclass(frozen=True)
class Gate:
    """Lets so many attempts through within so many minutes, for a key and for an address.

    `per_pair` is what one address may try of one key, where that is less than all may together:
    then nobody is locked out by one address alone.
    """

    gates: "Gates"
    name: str
    per_key: int
    per_address: int
    minutes: int
    per_pair: int | None = None

    def enter(self, provider_id: int, key: str, address: str) -> None:
        """Count an attempt; one that its address may not make counts for no key.

        Raises: LimitReached.
        """
        line, name = _line_of(address), key.strip().casefold()
        self._count(self.per_address, f"{provider_id}:address:{line}")
        if not name:
            return
        if self.per_pair is not None:
            self._count(self.per_pair, f"{provider_id}:pair:{line}:{name}")
        self._count(self.per_key, f"{provider_id}:key:{name}")

    def _count(self, attempts: int, key: str) -> None:
        # Digested: names are of any length, and are nobody's business in Redis.
        digest = sha256(f"{self.name}:{key}".encode("utf-8", "backslashreplace")).hexdigest()
        wait_s = self.gates.attempts.enter(attempts, self.minutes, digest)
        if wait_s is not None:
            raise LimitReached(TOO_MANY, retry_after_s=wait_s)


def _line_of(address: str) -> str:
    """Tell what counts as one address: an IPv4 one, or the network that a line of IPv6 has."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return f"{int(parsed) >> OF_ONE_LINE:x}::"


class Gates:
    """The gates of one installation, by what is tried: all faces count at the same ones."""

    def __init__(self, redis_url: str = "") -> None:
        self._redis_url = redis_url
        self._logins = {
            "developer": Gate(self, "logins", 50, 100, 5, per_pair=10),
            "provider": Gate(self, "staff_logins", 50, 50, 5, per_pair=10),
        }
        self.signups = Gate(self, "signups", 10, 60, 10)
        self.activation_mails = Gate(self, "activation_mails", 3, 30, 10)
        self.reset_mails = Gate(self, "reset_mails", 5, 30, 10)
        self.invitation_mails = Gate(self, "invitation_mails", 20, 60, 60)  # of an account
        self.invitation_links = Gate(self, "invitation_links", 10, 30, 10)
        self.identities = Gate(self, "identities", 60, 60, 10)  # steps of logins elsewhere
        self.sso_links = Gate(self, "sso_links", 60, 60, 10)
        self.forum_posts = Gate(self, "forum_posts", 60, 10, 60)  # of visitors; key: the forum
        self.access_codes = Gate(self, "access_codes", 1, 20, 10)
        self.reset_links = Gate(self, "reset_links", 10, 30, 10)
        self.codes = Gate(self, "codes", 6, 50, 15)  # of six digits, three of which are right
        self.passkeys = Gate(self, "passkeys", 50, 50, 5)
        self.whole_texts = Gate(self, "whole_texts", 20, 20, 10)
        self.mcp_calls = Gate(self, "mcp_calls", 600, 600, 10)  # of a developer, of an address

    def passwords(self, audience: str) -> Gate:
        """Return the gate of whoever types a password of that side, to log in or once more."""
        return self._logins[audience]

    @cached_property
    def staff_points(self) -> "Buckets":
        """What the provider's programs may ask, by GraphQL and REST."""
        from server.auth.throttle import staff_buckets  # here, as below

        return staff_buckets(self._redis_url)

    @cached_property
    def developer_points(self) -> "Buckets":
        """What developers and visitors may ask by GraphQL."""
        from server.auth.throttle import developer_buckets  # here, as below

        return developer_buckets(self._redis_url)

    @cached_property
    def attempts(self) -> "Attempts":
        """The counters behind the gates, made by the first attempt."""
        # Here and not above: the gateway answers before the library is loaded (D18).
        from server.auth.attempts import Attempts

        return Attempts(self._redis_url)
