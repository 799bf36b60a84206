"""Times in templates, as Liquid reads and writes them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from server.kit.clock import FixedClock
from tests.cms.liquid.rendered import rendered

AT = datetime(2026, 11, 5, 15, 4, 9, 123456, tzinfo=UTC)
EAST = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=30), "IST"))


def _written(value: object, pattern: str) -> str:
    text = f"{{{{ value | date: '{pattern}' }}}}"
    return rendered(text, {"value": value}, is_html=False, clock=FixedClock(AT))


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("%Y %C %y", "2026 20 26"),
        ("%B %b %h %m %-m %_m", "November Nov Nov 11 11 11"),
        ("%d %-d %_d %e %-e %03d %j", "05 5  5  5 5 005 309"),
        ("%A %a %u %w", "Thursday Thu 4 4"),
        ("%U %W %V %G %g", "44 44 45 2026 26"),
        ("%H %k %I %l %-l %P %p %#p", "15 15 03  3 3 pm PM pm"),
        ("%M %S %-S %L %N %3N %6N", "04 09 9 123 123456000 123 123456"),
        ("%s %z %:z %::z %Z", "1793891049 +0000 +00:00 +00:00:00 UTC"),
        ("%c", "Thu Nov  5 15:04:09 2026"),
        ("%D|%x|%F", "11/05/26|11/05/26|2026-11-05"),
        ("%T|%X|%R|%r", "15:04:09|15:04:09|15:04|03:04:09 PM"),
        ("%v|%+", " 5-NOV-2026|Thu Nov  5 15:04:09 UTC 2026"),
        ("%^a %^B %#b %10A|%-10A|%010A", "THU NOVEMBER NOV   Thursday|Thursday|00Thursday"),
        ("%%|%n|%t|%Q|%", "%|\n|\t|%Q|%"),
        ("%Ey %Od", "26 05"),
        ("%99999999d", "%99999999d"),
    ],
)
def test_a_time_is_written_as_ruby_writes_it(pattern: str, written: str) -> None:
    assert _written(AT, pattern) == written


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("%z %:z %Z %H", "+0530 +05:30 IST 00"),
        ("%s", "1767207600"),
        ("%U %W %V %G", "00 00 01 2026"),
        ("%:::z", "+05:30"),
    ],
)
def test_a_time_elsewhere_keeps_its_zone(pattern: str, written: str) -> None:
    assert _written(EAST, pattern) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("now", "2026-11-05 15:04 +0000"),
        ("Today", "2026-11-05 15:04 +0000"),
        ("March 14, 2016", "2016-03-14 00:00 +0000"),
        ("1152098955", "2006-07-05 11:29 +0000"),
        (1152098955, "2006-07-05 11:29 +0000"),
        (-5, "1969-12-31 23:59 +0000"),
        ("2026-11-25 10:00:00 UTC", "2026-11-25 10:00 +0000"),
        ("2026-11-25T10:00:00+02:00", "2026-11-25 10:00 +0200"),
        ("Wed, 25 Nov 2026 10:00:00 EST", "2026-11-25 10:00 -0500"),
        ("March 2016", "2016-03-01 00:00 +0000"),
        ("10:30", "2026-11-05 10:30 +0000"),
        (date(2016, 3, 14), "2016-03-14 00:00 +0000"),
        (datetime(2016, 3, 14, 1, 2), "2016-03-14 01:02 +0000"),  # noqa: DTZ001 - without a zone
        ("tomorrow", "tomorrow"),
        ("", ""),
        (None, ""),
        ("2026-13-45", "2026-13-45"),
        ("9" * 99, "9" * 99),
        (10**18, str(10**18)),
        ("x" * 200, "x" * 200),
        (True, "true"),
        (1.5, "1.5"),
    ],
)
def test_what_liquid_takes_for_a_time_is_one(value: object, written: str) -> None:
    assert _written(value, "%Y-%m-%d %H:%M %z") == written


def test_without_a_pattern_all_stays_as_it_is() -> None:
    assert _written("March 14, 2016", "") == "March 14, 2016"


def test_html_of_a_pattern_stays_and_that_of_a_value_does_not() -> None:
    text = "{{ now | date: '%d<sup>th</sup>' }}{{ bad | date: '<b>' }}"

    assert rendered(text, {"now": AT, "bad": "<i>"}) == "05<sup>th</sup>&lt;i&gt;"
