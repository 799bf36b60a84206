"""How long something takes, in words and in headers."""

from contextlib import suppress
from datetime import timedelta
from email.utils import parsedate_to_datetime

from server.kit.clock import utc_now

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def words_of(duration: timedelta) -> str:
    """Write a duration in its largest unit, rounded up: `12 minutes`; `less than a minute`."""
    seconds = int(duration.total_seconds())
    for name, length_s in UNITS:
        if seconds >= length_s:
            count = -(-seconds // length_s)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "less than a minute"


def asked_for_s(text: str) -> float:
    """Read a Retry-After: seconds, or a date; nothing for what is neither."""
    if text.strip().isdecimal():
        return float(text.strip())
    with suppress(ValueError, TypeError):
        return (parsedate_to_datetime(text) - utc_now()).total_seconds()
    return 0.0
