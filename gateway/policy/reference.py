"""Writes the page about policies from schemas and READMEs: `python -m gateway.policy.reference`."""

import json
import sys
from collections.abc import Iterator
from importlib import resources

from gateway.policy import POLICIES
from gateway.policy.base import Policy
from gateway.policy.schema import SECRET, Schema, read_schema

HEAD = ("| Field | Type | Default | What |", "|---|---|---|---|")


def write_reference() -> str:
    introduction = resources.files(__package__).joinpath("introduction.md").read_text("utf-8")
    return "\n".join([introduction, *(_section(policy) for policy in POLICIES)])


def _section(policy: type[Policy]) -> str:
    schema = read_schema(policy)
    package = policy.__module__.rpartition(".")[0]
    words = resources.files(package).joinpath("README.md").read_text(encoding="utf-8")
    parts = [f"## `{policy.name}`: {schema['title']}", schema["description"], words.strip()]
    rows = list(_rows(schema, ""))
    if rows:
        parts.append("\n".join([*HEAD, *rows]))
    return "\n\n".join(parts) + "\n"


def _rows(schema: Schema, path: str) -> Iterator[str]:
    required = schema.get("required", ())
    for name, each in schema.get("properties", {}).items():
        field = f"{path}{name}"
        default = "required" if name in required else _default(each)
        yield f"| `{field}` | {_type(each)} | {default} | {_what(each)} |"
        items = each.get("items", {})
        if each["type"] == "object":
            yield from _rows(each, f"{field}.")
        elif items.get("type") == "object":
            yield from _rows(items, f"{field}[].")


def _default(schema: Schema) -> str:
    return f"`{json.dumps(schema['default'])}`" if "default" in schema else ""


def _type(schema: Schema) -> str:
    if schema["type"] == "array":
        return f"list of {_type(schema['items'])}"
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    return str(schema["type"])


def _what(schema: Schema) -> str:
    title, description = schema.get("title", ""), schema.get("description", "")
    words = f"{title}. {description}".strip() if description else title
    return f"{words}. A secret" if schema.get(SECRET) else words


if __name__ == "__main__":
    sys.stdout.write(write_reference())
