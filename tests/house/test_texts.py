"""Every text that developers read is in every catalog, and no catalog has any that nobody says."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from cms.content.theme import default_theme
from cms.liquid.language import languages_of
from server.kit.themes import THEMES
from tools.texts import missing_in, renewed, texts_of_template, wanted_of

CATALOGS = sorted(THEMES.glob("*/locales/*.po"))


def _texts(file: Path) -> Mapping[object, object]:
    with file.open("rb") as stream:
        return {message.id: message.string for message in read_po(stream) if message.id}


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: f"{file.parents[1].name}-{file.stem}")
def test_a_catalog_is_complete(file: Path) -> None:
    catalog = renewed(file, wanted_of(file.parents[1]))

    assert missing_in(catalog) == [], "python -m tools.texts, then translate what is empty"
    assert _texts(file).keys() == {message.id for message in catalog if message.id}


def test_spanish_and_german_are_spoken_beside_english() -> None:
    assert set(languages_of(default_theme())) == {"en", "es", "de"}


@pytest.mark.parametrize(
    ("template", "texts"),
    [
        ("{{ 'Save' | t }}", [("Save",)]),
        ('{{ "Can\'t" | t }}', [("Can't",)]),
        ("{{ 'Hi %{name}' | t: name: x.y }}, {{ z | t }}", [("Hi %{name}",)]),
        (
            "{{ '%{count} key' | t: count: n, plural: '%{count} keys' }}",
            [("%{count} key", "%{count} keys")],
        ),
        ("{% assign a = 'Now' | t %}", [("Now",)]),
        ("{% include 'field', id: 'a', label: 'Name', hint: 'Short.' %}", [("Name",), ("Short.",)]),
        ("{{ 'Save' | truncate: 3 }}", []),
    ],
)
def test_what_a_template_says_is_found(template: str, texts: list[tuple[str, ...]]) -> None:
    assert list(texts_of_template(template)) == texts
