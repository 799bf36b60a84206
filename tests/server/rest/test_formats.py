"""Values as the wire wants them, and the choice of a language."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from server.rest.formats import (
    Format,
    UnknownFormat,
    Value,
    parse_format,
    text,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (Decimal("9.90"), "9.90"),
        (datetime(2031, 1, 31, 23, 59, 59, 999_999, tzinfo=UTC), "2031-01-31T23:59:59Z"),
        (
            datetime(2031, 1, 1, 1, tzinfo=timezone(timedelta(hours=2))),
            "2030-12-31T23:00:00Z",
        ),
    ],
)
def test_values_are_written_as_the_reference_does(value: Value, written: str) -> None:
    assert text(value) == written


@pytest.mark.parametrize(
    ("suffix", "accept", "chosen"),
    [
        ("xml", "application/json", Format.XML),
        ("json", "application/xml", Format.JSON),
        (None, "", Format.XML),
        (None, "text/xml", Format.XML),
        (None, "APPLICATION/JSON ; q=0.1", Format.JSON),
        (None, "application/json;q=0.2, application/xml;q=0.3", Format.XML),
        (None, "application/json;q=nonsense, */*", Format.XML),
    ],
)
def test_the_suffix_decides_before_the_header(
    suffix: str | None, accept: str, chosen: Format
) -> None:
    assert parse_format(suffix, accept) is chosen


@pytest.mark.parametrize(("suffix", "accept"), [("", "*/*"), ("XML", "*/*"), (None, "a, b;q=1")])
def test_another_language_is_unknown(suffix: str | None, accept: str) -> None:
    with pytest.raises(UnknownFormat):
        parse_format(suffix, accept)
