"""Filters on lists: what Liquid takes for equal, for nothing, and for words is not what we do."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import wraps
from typing import Any

from liquid.builtin.filters import array
from liquid.exceptions import FilterError
from liquid.filter import sequence_filter, with_environment
from liquid.undefined import is_undefined
from markupsafe import Markup

from cms.liquid.words import joined, words_of

MISSING = ("missing",)


@with_environment
@sequence_filter
def join(sequence: Any, separator: object = " ", *, environment: Any) -> str:
    """Write the items as words, with a separator between them."""
    between = words_of(separator)
    if environment.autoescape and between == " ":
        between = Markup(between)  # noqa: S704 - one space
    return joined(between, [words_of(item) for item in sequence])


@sequence_filter
def uniq(sequence: Any, key: object = None) -> list[object]:
    """Leave out what was there before, or has the same `key`. Cost: linear."""
    name = None if key is None or is_undefined(key) else words_of(key)
    found: dict[Hashable, object] = {}
    for item in sequence:
        found.setdefault(_same(item if name is None else _of(item, name)), item)
    return list(found.values())


@sequence_filter
def compact(sequence: Any, key: object = None) -> list[object]:
    """Leave out nil, or what has none of `key`."""
    if key is None or is_undefined(key):
        return [item for item in sequence if not _is_nil(item)]
    return [item for item in sequence if _of(item, words_of(key)) not in (None, MISSING)]


@sequence_filter
def sort(sequence: Any, key: object = None) -> list[object]:
    """Sort; what is nil comes last."""
    return _sorted(sequence, key, lambda value: value)


@sequence_filter
def sort_natural(sequence: Any, key: object = None) -> list[object]:
    """Sort by words, whatever their case; what is nil comes last."""
    return _sorted(sequence, key, lambda value: words_of(value).lower())


@sequence_filter
def add_up(sequence: Any, key: object = None) -> Any:
    """Add up the numbers; what is none counts nothing."""
    values = sequence if key is None or is_undefined(key) else array.map_(sequence, key)
    return array.sum_([0 if isinstance(value, bool) else value for value in values])


@sequence_filter
def group_by(sequence: Any, key: object) -> list[list[object]]:
    """Group items by what they have in common: pairs of that and the items.

    Example: {% assign groups = provider.services | group_by: 'backend_version' %}{{ groups.size }}
    """
    name = words_of(key)
    groups: dict[Hashable, list[object]] = {}
    for item in sequence:
        value = None if (found := _of(item, name)) is MISSING else found
        group = groups.setdefault(_same(value), [value, []])
        members = group[1]
        if isinstance(members, list):
            members.append(item)
    return list(groups.values())


@sequence_filter
def any_(sequence: Any, value: object) -> bool:
    """Tell whether a list has an item that reads like this.

    Example: {{ 'gold,silver' | split: ',' | any: 'gold' }} -> true
    """
    wanted = words_of(value)
    return any(words_of(item) == wanted for item in sequence)


def _sorted(items: Sequence[object], key: object, rank: Callable[[Any], Any]) -> list[object]:
    values = array.map_(items, key) if key else items
    pairs = list(zip(values, items, strict=True))
    nothing = [item for value, item in pairs if _is_nil(value)]
    found = [pair for pair in pairs if not _is_nil(pair[0])]
    try:
        ranked = sorted(found, key=lambda pair: rank(pair[0]))
    except TypeError as error:
        raise FilterError("can't sort sequence", token=None) from error
    return [item for _value, item in ranked] + nothing


class Exactly:
    """Equal to what Liquid takes for the same: true is no 1."""

    __hash__ = None  # type: ignore[assignment]  # nobody looks it up

    def __init__(self, value: object) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(self.value, bool) == isinstance(other, bool) and self.value == other


class Something:
    """Equal to all that is neither nil nor false: 0 is something."""

    __hash__ = None  # type: ignore[assignment]  # nobody looks it up

    def __eq__(self, other: object) -> bool:
        return other is not None and other is not False


def selecting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter that selects by an attribute, so that it compares as Liquid does."""

    @sequence_filter
    @wraps(function)
    def select(sequence: Any, attribute: object, value: object = None) -> Any:
        is_open = value is None or is_undefined(value)
        return function(sequence, attribute, Something() if is_open else Exactly(value))

    return select


def _is_nil(value: object) -> bool:
    return bool(value == None)  # noqa: E711 - the library has a nil of its own beside it


def _of(item: object, name: str) -> object:
    return item.get(name, MISSING) if isinstance(item, Mapping) else MISSING


def _same(value: object) -> Hashable:
    """Make what is equal for equal values: lists and mappings can't be looked up."""
    if isinstance(value, list | tuple):
        return ("list", *map(_same, value))
    if isinstance(value, dict):
        return ("dict", frozenset((name, _same(item)) for name, item in value.items()))
    if isinstance(value, bool | int | float):
        return (type(value).__name__, value)
    return value


FILTERS: Mapping[str, Callable[..., object]] = {
    "any": any_,
    "compact": compact,
    "group_by": group_by,
    "find": selecting(array.find),
    "find_index": selecting(array.find_index),
    "has": selecting(array.has),
    "join": join,
    "reject": selecting(array.reject),
    "sort": sort,
    "sort_natural": sort_natural,
    "sum": add_up,
    "uniq": uniq,
    "where": selecting(array.where),
}
