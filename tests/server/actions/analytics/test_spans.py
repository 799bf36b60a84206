"""Spans of statistics."""

from datetime import UTC, datetime

import pytest

from server.actions.analytics.spans import BY_NAME, DAYS, SPANS, Span, span_of
from server.actions.analytics.usage import list_starts

NOW = datetime(2024, 3, 31, 23, 59, 59, tzinfo=UTC)  # after a leap day, a Sunday


@pytest.mark.parametrize("span", SPANS, ids=lambda span: str(span.name))
def test_a_span_has_its_windows_and_ends_with_the_one_of_now(span: Span) -> None:
    since, until = span.bounds(NOW)
    starts = list_starts(since, until, span.granularity)

    assert len(starts) == span.windows
    assert starts[0] == since
    assert starts[-1] <= NOW < until


@pytest.mark.parametrize(
    ("name", "since"),
    [
        ("hours", datetime(2024, 3, 31, 0, tzinfo=UTC)),
        ("week", datetime(2024, 3, 25, tzinfo=UTC)),
        ("weeks", datetime(2024, 1, 8, tzinfo=UTC)),
        ("year", datetime(2023, 4, 1, tzinfo=UTC)),
    ],
)
def test_it_begins_so_many_windows_before(name: str, since: datetime) -> None:
    assert BY_NAME[name].bounds(NOW)[0] == since


def test_an_unknown_name_is_the_default() -> None:
    assert span_of("century", DAYS) is DAYS
