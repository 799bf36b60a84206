"""What a docstring tells who writes templates."""

from cms.liquid.reference.docstrings import Told, parse_told


def test_the_first_line_an_example_and_what_it_gives_are_told() -> None:
    text = "Write it. Source: 2.5\n\nMore.\n\nExample: {{ 1 | plus: 1 }} -> 2\n\nCost: none."

    assert parse_told(text) == Told("Write it.", "{{ 1 | plus: 1 }}", "2")


def test_an_example_may_take_several_lines_and_give_anything() -> None:
    told = parse_told("A tag.\n\nExample: {% if a %}\nyes{% endif %}")

    assert told == Told("A tag.", "{% if a %}\nyes{% endif %}", "")


def test_a_docstring_without_example_tells_its_first_line() -> None:
    assert parse_told("Only this.\nAnd more.") == Told("Only this.")
