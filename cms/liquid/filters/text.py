"""Filters on words and numbers."""

import re
from collections.abc import Callable, Mapping

from liquid.exceptions import FilterArgumentError

WORDS = {
    "created": "waiting for activation",
    "pending": "waiting for approval",
    "scheduled_for_deletion": "being deleted",
    "eternity": "ever",
}
# Each is looked for from where the one before ended, so no character is looked at twice.
TAG = re.compile(r"<(?=[a-z/!?])(script\b|style\b|!--)?", re.IGNORECASE)
CLOSINGS = {
    "": re.compile(">"),
    "!--": re.compile("-->"),
    "script": re.compile("(?=</script)", re.IGNORECASE),
    "style": re.compile("(?=</style)", re.IGNORECASE),
}
MOST_DIGITS = 60


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
    """Leave out tags, comments, scripts and styles; what is never closed takes the rest along.

    Cost: linear, whatever the text.
    """
    text = str(value or "")
    kept, position = [], 0
    while (opening := TAG.search(text, position)) is not None:
        kept.append(text[position : opening.start()])
        closing = CLOSINGS[(opening[1] or "").lower()].search(text, opening.end())
        if closing is None:
            return "".join(kept)
        position = closing.end()
    return "".join([*kept, text[position:]])


def _whole(value: object) -> int:
    text = str(value)
    if len(text) > MOST_DIGITS:
        raise FilterArgumentError("expected a shorter number", token=None)
    try:
        return int(text)
    except ValueError as error:
        raise FilterArgumentError("expected a whole number", token=None) from error


FILTERS: Mapping[str, Callable[..., object]] = {
    "pluralize": pluralize,
    "delimit": delimit,
    "words": words,
    "strip_html": strip_html,
}
