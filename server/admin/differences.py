"""What differs between two configuration documents. Pure."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

ABSENT = "–"
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two documents differ; secrets are named, not shown."""

    place: str
    before: str
    after: str


def differences_of(
    before: Document, after: Document, hide: Callable[[Document], Document]
) -> list[Difference]:
    """Tell every place that differs, in the order of `after`; what `hide` hides stays hidden."""
    old, new = dict(_leaves("", before)), dict(_leaves("", after))
    told_old, told_new = dict(_leaves("", hide(before))), dict(_leaves("", hide(after)))
    places = [*new, *(place for place in old if place not in new)]
    return [
        Difference(place, told_old.get(place, ABSENT), told_new.get(place, ABSENT))
        for place in places
        if old.get(place) != new.get(place)
    ]


def _leaves(place: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping) and "pattern" in value:
        yield place, _rule(value)
    elif isinstance(value, Mapping) and value:
        for name, inner in value.items():
            yield from _leaves(f"{place}.{name}" if place else str(name), inner)
    elif isinstance(value, list) and value:
        for number, inner in enumerate(value, start=1):
            yield from _leaves(f"{place}[{number}]", inner)
    else:
        yield place, value if isinstance(value, str) else json.dumps(value)


def _rule(rule: Mapping[str, Any]) -> str:
    """Write a mapping rule in one line, as people think of it."""
    line = f"{rule['http_method']} {rule['pattern']}  +{rule['delta']} {rule['metric_system_name']}"
    return f"{line}, then stop" if rule["last"] else line
