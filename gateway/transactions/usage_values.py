"""The `usage` parameter: names and values checked, rolled up. Source: service-management-api 8."""

import json
import re
from collections.abc import Mapping, Sequence

from gateway.counters.base import Delta
from gateway.directory import Metric, Service
from gateway.transactions.errors import metric_invalid, usage_value_invalid
from gateway.transactions.params import Hash, Value
from gateway.usage import UnknownMetric, Usage, get_ancestry, roll_up

# Fifteen digits: a thousand such values still fit a database's 64-bit column.
AMOUNT = re.compile(r"\s*(#?)0*([0-9]{1,15})\s*", re.ASCII)
ZERO = re.compile(r"\s*0+\s*", re.ASCII)


def parse_deltas(service: Service, usage: Hash, *, flat: bool) -> tuple[Delta, ...]:
    """Check usage and roll it up; with `flat`, ancestors are touched by zero, to be tested.

    Raises: WireError `metric_invalid`, `usage_value_invalid`.
    """
    usages = [parse_usage(service.metrics, name, value) for name, value in usage.items()]
    try:
        deltas = roll_up(service.metrics, usages, flat=flat)
        return _with_ancestors(service.metrics, usages, deltas) if flat else deltas
    except UnknownMetric as error:  # a parent that has just been deleted
        raise metric_invalid(error.name) from error


def parse_usage(metrics: Mapping[str, Metric], name: str, value: Value) -> Usage:
    """Read the usage of one metric. Raises: WireError."""
    metric = name.strip()
    if metric not in metrics:
        raise metric_invalid(metric)
    text = _shown(value)
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise usage_value_invalid(metric, text if text.strip() else "")
    return Usage(metric, int(match[2]), is_set=bool(match[1]))


def is_nothing(usage: Value) -> bool:
    """Return whether a transaction has nothing to count; setting a counter to zero is something."""
    if not isinstance(usage, dict):
        return usage is None
    return all(isinstance(value, str) and ZERO.fullmatch(value) for value in usage.values())


def counts_anything(deltas: Sequence[Delta]) -> bool:
    """Return whether any counter would move or be set."""
    return any(delta.amount or delta.is_set for delta in deltas)


def _with_ancestors(
    metrics: Mapping[str, Metric], usages: Sequence[Usage], deltas: tuple[Delta, ...]
) -> tuple[Delta, ...]:
    touched = {delta.metric_id for delta in deltas}
    above: dict[int, Delta] = {}
    for usage in usages:
        for metric in get_ancestry(metrics, usage.metric):
            if metric.id not in touched:
                above[metric.id] = Delta(metric.id, 0)
    return deltas + tuple(above.values())


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
