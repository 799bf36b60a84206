"""The arguments of a call: decoded once; rules and credentials read them in two ways."""

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
def test_a_rule_finds_the_last_argument_of_its_exact_name(
    query: bytes, name: str, value: str | None
) -> None:
    assert CallArguments(query).get(name) == value


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        (b"user_key=k", "user_key", "k"),
        (b"user_key=first&user_key=second", "user_key", "first"),
        (b"user_key=&user_key=second", "user_key", ""),
        (b"User_Key=first&USER_KEY=second", "user_key", "first"),
        (b"USER_KEY=other&user_key=exact&User_Key=last", "user_key", "exact"),
        (b"x=1&User_Key=k", "user_key", "k"),
        (b"user=1", "user_key", None),
        (b"", "user_key", None),
    ],
)
def test_a_credential_is_the_first_of_its_name_however_it_is_spelled(
    query: bytes, name: str, value: str | None
) -> None:
    assert CallArguments(query).credential(name) == value


@pytest.mark.parametrize(
    ("query", "form", "for_rules", "as_credential"),
    [
        (b"a=query", b"a=form", "form", "query"),
        (b"a=query", b"b=1", "query", "query"),
        (b"b=1", b"a=form", "form", "form"),
        (b"a=1&a=2", b"a=3&a=4", "4", "1"),
        (b"", b"a=1&a=2", "2", "1"),
        (b"A=query", b"a=form", "form", "query"),
    ],
)
def test_a_form_comes_first_for_rules_and_last_for_credentials(
    query: bytes, form: bytes, for_rules: str, as_credential: str
) -> None:
    arguments = CallArguments(query)
    arguments.get("a")

    arguments.add_form(form)

    assert (arguments.get("a"), arguments.credential("a")) == (for_rules, as_credential)
