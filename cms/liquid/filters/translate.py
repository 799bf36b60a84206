"""The filter that speaks the visitor's language."""

import re
from collections.abc import Callable, Mapping

from liquid import RenderContext
from liquid.exceptions import FilterArgumentError
from liquid.filter import with_context
from markupsafe import Markup, escape

from cms.content.catalogs import PLACE
from cms.liquid.filters.text import is_nothing
from cms.liquid.language import Language
from cms.liquid.limits import Rendering, language_in, weight_of
from cms.liquid.words import words_of

MOST_LANGUAGES = 16


@with_context
def t(text: object, *, context: RenderContext, **values: object) -> str:
    """Translate a text, and fill in its `%{name}`; `plural` is the text for other counts than one.

    A page escapes what is filled in, a text mail does not.

    Example: {{ 'Sent to %{name}' | t: name: 'Ann' }} -> Sent to Ann
    """
    language = language_in(context)
    said = _said(words_of(text), language, values)
    if not values:
        return said
    is_html = context.autoescape

    def filled(place: re.Match[str]) -> str:
        return _in_place(place[1], values, language, is_html=is_html)

    if not is_html:
        return PLACE.sub(filled, said)
    return Markup(PLACE.sub(filled, str(escape(said))))  # noqa: S704 - all of it is escaped


def filler(text: str, *, is_html: bool) -> Callable[..., str]:
    """Make `t` for a text of a template whose places are filled in: it is taken apart once."""
    known: dict[Language, list[str]] = {}

    @with_context
    def fill(_value: object, *, context: Rendering, **values: object) -> str:
        context.check_time()
        for value in values.values():
            weight_of(value)
        language = context.render_scope.language
        parts = known.get(language)
        if parts is None:
            parts = PLACE.split(language.say(text))
            if len(known) < MOST_LANGUAGES:
                known[language] = parts
        said = parts.copy()  # text, name, text, name, … text
        for number in range(1, len(said), 2):
            said[number] = _in_place(said[number], values, language, is_html=is_html)
        made = "".join(said)
        weight_of(made)
        return Markup(made) if is_html else made  # noqa: S704 - all of it is escaped

    return fill


def _in_place(name: str, values: Mapping[str, object], language: Language, *, is_html: bool) -> str:
    """Write what stands at a place; one that is given nothing stays as it is."""
    if name not in values:
        return f"%{{{name}}}"
    value = values[name]
    is_count = name == "count" and type(value) is int
    written = language.number(int(str(value))) if is_count else words_of(value)
    return str(escape(written)) if is_html else str(written)


def _said(text: str, language: Language, values: Mapping[str, object]) -> str:
    """Translate; a translation is HTML where its English is, as literals of templates are."""
    if "plural" in values:
        said = language.say_many(str(text), words_of(values["plural"]), _count(values))
    else:
        said = language.say(str(text))
    return Markup(said) if isinstance(text, Markup) else said  # noqa: S704 - the theme's own


def _count(values: Mapping[str, object]) -> int:
    count = values.get("count")
    if is_nothing(count):
        return 0
    try:
        return int(str(count))
    except ValueError as error:
        raise FilterArgumentError("expected a whole number as count", token=None) from error


FILTERS: Mapping[str, Callable[..., object]] = {"t": t}
