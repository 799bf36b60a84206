"""Filters on words and numbers."""

from collections.abc import Callable, Mapping

import nh3
from liquid.exceptions import FilterArgumentError

WORDS = {
    "created": "waiting for activation",
    "pending": "waiting for approval",
    "scheduled_for_deletion": "being deleted",
    "eternity": "ever",
}


def pluralize(count: object, singular: str, plural: str = "") -> str:
    """Write a number with its noun."""
    number = _whole(count)
    return f"{delimit(number)} {singular if number == 1 else plural or f'{singular}s'}"


def delimit(number: object) -> str:
    """Write a whole number with commas between thousands."""
    return f"{_whole(number):,}"


def words(value: object) -> str:
    """Write a state or period as words."""
    text = str(value)
    return WORDS.get(text, text.replace("_", " "))


def strip_html(value: object) -> str:
    """Keep the text of HTML, in linear time."""
    return nh3.clean(str(value or ""), tags=set())


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise FilterArgumentError("expected a whole number", token=None) from error


FILTERS: Mapping[str, Callable[..., object]] = {
    "pluralize": pluralize,
    "delimit": delimit,
    "words": words,
    "strip_html": strip_html,
}
