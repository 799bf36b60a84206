"""How many points each side has, whose bucket pays, and what REST takes from it."""

from server.auth.points import Allowance, Bill, Buckets
from server.domain.actors import Actor
from server.domain.errors import LimitReached

# The provider's own back ends may work hard: 250 queries a second of 50 accounts with 2
# applications each. A developer looks at his own account.
STAFF = Allowance(most_per_query=20_000, bucket=1_000_000, restored_per_s=100_000)
DEVELOPERS = Allowance(most_per_query=5_000, bucket=50_000, restored_per_s=1_000)
READ, WRITE = 1, 10  # of a REST call
BYTES_A_POINT = 500  # of its answer: about an object
TOO_MUCH = "You ask too much in a short time. Wait a moment."


class Throttled(LimitReached):
    """The caller's bucket of points is empty: no quota of any object."""


def staff_buckets(redis_url: str) -> Buckets:
    """Make the buckets of the provider's side."""
    return Buckets(STAFF, redis_url, "staff")


def developer_buckets(redis_url: str) -> Buckets:
    """Make the buckets of developers and visitors."""
    return Buckets(DEVELOPERS, redis_url, "developers")


def caller_of(actor: Actor, address: str) -> str:
    """Tell whose bucket pays: a user's, by whatever token; the provider key's; an address's."""
    who: object = actor.user_id or actor.kind
    if actor.kind == "signup":
        who = address
    return f"{actor.provider_id}:{who}"


def pay(buckets: Buckets, actor: Actor, *, writes: bool) -> None:
    """Pay for a REST call. Raises: Throttled with the time to wait."""
    bill = Bill(requested=WRITE if writes else READ)
    if not buckets.take(caller_of(actor, ""), bill):
        raise Throttled(TOO_MUCH, retry_after_s=bill.retry_after_s)


def pay_for_size(buckets: Buckets, actor: Actor, size_bytes: int) -> None:
    """Pay for a large answer, once it is known how large it is."""
    points = size_bytes // BYTES_A_POINT
    if points:
        buckets.take(caller_of(actor, ""), Bill(requested=points), owed=True)
