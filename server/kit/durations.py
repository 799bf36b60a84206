"""How long something takes, in words. Pure."""

from datetime import timedelta

UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def words_of(duration: timedelta) -> str:
    """Write a duration in its largest unit, rounded up: `12 minutes`; `less than a minute`."""
    seconds = int(duration.total_seconds())
    for name, length_s in UNITS:
        if seconds >= length_s:
            count = -(-seconds // length_s)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "less than a minute"
