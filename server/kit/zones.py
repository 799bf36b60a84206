"""Time zones by the names that the world has for them."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

DEFAULT_ZONE = "UTC"


@cache
def zone_names() -> tuple[str, ...]:
    """List the names of all time zones. Cost: reads the folder of them, once."""
    return tuple(sorted(available_timezones() - {"localtime", "posixrules", "Factory"}))


@cache
def zone_of(name: str) -> ZoneInfo:
    """Open a time zone; one that this machine does not know is UTC."""
    return ZoneInfo(name if name in zone_names() else DEFAULT_ZONE)
