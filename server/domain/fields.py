"""Column shapes and text rules that several tables share."""

import re
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import LargeBinary
from sqlmodel import Field

from server.domain.errors import Blank, Invalid, TooLong
from server.domain.permissions import Permission
from server.kit.clock import utc_now
from server.kit.db import UTCDateTime
from server.kit.ids import name_made_of
from server.kit.letters import is_in_order, is_one_line, is_seen

MOST_TEXT = 255
HIDDEN = "(hidden)"  # stands for a secret where there is no leaving it out
SHOWN_TO = "shown_to"  # in what a sealed column knows: the permission that its readers need
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(9999, 1, 1, tzinfo=UTC)  # later ones have no year in some time zone
MOST_DESCRIPTION = 65_535
SYSTEM_NAME = re.compile(r"[A-Za-z0-9_][\w\-/.]*", re.ASCII)
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def created_at() -> Any:
    """Make a column that holds when the row was made."""
    return Field(default_factory=utc_now, sa_type=UTCDateTime)


def updated_at() -> Any:
    """Make a column that holds when the row last changed."""
    return Field(
        default_factory=utc_now,
        sa_type=UTCDateTime,
        sa_column_kwargs={"onupdate": utc_now},
    )


def moment() -> Any:
    """Make a column for a time that may not have come yet."""
    return Field(default=None, sa_type=UTCDateTime, nullable=True)


def sealed(shown_to: Permission, *, optional: bool = False) -> Any:
    """Make a column that holds a secret, encrypted; only who holds the permission is shown it."""
    info = {"info": {SHOWN_TO: shown_to}}
    if optional:
        return Field(default=None, nullable=True, sa_type=LargeBinary, sa_column_kwargs=info)
    return Field(sa_type=LargeBinary, sa_column_kwargs=info)


def clean_text(value: str | None, field: str, *, most: int = MOST_TEXT) -> str:
    """Check a required text and strip it. Raises: Blank, TooLong, Invalid."""
    text = clean_optional_text(value, field, most=most)
    if not text:
        raise Blank(field)
    return text


def clean_optional_text(value: str | None, field: str, *, most: int = MOST_TEXT) -> str:
    """Check a text that may be empty and strip it. Raises: TooLong, Invalid."""
    text = (value or "").strip()
    if len(text) > most:
        raise TooLong(field, most)
    if CONTROLS.search(text):
        raise Invalid("must not contain control characters.", field=field)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Invalid("must be valid Unicode text.", field=field) from error
    return text


def clean_line(value: str | None, field: str) -> str:
    """Check a text of one line that may be empty. Raises: TooLong, Invalid."""
    text = clean_optional_text(value, field)
    if not is_one_line(text):
        raise Invalid("must be one line, without tabs and control characters.", field=field)
    if not is_in_order(text):
        raise Invalid("must not have characters that turn the direction of text.", field=field)
    return text if is_seen(text) else ""


def clean_name(value: str | None, field: str) -> str:
    """Check what something is called: one line, of which one sees something.

    Raises: Blank, TooLong, Invalid.
    """
    name = clean_line(value, field)
    if not name:
        raise Blank(field)
    return name


def clean_system_name(value: str | None, name: str, *, separator: str = "_") -> str:
    """Check a system name, or make one from `name`, which it always can.

    Raises: Invalid, TooLong.
    """
    text = clean_optional_text(value, "system_name") or name_made_of(name, separator=separator)
    if not SYSTEM_NAME.fullmatch(text):
        raise Invalid(
            "must start with a letter, digit or underscore and hold only those, '-', '/' and '.'.",
            field="system_name",
        )
    return text


def is_comparable(text: str) -> bool:
    """Return whether every database can compare this text: no NUL, no half of a character."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def clean_when(at: datetime, field: str | None = None) -> datetime:
    """Take a time without a zone for UTC. Raises: Invalid for what no calendar of ours has."""
    when = at if at.tzinfo else at.replace(tzinfo=UTC)
    if not EARLIEST <= when < LATEST:
        wrong = f"must be a time from {EARLIEST.year} to {LATEST.year - 1}."
        raise Invalid(wrong, field=field)
    return when


def is_future(at: datetime, now: datetime) -> bool:
    """Return whether `at` is still to come; without a time zone nobody knows."""
    return at.tzinfo is not None and now < at < LATEST
