"""Searching texts: what is found, in which order, and within which bounds."""

import json

from hypothesis import given
from hypothesis import strategies as st

from cms.content.search import (
    MOST_OPERATIONS,
    MOST_QUERY,
    MOST_RESULTS,
    Found,
    list_operations,
    search,
    words_of,
)

RAIN = Found("Rain", "page", "/rain", "It falls on the roof of the house.")
SUN = Found("Sun", "page", "/sun", "It shines, and there is no rain at all.")


def test_all_words_have_to_be_there_whatever_their_case() -> None:
    assert [each.url for each in search("RAIN roof", [RAIN, SUN]).results] == ["/rain"]
    assert search("rain snow", [RAIN, SUN]).total == 0
    assert search("  ", [RAIN, SUN]).results == ()


def test_what_has_the_word_in_its_title_comes_first() -> None:
    found = search("rain", [SUN, RAIN])

    assert [each.url for each in found.results] == ["/rain", "/sun"]
    assert found.results[1].description == SUN.text


def test_a_description_is_the_part_that_fits() -> None:
    long = Found("Long", "page", "/long", "word " * 500 + "needle " + "word " * 500)

    description = search("needle", [long]).results[0].description

    assert "needle" in description
    assert len(description) < 200
    assert description.startswith("…")


def test_results_are_bounded_and_counted() -> None:
    found = search("rain", [RAIN] * 500)

    assert (found.total, len(found.results)) == (500, MOST_RESULTS)
    assert len(search("x" * 10_000, [RAIN]).query) == MOST_QUERY


def test_code_and_markup_are_no_words() -> None:
    text = "# Title\n{% if secret %}<p class='x'>Shown {{ user.email }}</p>{% endif %}"
    text += "<script>var hidden = 1</script> [link](https://example.com/path)"

    words = words_of(text)

    assert words.split() == ["Title", "Shown", "link"]


def test_operations_of_a_specification_are_found() -> None:
    paths: dict[str, object] = {
        "/rain/{city}": {
            "get": {"summary": "Rain of a city", "operationId": "rain"},
            "parameters": [],
            "post": "broken",
        },
        "/broken": [],
    }

    found = list(list_operations(json.dumps({"paths": paths}), "/docs"))

    assert [(each.title, each.kind, each.url) for each in found] == [
        ("GET /rain/{city}", "operation", "/docs")
    ]
    assert found[0].text == "Rain of a city rain"


def test_a_large_specification_is_read_within_bounds() -> None:
    both: dict[str, object] = {"get": {}, "put": {}}
    paths = {f"/{number}": both for number in range(MOST_OPERATIONS)}

    assert len(list(list_operations(json.dumps({"paths": paths}), ""))) == MOST_OPERATIONS


@given(st.text())
def test_what_is_no_specification_has_no_operations(text: str) -> None:
    assert list(list_operations(text, "")) == []


@given(st.text(max_size=200), st.text(max_size=500))
def test_any_query_over_any_text_has_an_answer(query: str, text: str) -> None:
    found = search(query, [Found(text[:50], "page", "/x", words_of(text))])

    assert found.total in {0, 1}
