"""The time of day, as something that can be handed in."""

from datetime import UTC, datetime, timedelta
from inspect import Signature
from typing import Protocol


class Clock(Protocol):
    """Tells the time; always aware and in UTC."""

    def now(self) -> datetime:
        """Return the current time."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock for tests and dry runs: it stands still until moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by


def utc_now() -> datetime:
    """Return the machine's time; the default of `created_at` columns."""
    return datetime.now(UTC)


# Pydantic asks for it with each row that is made, and working it out takes longer than the row.
utc_now.__signature__ = Signature()  # type: ignore[attr-defined]  # functions may have it


def in_utc(at: datetime) -> datetime:
    """Write a time that somebody gave in UTC; without a zone it is one of UTC."""
    if at.tzinfo is None:
        return at.replace(tzinfo=UTC)
    try:
        return at.astimezone(UTC)
    except OverflowError:  # the first and the last day that there are
        return at.replace(tzinfo=UTC)
