"""Ids as text, random tokens and system names."""

import pytest

from server.kit.ids import MOST_ID, id_or_none, name_made_of, random_hex, slug_of


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
        ("Straße Øst", "strasse_ost"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_a_title_becomes_a_system_name(title: str, slug: str) -> None:
    assert slug_of(title) == slug
    assert slug_of(title, separator="-") == slug.replace("_", "-")


@pytest.mark.parametrize("title", ["Поддержка", "日本", "Базовый 1", "🚀", "Plan 🚀", "\ud800", ""])
def test_a_title_in_another_alphabet_has_a_name_of_its_own(title: str) -> None:
    made = name_made_of(title)

    assert made == name_made_of(title)
    assert made.isascii()
    assert made.replace("_", "").isalnum()
    assert made != name_made_of(f"{title}я")


@pytest.mark.parametrize("title", ["Echo API", "Zoë", "Straße", "24/7 support", "Gold™"])
def test_a_title_that_ascii_can_write_needs_no_digest(title: str) -> None:
    assert name_made_of(title) == slug_of(title)
