"""What filters are given: texts where they work on texts, numbers where they count."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from markupsafe import Markup

from cms.liquid.words import words_of

TEXTS = {"append", "base64_decode", "base64_encode", "base64_url_safe_decode"}
TEXTS |= {"base64_url_safe_encode", "capitalize", "downcase", "escape", "escape_once", "escapejs"}
TEXTS |= {"html_safe", "image_tag"}
TEXTS |= {"link_to", "lstrip", "mail_to", "newline_to_br", "prepend", "remove", "remove_first"}
TEXTS |= {"remove_last", "replace", "replace_first", "replace_last", "rstrip", "safe", "split"}
TEXTS |= {"squish", "strip", "strip_html", "strip_newlines", "truncate", "truncatewords", "upcase"}
TEXTS |= {"javascript_include_tag", "stylesheet_link_tag", "url_decode", "url_encode", "words"}
FIRST_IS_NUMBER = {"truncate", "truncatewords"}
NUMBERS = {"abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus"}
NUMBERS |= {"round", "times"}

Prepare = Callable[[Any, tuple[Any, ...]], tuple[Any, tuple[Any, ...]]]


def as_liquid(name: str, function: Callable[..., Any], *, is_html: bool) -> Callable[..., Any]:
    """Wrap a filter so that nil, true and false are what Liquid takes them for.

    Where what is rendered is no HTML, no filter makes any.
    """
    prepare = _preparing(name)

    @wraps(function)
    def run(value: Any, *args: Any, **kwargs: Any) -> Any:
        if prepare is not None:
            value, args = prepare(value, args)
        result = function(value, *args, **kwargs)
        return result if is_html or not isinstance(result, Markup) else str(result)

    return run


def _preparing(name: str) -> Prepare | None:
    """Give what makes texts or numbers of what a filter is given; None for what it takes as is."""
    if name in TEXTS:
        first = 1 if name in FIRST_IS_NUMBER else 0
        return lambda value, args: (words_of(value), (*args[:first], *map(words_of, args[first:])))
    if name == "slice":
        return lambda value, args: (
            value if isinstance(value, list | tuple | range) else words_of(value),
            args,
        )
    if name in NUMBERS:
        return lambda value, args: (_number(value), tuple(map(_number, args)))
    return None


def _number(value: Any) -> Any:
    return 0 if isinstance(value, bool) else value
