"""The `usage` parameter: names and values checked, rolled up. Source: service-management-api 8."""

import re
from collections.abc import Mapping, Sequence

from gateway.counters.base import MOST_COUNT, Delta
from gateway.directory import Metric, Service
from gateway.transactions.errors import metric_invalid, usage_value_invalid
from gateway.transactions.params import Hash, Value
from gateway.usage import UnknownMetric, Usage, get_ancestry, roll_up

AMOUNT = re.compile(r"\s*(#?)0*([0-9]+)\s*", re.ASCII)
MOST_DIGITS = len(str(MOST_COUNT))
ZERO = re.compile(r"\s*0+\s*", re.ASCII)


def parse_usages(metrics: Mapping[str, Metric], usage: Hash) -> list[Usage]:
    """Read the usage of one call or transaction. Raises: WireError."""
    return [parse_usage(metrics, name, value) for name, value in usage.items()]


def parse_deltas(service: Service, usage: Hash, *, flat: bool) -> tuple[Delta, ...]:
    """Check usage and roll it up; with `flat`, ancestors are touched by zero, to be tested.

    Raises: WireError `metric_invalid`, `usage_value_invalid`.
    """
    usages = parse_usages(service.metrics, usage)
    try:
        deltas = roll_up(service.metrics, usages, flat=flat)
        return _with_ancestors(service.metrics, usages, deltas) if flat else deltas
    except UnknownMetric as error:  # a parent that has just been deleted
        raise metric_invalid(error.name) from error


def parse_usage(metrics: Mapping[str, Metric], name: str, value: Value) -> Usage:
    """Read the usage of one metric; beyond what counters hold it is the most they do.

    Raises: WireError.
    """
    metric = name.strip()
    if metric not in metrics:
        raise metric_invalid(metric)
    text = _shown(value)
    match = AMOUNT.fullmatch(text)
    if match is None:
        raise usage_value_invalid(metric, text if text.strip() else "")
    is_more = len(match[2]) > MOST_DIGITS  # which Python may refuse to read
    amount = MOST_COUNT if is_more else min(int(match[2]), MOST_COUNT)
    return Usage(metric, amount, is_set=bool(match[1]))


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
    return value if isinstance(value, str) else _written(value)


def _written(value: Value) -> str:
    """Write what is no text as the reference does: `{"x"=>"1"}`."""
    if isinstance(value, dict):
        pairs = (f"{_written(name)}=>{_written(each)}" for name, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if value is None:
        return "nil"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
