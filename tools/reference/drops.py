"""What templates may use, as a page: drops with their fields, filters, tags."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from liquid import Environment

import cms.liquid.drops
from cms.liquid.drops.drop import Drop
from cms.liquid.engine import FILTERS, TAGS
from tools.reference.markdown import code, page, table

OF_OURS_TOO = {"date", "strip_html"}  # Liquid's, with something of ours to say
SOURCE = "Source:"  # what follows it is for who reads the code


def drops() -> str:
    """Write the page of what Liquid templates may use."""
    liquids = Environment().filters.keys() - OF_OURS_TOO
    own = sorted((name, function) for name, function in FILTERS.items() if name not in liquids)
    filters = [[code(name), _first(function)] for name, function in own]
    tags = [[code(tag.name), _tag(tag)] for tag in TAGS]
    return page(
        "Liquid",
        "Templates see what is listed here and nothing else, beside Liquid's own tags and filters. "
        "Which page has which variables is in `themes/README.md`.",
        [
            "## Tags",
            table(["Tag", "What"], tags),
            "## Filters",
            table(["Filter", "What"], filters),
            "## Drops",
            *(_drop(kind) for kind in sorted(_kinds(), key=lambda each: each.__name__)),
        ],
    )


def _kinds() -> Iterator[type[Drop[Any]]]:
    for module in pkgutil.iter_modules(cms.liquid.drops.__path__, "cms.liquid.drops."):
        for kind in vars(importlib.import_module(module.name)).values():
            is_drop = inspect.isclass(kind) and issubclass(kind, Drop) and kind is not Drop
            if is_drop and kind.__module__ == module.name:
                yield kind


def _drop(kind: type[Drop[Any]]) -> str:
    rows = [[code(name), *_field(kind, name)] for name in kind.shows]
    heading = f"### {kind.__name__.removesuffix('Drop')}"
    return "\n\n".join([heading, _first(kind), table(["Field", "Type", "What"], rows)])


def _field(kind: type[Drop[Any]], name: str) -> tuple[str, str]:
    attribute = kind.attributes.get(name, name.removesuffix("?"))
    shown = inspect.getattr_static(kind, attribute, None)
    if isinstance(shown, property) and shown.fget is not None:
        return code(_type(get_type_hints(shown.fget).get("return"))), _first(shown.fget)
    model = _model_of(kind)
    hint = get_type_hints(model).get(attribute) if model is not None else None
    return code(_type(hint)), ""


def _model_of(kind: type[Drop[Any]]) -> Any:
    bases: tuple[Any, ...] = getattr(kind, "__orig_bases__", ())
    return next((base.__args__[0] for base in bases if getattr(base, "__args__", ())), None)


def _type(hint: Any) -> str:
    if hint is None:
        return ""
    text = hint.__name__ if inspect.isclass(hint) and not get_args(hint) else str(hint)
    return re.sub(r"[\w.]+\.(\w+)", r"\1", text)


def _first(thing: Any) -> str:
    """Take the first line of a docstring, without what is for who reads the code."""
    line = (inspect.getdoc(thing) or "").split("\n")[0]
    return line.partition(SOURCE)[0].strip()


def _tag(tag: Any) -> str:
    text = inspect.getdoc(inspect.getmodule(tag)) or ""
    return text.split("\n")[0].partition("`: ")[2].strip().capitalize()
