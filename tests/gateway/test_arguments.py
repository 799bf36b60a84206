"""The arguments of a call: decoded once, the last of a name counts, a form gives way."""

import pytest

from gateway.arguments import CallArguments


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        (b"a=1", "a", "1"),
        (b"a=1&a=2", "a", "2"),
        (b"a=%31+2%2B", "a", "1 2+"),
        (b"%61=1", "a", "1"),
        (b"a%5Bb%5D=1", "a[b]", "1"),
        (b"a", "a", ""),
        (b"a=", "a", ""),
        (b"a=b=c", "a", "b=c"),
        (b"&&a=1&", "a", "1"),
        (b"a=1;b=2", "a", "1;b=2"),
        (b"a=%zz", "a", "%zz"),
        (b"a=%252e", "a", "%2e"),
        (b"a=%ff", "a", "\ufffd"),
        (b"A=1", "a", None),
        (b"", "a", None),
        (b"=1", "a", None),
    ],
)
def test_an_argument_is_found_by_its_exact_name(query: bytes, name: str, value: str | None) -> None:
    assert CallArguments(query).get(name) == value


def test_any_case_prefers_the_exact_spelling() -> None:
    arguments = CallArguments(b"USER_KEY=first&user_key=exact&User_Key=last")

    assert arguments.get_any_case("user_key") == "exact"
    assert CallArguments(b"x=1&User_Key=k").get_any_case("user_key") == "k"
    assert CallArguments(b"user=1").get_any_case("user_key") is None


def test_a_form_adds_to_the_query_and_never_wins_over_it() -> None:
    arguments = CallArguments(b"a=query")
    assert arguments.get("b") is None

    arguments.add_form(b"a=form&b=1")

    assert (arguments.get("a"), arguments.get("b")) == ("query", "1")
