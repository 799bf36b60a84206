"""Referrer filters."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.referrers import fits, is_allowed, referrer_of
from tests.kit.steps import steps_of


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("*.ok.com", "a.ok.com", "xok.com"),
        ("ok.com", "ok.com", "ok.com.evil"),
        ("ok.com*", "ok.com/path", "not-ok.com"),
        ("a.c", "a.c", "abc"),
        ("http://*.ok.com/*", "http://a.b.ok.com/x", "http://ok.com/"),
        ("ab*ba", "abba", "aba"),
        ("*", "", None),
    ],
)
def test_a_star_is_any_run_of_characters(pattern: str, good: str, bad: str | None) -> None:
    assert fits(good, pattern)
    assert bad is None or not fits(bad, pattern)


def test_one_filter_that_fits_is_enough_and_a_star_passes_all() -> None:
    assert is_allowed("b", ["a", "b"])
    assert is_allowed("*", ["a"])
    assert not is_allowed("c", ["a", "b"])


@pytest.mark.parametrize(
    ("header", "host"),
    [
        ("https://www.ok.com/a?b", "www.ok.com"),
        ("http://ok.com:8080", "ok.com"),
        ("HTTP://OK.com?x", "OK.com"),
        ("https://evil.com/?ok.com", "evil.com"),
        ("https://ok.com@evil.com/", "https://ok.com@evil.com/"),
        ("https://ok.com\\.evil.com/", "https://ok.com\\.evil.com/"),
        ("http://*/", "http://*/"),
        ("ok.com/x", "ok.com/x"),
        ("ok.com", "ok.com"),
        ("*", None),
    ],
)
def test_of_a_browsers_address_the_host_counts(header: str, host: str | None) -> None:
    assert referrer_of(header) == host


@given(st.text("ab*", max_size=12), st.text("ab\n", max_size=12))
def test_it_agrees_with_a_regular_expression(pattern: str, referrer: str) -> None:
    expression = ".*".join(map(re.escape, pattern.split("*")))

    assert fits(referrer, pattern) == bool(re.fullmatch(expression, referrer, re.DOTALL))


def test_many_stars_cost_no_more_than_a_pass_each() -> None:
    def steps_over(length: int) -> int:
        return steps_of(lambda: fits("a" * length, "*a" * 20 + "*b*a"))

    assert not fits("a" * 20_000, "*a" * 20 + "*b*a")
    assert steps_over(20_000) == steps_over(50)
