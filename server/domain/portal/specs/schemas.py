"""Schemas as people read them: what type, which fields, an example."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.domain.portal.specs.reading import Document, items_of, members_of, resolve, text_of

MOST_FIELDS = 200  # listed of one schema
MOST_DEPTH = 4
MOST_EXAMPLES = 50  # fields of one object in an example
MOST_TEXT = 2_000
COMBINED = ("allOf", "oneOf", "anyOf")
EXAMPLES: Mapping[str, object] = {
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "string": "text",
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "email": "ann@example.com",
    "uri": "https://example.com",
    "byte": "dGV4dA==",
    "binary": "",
    "password": "secret",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an object; `name` is a path such as `owner.name` or `tags[]`."""

    name: str
    type: str
    required: bool = False
    description: str = ""


def type_of(document: Document, schema: object, depth: int = 0) -> str:
    """Write a schema's type in words: 'integer (int64)', 'array of Pet', 'one of: a, b'."""
    name = _ref_name(schema)
    found = resolve(document, schema)
    given = found.get("type")
    if isinstance(given, list):
        return " or ".join(text_of(each, 20) for each in given)
    values = items_of(found.get("enum"))
    if values:
        return "one of: " + ", ".join(text_of(each, 60) or "null" for each in values[:20])
    if given == "array" or "items" in found:
        inner = type_of(document, found.get("items"), depth + 1) if depth < MOST_DEPTH else ""
        return f"array of {inner}" if inner else "array"
    if name:
        return name
    if given is None and any(key in found for key in COMBINED):
        key = next(key for key in COMBINED if key in found)
        if depth >= MOST_DEPTH:
            return "object"
        joint = " and " if key == "allOf" else " or "
        kinds = [type_of(document, each, depth + 1) for each in items_of(found[key])[:10]]
        return joint.join(dict.fromkeys(filter(None, kinds)))
    if given is None:
        return "object" if "properties" in found else ""
    detail = text_of(found.get("format"), 40)
    return f"{text_of(given, 20)} ({detail})" if detail else text_of(given, 20)


def fields_of(document: Document, schema: object) -> list[Field]:
    """List the fields of an object, those of inner ones with them; at most so many."""
    found: list[Field] = []
    for field in _fields(document, schema, "", ()):
        found.append(field)
        if len(found) == MOST_FIELDS:
            break
    return found


def properties_of(document: Document, schema: object) -> tuple[Mapping[str, Any], set[str]]:
    """Gather the properties of an object and which are required, through `allOf`."""
    properties: dict[str, Any] = {}
    required: set[str] = set()
    waiting, seen = [(schema, 0)], 0
    while waiting and seen < 50:
        each, depth = waiting.pop(0)
        seen += 1
        found = resolve(document, each)
        properties = {**members_of(found.get("properties")), **properties}
        required |= {name for name in items_of(found.get("required")) if isinstance(name, str)}
        if depth < 10:
            waiting += [(inner, depth + 1) for inner in items_of(found.get("allOf"))]
    return properties, required


def example_of(document: Document, schema: object, depth: int = 0) -> object:
    """Make up a value that a schema allows; what goes too deep is null."""
    found = resolve(document, schema)
    for key in ("example", "default", "const"):
        if key in found:
            return found[key]
    for key in ("examples", "enum"):
        if items_of(found.get(key)):
            return found[key][0]
    if depth > MOST_DEPTH + 2:
        return None
    if found.get("type") == "array" or "items" in found:
        return [example_of(document, found["items"], depth + 1)] if "items" in found else []
    properties, _ = properties_of(document, found)
    if properties:
        return {
            name: example_of(document, inner, depth + 1)
            for name, inner in list(properties.items())[:MOST_EXAMPLES]
            if not members_of(inner).get("readOnly")
        }
    for key in COMBINED:
        if items_of(found.get(key)):
            return example_of(document, found[key][0], depth + 1)
    return _example_of_kind(found)


def _example_of_kind(schema: Mapping[str, Any]) -> object:
    """Make up a value by type and format alone."""
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "string")
    if kind == "object":
        return {}
    return EXAMPLES.get(text_of(schema.get("format"), 40), EXAMPLES.get(str(kind), "text"))


def _fields(
    document: Document, schema: object, prefix: str, parents: tuple[str, ...]
) -> Iterator[Field]:
    name = _ref_name(schema)
    if len(parents) >= MOST_DEPTH or (name and name in parents):
        return
    found = resolve(document, schema)
    parents = (*parents, name)
    if "items" in found and "properties" not in found:
        yield from _fields(document, found["items"], f"{prefix}[]", parents)
        return
    properties, required = properties_of(document, found)
    for key, inner in properties.items():
        path = f"{prefix}.{key}" if prefix else str(key)
        resolved = resolve(document, inner)
        description = text_of(resolved.get("description"), MOST_TEXT)
        yield Field(path, type_of(document, inner), key in required, description)
        yield from _fields(document, inner, path, parents)
    if not properties:
        for alternative in (*items_of(found.get("oneOf")), *items_of(found.get("anyOf"))):
            yield from _fields(document, alternative, prefix, parents)


def _ref_name(schema: object) -> str:
    reference = schema.get("$ref") if isinstance(schema, Mapping) else None
    return text_of(reference.rpartition("/")[2], 100) if isinstance(reference, str) else ""
