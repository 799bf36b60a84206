"""Texts of templates in the visitor's language, with what is filled in, and counts."""

from pathlib import Path

import pytest

from cms.content.catalogs import Catalog
from cms.liquid.errors import TemplateError
from cms.liquid.language import Language
from tests.cms.liquid.rendered import rendered, rendered_in

GERMAN = """
msgid ""
msgstr ""
"Language: de\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Hi %{name}"
msgstr "Hallo %{name}"

msgid "<b>Now</b>"
msgstr "<b>Jetzt</b>"

msgid "%{count} key"
msgid_plural "%{count} keys"
msgstr[0] "%{count} Schlüssel"
msgstr[1] "%{count} Schlüssel zusammen"

msgid "pending"
msgstr "wartet"

msgid "waiting for approval"
msgstr "wartet auf Freigabe"
"""


@pytest.fixture
def german(tmp_path: Path) -> Language:
    file = tmp_path / "de.po"
    file.write_text(GERMAN, "utf-8")
    return Language("de", [Catalog(file)])


def test_a_text_is_translated_and_one_that_is_not_known_stays(german: Language) -> None:
    text = "{{ 'Hi %{name}' | t: name: who }}, {{ 'What now?' | t }}"

    assert rendered_in(german, text, {"who": "Ann"}) == "Hallo Ann, What now?"
    assert rendered(text, {"who": "Ann"}) == "Hi Ann, What now?"


@pytest.mark.parametrize(
    ("is_html", "told"), [(True, "Hallo &lt;b&gt; &amp; Co"), (False, "Hallo <b> & Co")]
)
def test_what_is_filled_in_is_escaped_once_and_only_in_pages(
    german: Language, is_html: bool, told: str
) -> None:
    text = "{{ 'Hi %{name}' | t: name: who }}"

    assert rendered_in(german, text, {"who": "<b> & Co"}, is_html=is_html) == told


def test_html_that_a_template_made_is_filled_in_as_it_is(german: Language) -> None:
    link = "{% capture who %}<a href='/'>{{ name }}</a>{% endcapture %}"
    text = link + "{{ 'Hi %{name}' | t: name: who }}"

    told = rendered_in(german, text, {"name": "<Ann>"})

    assert told == "Hallo <a href='/'>&lt;Ann&gt;</a>"


def test_a_translation_is_html_only_where_its_english_is(german: Language) -> None:
    assert rendered_in(german, "{{ '<b>Now</b>' | t }}") == "<b>Jetzt</b>"
    assert rendered_in(german, "{{ x | t }}", {"x": "<b>Now</b>"}) == ("&lt;b&gt;Jetzt&lt;/b&gt;")


@pytest.mark.parametrize(
    ("count", "english", "told"),
    [
        (1, "1 key", "1 Schlüssel"),
        (0, "0 keys", "0 Schlüssel zusammen"),
        (12_345, "12,345 keys", "12.345 Schlüssel zusammen"),
    ],
)
def test_a_text_counts_as_its_language_does(
    german: Language, count: int, english: str, told: str
) -> None:
    text = "{{ '%{count} key' | t: count: n, plural: '%{count} keys' }}"

    assert rendered(text, {"n": count}) == english
    assert rendered_in(german, text, {"n": count}) == told


def test_a_count_that_is_no_number_is_an_error_of_the_template() -> None:
    with pytest.raises(TemplateError, match="whole number"):
        rendered("{{ '%{count} key' | t: count: n, plural: 'x' }}", {"n": "many"})


@pytest.mark.parametrize(
    ("text", "english", "told"),
    [
        ("{{ 1234567 | delimit }}", "1,234,567", "1.234.567"),
        ("{{ 1234.5 | money: 'EUR' }}", "€1,234.50", "1.234,50\xa0€"),
        ("{{ 1234.5 | money }}", "1,234.50", "1.234,50"),
        ("{{ 'pending' | words }}", "waiting for approval", "wartet auf Freigabe"),
        ("{{ '2026-03-05' | date: 'long' }}", "March 5, 2026", "5. März 2026"),
        ("{{ '2026-03-05' | date: '%-d %B' }}", "5 March", "5 März"),
        ("{{ '2026-03-05' | date: '%a %F' }}", "Thu 2026-03-05", "Do. 2026-03-05"),
        (
            "{{ '2026-03-05 14:30' | date: 'medium time' }}",
            "Mar 5, 2026, 2:30:00 PM",
            "05.03.2026, 14:30:00",
        ),
    ],
)
def test_numbers_amounts_and_dates_are_of_the_language(
    german: Language, text: str, english: str, told: str
) -> None:
    assert rendered(text) == english
    assert rendered_in(german, text) == told
