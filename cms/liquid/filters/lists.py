"""Filters on lists whose cost the library leaves open."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from liquid.filter import sequence_filter
from liquid.undefined import is_undefined

MISSING = ("missing",)


@sequence_filter
def uniq(sequence: Any, key: object = None) -> list[object]:
    """Leave out what was there before, or has the same `key`. Cost: linear."""
    name = None if key is None or is_undefined(key) else str(key)
    found: dict[Hashable, object] = {}
    for item in sequence:
        found.setdefault(_same(item if name is None else _of(item, name)), item)
    return list(found.values())


def _of(item: object, name: str) -> object:
    return item.get(name, MISSING) if isinstance(item, Mapping) else MISSING


def _same(value: object) -> Hashable:
    """Make what is equal for equal values: lists and mappings can't be looked up."""
    if isinstance(value, list | tuple):
        return ("list", *map(_same, value))
    if isinstance(value, dict):
        return ("dict", frozenset((name, _same(item)) for name, item in value.items()))
    return value


FILTERS: Mapping[str, Callable[..., object]] = {"uniq": uniq}
