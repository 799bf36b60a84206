"""Catalogs: texts by their English, also those that were made of a pattern."""

from pathlib import Path

import pytest

from cms.content.catalogs import Catalog

HEAD = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def _catalog(folder: Path, **texts: str) -> Catalog:
    file = folder / "de.po"
    entries = [f'msgid "{key}"\nmsgstr "{said}"\n' for key, said in texts.items()]
    file.write_text("\n".join([HEAD, *entries]), "utf-8")
    return Catalog(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The plan Gold is full.", "Gold ist voll."),
        ("The plan 'a is full. b' is full.", "'a is full. b' ist voll."),
        ("The plan Gold is fuller.", None),
        ("At least 3, at most 5 keys.", "Von 3 bis 5."),
        ("At least 3 keys.", None),
        ("The plan " + "x" * 700 + " is full.", None),
    ],
)
def test_a_text_is_known_by_the_pattern_that_it_was_made_of(
    tmp_path: Path, text: str, said: str | None
) -> None:
    catalog = _catalog(
        tmp_path,
        **{
            "The plan %{name} is full.": "%{name} ist voll.",
            "At least %{a}, at most %{b} keys.": "Von %{a} bis %{b}.",
        },
    )

    assert catalog.find(text) == said


def test_a_pattern_of_hardly_any_words_fits_nothing(tmp_path: Path) -> None:
    catalog = _catalog(tmp_path, **{"%{a}: %{b}": "%{b}: %{a}"})

    assert catalog.find("Note: this") is None
    assert catalog.find("%{a}: %{b}") == "%{b}: %{a}"


def test_a_translation_that_is_missing_is_none(tmp_path: Path) -> None:
    assert _catalog(tmp_path, Hello="").find("Hello") is None
