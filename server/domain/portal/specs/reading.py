"""Reading a specification: its version, and what a `$ref` within it means."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from server.kit.strict_json import parse_json

Document = Mapping[str, Any]
MOST_HOPS = 20  # of references that lead to references
NOTHING: Document = {}
CONVERTED = "x-converted-from"  # in a document that we wrote in another format


def parse_document(body: str) -> dict[str, Any]:
    """Read a stored document; whole numbers of any length stay what they are.

    A document that is no object is empty. Cost: grows with the text.
    """
    found = parse_json(body, whole=_whole)
    return found if isinstance(found, dict) else {}


def resolve(document: Document, value: object) -> Document:
    """Follow references within the document; empty for what is no object, or not there."""
    for _ in range(MOST_HOPS):
        if not isinstance(value, Mapping):
            return NOTHING
        reference = value.get("$ref")
        if not isinstance(reference, str):
            return value
        value = find_in(document, reference)
    return NOTHING


def find_in(document: Document, reference: str) -> object:
    """Find what `#/components/schemas/Pet` names; None for nothing, and for what is elsewhere."""
    if not reference.startswith("#"):
        return None
    found: object = document
    for part in reference.removeprefix("#").split("/")[1:]:
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(found, Mapping):
            found = found.get(name)
        elif isinstance(found, list) and name.isdigit() and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found


def references_in(value: object) -> Iterator[str]:
    """List every `$ref` below a value, however deep."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Mapping):
            reference = each.get("$ref")
            if isinstance(reference, str):
                yield reference
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def format_of(document: Document) -> str:
    """Tell the format as people call it: 'OpenAPI 3.1.0', 'Swagger 2.0'; empty for none."""
    if CONVERTED in document:
        return text_of(document[CONVERTED], 30)
    for name, title in (
        ("openapi", "OpenAPI"),
        ("swagger", "Swagger"),
        ("swaggerVersion", "Swagger"),
    ):
        if name in document:
            return f"{title} {text_of(document[name], 20)}"
    return ""


def text_of(value: object, most: int) -> str:
    """Read a text; what is none is empty, what is too long is cut."""
    if isinstance(value, bool | float | int):
        value = str(value)
    if not isinstance(value, str):
        return ""
    value = value.strip()
    return value if len(value) <= most else f"{value[: most - 1]}…"


def items_of(value: object) -> list[Any]:
    """Read a list; what is none is empty."""
    return value if isinstance(value, list) else []


def members_of(value: object) -> Mapping[str, Any]:
    """Read an object; what is none is empty."""
    return value if isinstance(value, Mapping) else NOTHING


def _whole(figures: str) -> int | str:
    """Read a whole number; one of thousands of figures stays text."""
    return int(figures) if len(figures) <= 400 else figures
