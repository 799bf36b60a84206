"""How many gateways a call has passed: what ends a loop through others.

The number travels in a header of ours. A caller's is read, since a loop would begin anew if it were
not; he can only make it more than it is, which harms his own call alone.
"""

from gateway.errors import Deny
from gateway.exchange import RawHeaders

HOPS = "x-gatehouse-hops"
MOST_HOPS = 5
LOOP = Deny(
    508, "loop_detected", f"The call has passed {MOST_HOPS} gateways: it goes round in a loop.\n"
)
_NAME = HOPS.encode("ascii")


def hops_of(headers: RawHeaders) -> int:
    """Read how many gateways a call has passed. A caller can only make it more than it is."""
    numbers = [
        int(part.strip()[:3])
        for name, value in headers
        if name == _NAME
        for part in value.split(b",")
        if part.strip().isdigit()
    ]
    return max(numbers, default=0)
