"""Referrer filters: `*` is any run of characters, the rest is literal, the whole text counts. Pure.

Regular expressions are avoided on purpose: several stars in a developer's filter would let a long
referrer take time that grows with a power of its length.
"""

import re
from collections.abc import Iterable

BYPASS = "*"
ADDRESS = re.compile(r"https?://([A-Za-z0-9.\-]+)(?::[0-9]*)?(?:[/?#]|$)", re.IGNORECASE)


def is_allowed(referrer: str, filters: Iterable[str]) -> bool:
    """Return whether any filter lets a referrer through; the referrer `*` always gets through."""
    return referrer == BYPASS or any(fits(referrer, each) for each in filters)


def referrer_of(header: str) -> str | None:
    """Read a caller's `Referer` as filters know it: the host of a whole address, else as it is.

    Browsers send whole addresses, filters are hosts, and whoever has a page may write any path.
    None stands for `*`, which opens every filter: it is for who asks authrep alone.
    """
    address = ADDRESS.match(header)
    if address is not None:
        return address[1]
    return None if header == BYPASS else header


def fits(referrer: str, pattern: str) -> bool:
    """Return whether one filter fits. Cost: one pass over the referrer for each literal part."""
    first, *rest = pattern.split("*")
    if not rest:
        return referrer == pattern
    *middle, last = rest
    end = len(referrer) - len(last)
    if not referrer.startswith(first) or not referrer.endswith(last):
        return False
    at = len(first)
    for part in middle:
        found = referrer.find(part, at, end)
        if found < 0:
            return False
        at = found + len(part)
    return at <= end
