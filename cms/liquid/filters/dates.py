"""The `date` filter: for times that drops give out, and a few patterns only."""

import re
from datetime import UTC, date, datetime

from liquid.exceptions import FilterArgumentError

PATTERN = re.compile(r"(?:[^%]|%-?[aAbBdeFHIjlmMpSTyYZ%]){0,100}")


def date_filter(value: object, pattern: object = "%Y-%m-%d") -> str:
    """Write a time; what is no time stays as it is."""
    if isinstance(value, str):
        value = _read(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        value = _at(value)
    if not isinstance(value, date):
        return "" if value is None else str(value)
    if not PATTERN.fullmatch(str(pattern)):
        raise FilterArgumentError("unknown date pattern", token=None)
    return value.strftime(str(pattern))


def _at(seconds: int) -> datetime | int:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OSError, OverflowError, ValueError):  # beyond what calendars know
        return seconds


def _read(text: str) -> datetime | str:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return text


FILTERS = {"date": date_filter}
