"""Durations in words."""

from datetime import timedelta

import pytest

from server.kit.durations import asked_for_s, words_of


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        (timedelta(0), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(minutes=12), "12 minutes"),
        (timedelta(minutes=11, seconds=1), "12 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=1, seconds=1), "2 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=29, hours=3), "30 days"),
    ],
)
def test_a_duration_is_told_in_its_largest_unit(duration: timedelta, words: str) -> None:
    assert words_of(duration) == words


def test_a_wish_to_be_asked_later_is_seconds_or_a_date() -> None:
    assert [asked_for_s(text) for text in ("7", " 7 ", "soon", "")] == [7, 7, 0, 0]
    assert asked_for_s("Thu, 01 Jan 1970 00:00:00 GMT") < 0
