"""Filters on the errors of a form. Source: reference-portal 2.5."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from cms.liquid.words import words_of

MESSAGE = Markup('<p class="{}">{}</p>')


def error_class(errors: object, name: object = "error") -> str:
    """Write a class when there are errors, nothing when there are none.

    Example: <p class="{{ form.errors.name | error_class }}">
    """
    return words_of(name) if _messages(errors) else ""


def inline_errors(errors: object, name: object = "inline-errors") -> str:
    """Write the messages of errors as a paragraph; nothing when there are none.

    Example: {{ 'can’t be blank.' | inline_errors }}
    """
    messages = _messages(errors)
    return MESSAGE.format(words_of(name), ", ".join(messages)) if messages else ""


def _messages(errors: object) -> list[str]:
    """Take the messages out of a text, an error, a list of errors or errors by name."""
    if isinstance(errors, list | tuple):
        return [text for item in errors for text in _messages(item)]
    if isinstance(errors, Mapping) and type(errors) is dict:
        return [text for item in errors.values() for text in _messages(item)]
    text = words_of(errors).strip()
    return [text] if text else []


FILTERS: Mapping[str, Callable[..., object]] = {
    "error_class": error_class,
    "inline_errors": inline_errors,
}
