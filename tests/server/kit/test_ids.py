"""Ids as text, random tokens and system names."""

import pytest

from server.kit.ids import MOST_ID, id_or_none, random_hex, slug_of


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1), ("007", 7), ("0", 0), (str(MOST_ID), MOST_ID)]
)
def test_digits_are_an_id(text: str, number: int) -> None:
    assert id_or_none(text) == number


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1.0", "1e3", "x", "٣", "²", str(MOST_ID + 1), "0" * 10 + "1"]
)
def test_what_no_column_holds_is_none(text: str) -> None:
    assert id_or_none(text) is None


def test_random_texts_have_their_length_and_differ() -> None:
    assert len(random_hex(16)) == 32
    assert len({random_hex(16) for _ in range(100)}) == 100


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Echo API", "echo_api"),
        ("  --Ünïcode & more--  ", "unicode_more"),
        ("a__b", "a_b"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_a_title_becomes_a_system_name(title: str, slug: str) -> None:
    assert slug_of(title) == slug
    assert slug_of(title, separator="-") == slug.replace("_", "-")
