"""When a reported transaction happened. Pure. Source: service-management-api 10."""

import re
from datetime import UTC, datetime

from gateway.transactions.errors import timestamp_too_new, timestamp_too_old
from gateway.transactions.params import Value

OLDEST_S = 86_400
NEWEST_S = 3_600
UNIX_SECONDS = re.compile(r"[+-]?[0-9]{1,15}", re.ASCII)
BLANK_BEFORE_ZONE = re.compile(r"(?<=[0-9])\s+(?=[+-][0-9]{2}:?[0-9]{2}$|Z$|UTC$)", re.ASCII)


def parse_timestamp(value: Value, now_s: float) -> float | None:
    """Read a timestamp as UNIX seconds; None, which is now, when it is blank or unreadable.

    Raises: WireError for more than a day ago or an hour ahead.
    """
    at_s = _find_seconds(value.strip()) if isinstance(value, str) else None
    if at_s is None:
        return None
    if at_s < now_s - OLDEST_S:
        raise timestamp_too_old(OLDEST_S)
    if at_s > now_s + NEWEST_S:
        raise timestamp_too_new(NEWEST_S)
    return at_s


def _find_seconds(text: str) -> float | None:
    if UNIX_SECONDS.fullmatch(text):
        return float(text)
    try:
        at = datetime.fromisoformat(BLANK_BEFORE_ZONE.sub("", text).replace("UTC", "Z"))
    except ValueError:
        return None
    return (at if at.tzinfo is not None else at.replace(tzinfo=UTC)).timestamp()
