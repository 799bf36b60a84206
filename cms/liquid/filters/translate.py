"""The filter that speaks the visitor's language."""

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from cms.liquid.words import words_of

PLACE = re.compile(r"%\{(\w+)\}")


def t(text: object, **values: object) -> str:
    """Write a text of the theme in the visitor's language, with its `%{name}` filled in.

    The text itself is the theme's; what is filled in is escaped.

    Example: {{ 'Sent to %{name}' | t: name: 'Ann' }} -> Sent to Ann
    """
    said = words_of(text)
    if not values:
        return said

    def filled(place: re.Match[str]) -> str:
        name = place[1]
        return str(escape(words_of(values[name]))) if name in values else place[0]

    return Markup(PLACE.sub(filled, str(escape(said))))  # noqa: S704 - all of it is escaped


FILTERS: Mapping[str, Callable[..., object]] = {"t": t}
