"""Filters on words and numbers."""

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from liquid import RenderContext
from liquid.builtin.filters import string
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context
from liquid.limits import to_int
from liquid.undefined import is_undefined
from markupsafe import Markup, escape

from cms.liquid.language import IN_ENGLISH, Language
from cms.liquid.limits import language_in
from cms.liquid.sanitized import cleaned
from cms.liquid.words import words_of

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
LINE_END = re.compile(r"\r?\n")
MOST_DIGITS = 60
VOWELS = ("a", "e", "i", "o", "u", "")


@with_context
def pluralize(
    count: object,
    singular: object = "",
    plural: object = "",
    *,
    context: RenderContext | None = None,
) -> str:
    """Write a number with its noun, or a noun alone for many; nothing for nil.

    Example: {{ 2 | pluralize: 'key' }} -> 2 keys
    """
    if is_nothing(count):
        return ""
    if singular == "" and not words_of(count).lstrip("-").isdecimal():
        return _many(words_of(count))
    number = _whole(count)
    one, many = words_of(singular), words_of(plural)
    return f"{delimit(number, context=context)} {one if number == 1 else many or _many(one)}"


def _many(noun: str) -> str:
    """Write the plural of an English noun that has an ordinary one."""
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def html_safe(value: object) -> Markup:
    """Write HTML as it is: what stands in the template stays, of values what may do harm goes.

    Example: {{ '<b>new</b>' | html_safe }} -> <b>new</b>
    """
    text = words_of(value)
    return text if isinstance(text, Markup) else Markup(cleaned(text))  # noqa: S704 - by nh3


def nothing(_value: object, *_args: object) -> str:
    """Write nothing: pages load no script of other hosts.

    Example: {{ 'UA-1' | embed_google_tracker }}{{ provider.name }}
    """
    return ""


@with_context
def delimit(number: object, *, context: RenderContext | None = None) -> str:
    """Write a whole number with its thousands apart, as the language does; nothing for nil.

    Example: {{ 1200000 | delimit }} -> 1,200,000
    """
    return "" if is_nothing(number) else _language(context).number(_whole(number))


@with_context
def words(value: object, *, context: RenderContext | None = None) -> str:
    """Write a state or period as words of the language.

    Example: {{ 'pending' | words }} -> waiting for approval
    """
    text = words_of(value)
    return _language(context).say(WORDS.get(text, text.replace("_", " ")))


def _language(context: RenderContext | None) -> Language:
    return language_in(context) if context is not None else IN_ENGLISH


def strip_html(value: object) -> str:
    """Leave out tags, comments, scripts and styles; what is never closed takes the rest along.

    What was HTML is text afterwards, which pages escape as any other. Cost: linear, whatever the
    text.
    """
    text = _without_tags(str(words_of(value)))
    return html.unescape(text) if isinstance(value, Markup) else text


def strip_newlines(value: object) -> str:
    """Leave out line ends."""
    text = words_of(value)
    found = LINE_END.sub("", text)
    return Markup(found) if isinstance(text, Markup) else found  # noqa: S704 - it was before


def truncate(value: str, length: object = 50, ending: str = "...") -> str:
    """Cut a text that is longer, its ending included."""
    most = _length(length)
    return value if len(value) <= most else value[: max(most - len(ending), 0)] + ending


def truncatewords(value: str, count: object = 15, ending: str = "...") -> str:
    """Cut a text that has more words."""
    most = max(_length(count), 1)
    words = value.split(maxsplit=min(most, len(value)))
    return value if len(words) <= most else " ".join(words[:most]) + ending


def remove_last(value: str, part: str) -> str:
    """Leave out a part where it stands last."""
    return replace_last(value, part, "")


def replace_last(value: str, part: str, other: str) -> str:
    """Write something else where a part stands last."""
    before, found, after = value.rpartition(part) if part else (value, "found", "")
    return before + other + after if found else value


def _length(value: object) -> int:
    try:
        return to_int(None if is_nothing(value) else value)
    except (TypeError, ValueError) as error:
        raise FilterArgumentError("expected a whole number", token=None) from error


def whole_characters(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter that cuts a text, so that it counts characters, and cuts none in HTML."""

    def cut(value: object, *args: object) -> Any:
        if not isinstance(value, Markup):
            return function(value, *args)
        if "<" in value:
            kept = function(str(value), *args)
            return value if kept == value else kept  # half of a tag is no HTML: it is escaped
        return escape(function(html.unescape(str(value)), *args))

    return cut


def is_nothing(value: object) -> bool:
    """Return whether a value is nil, or was never set."""
    return value is None or bool(is_undefined(value))


def _without_tags(text: str) -> str:
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
    "embed_google_tracker": nothing,
    "html_safe": html_safe,
    "words": words,
    "slice": whole_characters(string.slice_),
    "strip_html": strip_html,
    "strip_newlines": strip_newlines,
    "remove_last": remove_last,
    "replace_last": replace_last,
    "truncate": whole_characters(truncate),
    "truncatewords": whole_characters(truncatewords),
}
