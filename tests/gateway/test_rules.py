"""Mapping rules as the reference matches them."""

import pytest

from gateway.rules import MappingRule, Matcher
from tests.kit.steps import steps_of


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/abc", "/abcd", True),
        ("/abc$", "/abcd", False),
        ("/abc$", "/abc", True),
        ("/a/{x}", "/a/1", True),
        ("/a/{x}", "/a/1/2", True),
        ("/a/{x}", "/a/", False),
        ("/a/{x}$", "/a/1/2", False),
        ("/dot.json", "/dotXjson", False),
        ("/a//b", "/a/b", True),
        ("/a%2Fb", "/a/b", True),
        ("/sp%20ace", "/sp%20ace", True),
        ("/A", "/a", False),
        ("/", "/anything", True),
        ("/$", "/anything", False),
    ],
)
def test_a_pattern_is_a_prefix_of_whole_characters(pattern: str, path: str, matches: bool) -> None:
    match = Matcher([MappingRule("GET", pattern, "hits", 1)]).match("GET", path, {})

    assert bool(match.usage) is matches


def test_matching_rules_add_up_until_the_last() -> None:
    matcher = Matcher(
        [
            MappingRule("ANY", "/", "hits", 1),
            MappingRule("GET", "/a", "hits", 2),
            MappingRule("POST", "/a", "hits", 100),
            MappingRule("GET", "/a/{x}", "search", 3, last=True),
            MappingRule("GET", "/", "hits", 10),
        ]
    )

    assert matcher.match("GET", "/a/1", {}).usage == {"hits": 3, "search": 3}
    assert matcher.match("GET", "/b", {}).usage == {"hits": 11}


def test_totals_of_nought_are_no_usage() -> None:
    match = Matcher([MappingRule("GET", "/", "hits", 0)]).match("GET", "/", {})

    assert match.usage == {}


def test_ten_thousand_rules_take_the_steps_that_ten_take() -> None:
    def steps_among(count: int) -> int:
        rules = [MappingRule("GET", f"/r{n}/{{id}}/x{n}$", "hits", 1) for n in range(count)]
        matcher = Matcher(rules)
        return steps_of(lambda: matcher.match("GET", "/r7/12/x7", {}))

    assert steps_among(10_000) == steps_among(10)


def test_a_pattern_of_many_variables_costs_one_pass() -> None:
    """A regular expression would need longer than the world stands."""
    many = "".join(f"{{v{number}}}x" for number in range(60))
    rules = [MappingRule("GET", f"/{many}{end}", "hits", 1) for end in ("$", "y", "y$")]
    path = "/" + "ax" * 4000 + "z"

    assert not Matcher(rules[1:]).match("GET", path, {}).rules
    assert len(Matcher(rules).match("GET", path + "x", {}).rules) == 1
