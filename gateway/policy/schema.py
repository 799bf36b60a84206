"""Checks a configuration against the JSON Schema of its policy, and fills in its defaults. Pure.

Only the keywords below are known, and a schema with another one is refused: a rule that is
silently not checked would be worse than none.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any

from gateway.config.fields import shown
from gateway.policy.base import Policy

TYPES: Mapping[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
}
SECRET = "writeOnly"  # noqa: S105 - the value is shown to nobody who could not act with it
NOTES = frozenset({"$schema", "title", "description", "default", "examples", SECRET})
RULES = frozenset(
    {
        "additionalProperties",
        "enum",
        "items",
        "maximum",
        "maxItems",
        "maxLength",
        "minimum",
        "minItems",
        "minLength",
        "pattern",
        "properties",
        "required",
        "type",
    }
)
Schema = Mapping[str, Any]
SECRET_NAME = "secret"  # noqa: S105 - whatever it is called, messages hide its value


def read_schema(policy: type[Policy]) -> Schema:
    """Read the `schema.json` beside a policy. Raises: ValueError for one that isn't understood."""
    return _read_schema(policy.__module__.rpartition(".")[0], policy.name)


@cache
def _read_schema(package: str, name: str) -> Schema:
    text = resources.files(package).joinpath("schema.json").read_text(encoding="utf-8")
    schema: Schema = json.loads(text)
    _refuse_unknown(schema, name)
    return schema


def list_faults(schema: Schema, value: Any, path: str) -> Iterator[str]:
    """List every rule that a value breaks: path, value and rule."""
    name = SECRET_NAME if schema.get(SECRET) else path.rpartition(".")[2]
    kind = schema.get("type", "object")
    if not _is_a(kind, value):
        yield f"{path} = {shown(name, value)}: must be of type {kind}"
        return
    rule = _broken_rule(schema, value)
    if rule:
        yield f"{path} = {shown(name, value)}: {rule}"
    if isinstance(value, dict):
        yield from _object_faults(schema, value, path)
    elif isinstance(value, list) and "items" in schema:
        for at, item in enumerate(value):
            yield from list_faults(schema["items"], item, f"{path}[{at}]")


def with_defaults(schema: Schema, value: Any) -> Any:
    """Fill in what a checked value leaves out."""
    if isinstance(value, list) and "items" in schema:
        return [with_defaults(schema["items"], item) for item in value]
    if not isinstance(value, dict):
        return value
    properties = schema.get("properties", {})
    defaults = {name: each["default"] for name, each in properties.items() if "default" in each}
    given = {name: with_defaults(properties[name], each) for name, each in value.items()}
    return defaults | given


def list_secrets(schema: Schema, value: Any) -> Iterator[Any]:
    """List the values that the schema marks."""
    if schema.get(SECRET):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from list_secrets(schema.get("items", {}), each)
    elif isinstance(value, dict):
        known = schema.get("properties", {})
        for name, each in value.items():
            yield from list_secrets(known.get(name, {}), each)


def without_secrets(schema: Schema, value: Any, hidden: str) -> Any:
    """Put `hidden` in the place of each value that the schema marks; empty ones stay empty."""
    return map_secrets(schema, value, lambda secret: hidden if secret else secret)


def map_secrets(schema: Schema, value: Any, change: Callable[[Any], Any]) -> Any:
    """Copy a value with another in the place of each that the schema marks."""
    if schema.get(SECRET):
        return change(value)
    if isinstance(value, list):
        return [map_secrets(schema.get("items", {}), each, change) for each in value]
    if not isinstance(value, dict):
        return value
    known = schema.get("properties", {})
    return {name: map_secrets(known.get(name, {}), each, change) for name, each in value.items()}


def with_secrets(schema: Schema, value: Any, standing: Any, hidden: str) -> Any:
    """Undo `without_secrets`: take what is hidden from where the same stands.

    An item of a list is the same when all that is not secret is. What stands nowhere stays hidden.
    """
    if schema.get(SECRET):
        return standing if value == hidden and standing is not None else value
    if isinstance(value, list):
        inner = schema.get("items", {})
        left = list(standing) if isinstance(standing, list) else []
        return [
            with_secrets(inner, each, _take(inner, each, left, hidden), hidden) for each in value
        ]
    if not isinstance(value, dict):
        return value
    known = schema.get("properties", {})
    before = standing if isinstance(standing, dict) else {}
    return {
        name: with_secrets(known.get(name, {}), each, before.get(name), hidden)
        for name, each in value.items()
    }


def _take(schema: Schema, item: Any, left: list[Any], hidden: str) -> Any:
    """Take the first item out of a list that is this one but for its secrets."""
    seen = without_secrets(schema, item, hidden)
    for at, each in enumerate(left):
        if without_secrets(schema, each, hidden) == seen:
            return left.pop(at)
    return None


def _object_faults(schema: Schema, value: Mapping[str, Any], path: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{path}.{name}: is missing"
    for name, each in value.items():
        if name in properties:
            yield from list_faults(properties[name], each, f"{path}.{name}")
        else:
            known = ", ".join(properties) or "none"
            yield f"{path}.{name}: is not known here; these are: {known}"


def _is_a(kind: str, value: Any) -> bool:
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, TYPES[kind])


def _broken_rule(schema: Schema, value: Any) -> str:
    """Name the rule that a value of the right type breaks, empty when it breaks none."""
    if "enum" in schema and value not in schema["enum"]:
        return f"must be one of {', '.join(map(str, schema['enum']))}"
    if isinstance(value, str):
        if "pattern" in schema and not re.fullmatch(schema["pattern"][1:-1], value):
            return str(schema.get("description", f"must match {schema['pattern']}"))
        return _size_rule(len(value), schema.get("minLength"), schema.get("maxLength"), "length ")
    if isinstance(value, list):
        return _size_rule(len(value), schema.get("minItems"), schema.get("maxItems"), "length ")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _size_rule(value, schema.get("minimum"), schema.get("maximum"), "")
    return ""


def _size_rule(size: float, least: float | None, most: float | None, of: str) -> str:
    if least is not None and size < least:
        return f"must have {of}at least {least}" if of else f"must be at least {least}"
    if most is not None and size > most:
        return f"must have {of}at most {most}" if of else f"must be at most {most}"
    return ""


def _refuse_unknown(schema: Schema, path: str) -> None:
    unknown = schema.keys() - NOTES - RULES
    if unknown or schema.get("type") not in TYPES:
        raise ValueError(f"{path}: the schema has {sorted(unknown) or 'no known type'}.")
    if schema.get("additionalProperties", False) is not False:
        raise ValueError(f"{path}: unknown properties are always refused.")
    if not re.fullmatch(r"\^.*\$", schema.get("pattern", "^$")):
        raise ValueError(f"{path}: a pattern is for the whole text, from ^ to $.")
    for name, each in schema.get("properties", {}).items():
        _refuse_unknown(each, f"{path}.{name}")
    if "items" in schema:
        _refuse_unknown(schema["items"], f"{path}[]")
