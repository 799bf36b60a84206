"""From usage by metric name to the counters it moves: roll-up to parents of any depth. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from gateway.counters.base import Delta
from gateway.directory import Metric


class UnknownMetric(ValueError):
    """Usage names a metric that the service does not have; `name` is it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True)
class Usage:
    """An amount of one metric, by its system name; `is_set` puts it in the counter's place."""

    metric: str
    amount: int
    is_set: bool = False


def get_ancestry(metrics: Mapping[str, Metric], name: str) -> tuple[Metric, ...]:
    """List a metric and its ancestors, nearest first. Raises: UnknownMetric."""
    line: list[Metric] = []
    wanted: str | None = name
    while wanted is not None:
        metric = metrics.get(wanted)
        if metric is None:
            raise UnknownMetric(wanted)
        if metric in line:
            break
        line.append(metric)
        wanted = metric.parent
    return tuple(line)


def roll_up(
    metrics: Mapping[str, Metric], usages: Iterable[Usage], *, flat: bool = False
) -> tuple[Delta, ...]:
    """Turn usage of one call into one delta for each metric touched.

    Ancestors are included unless `flat`: a metric's own usage comes first, then what its children
    come to, in the order sent. A set reaches them as a set and discards what came before it; what
    comes after adds. Raises: UnknownMetric.
    """
    sums: dict[str, Usage] = {}
    depths: dict[str, int] = {}
    for usage in usages:
        sums[usage.metric] = _after(sums.get(usage.metric), usage)
        for depth, metric in enumerate(reversed(get_ancestry(metrics, usage.metric))):
            depths[metric.system_name] = depth
    if not flat:
        for depth in range(max(depths.values(), default=0), 0, -1):
            for name in [each for each in sums if depths[each] == depth]:
                parent = metrics[name].parent
                if parent is not None:
                    sums[parent] = _after(sums.get(parent), replace(sums[name], metric=parent))
    return tuple(Delta(metrics[name].id, sums[name].amount, sums[name].is_set) for name in sums)


def join(steps: Iterable[Sequence[Delta]]) -> tuple[Delta, ...]:
    """Put together what calls that follow each other count, one delta for each metric."""
    deltas: dict[int, Delta] = {}
    for delta in chain.from_iterable(steps):
        before = deltas.get(delta.metric_id)
        if before is not None and not delta.is_set:
            delta = Delta(delta.metric_id, before.amount + delta.amount, before.is_set)
        deltas[delta.metric_id] = delta
    return tuple(deltas.values())


def _after(before: Usage | None, usage: Usage) -> Usage:
    """Give what a metric's usage comes to when more of it follows."""
    if usage.is_set or before is None:
        return usage
    return Usage(usage.metric, before.amount + usage.amount, before.is_set)


def roll_up_added(metrics: Mapping[str, Metric], usage: Mapping[str, int]) -> tuple[Delta, ...]:
    """Turn what mapping rules add up to into deltas: each call does. Raises: UnknownMetric."""
    sums: dict[int, int] = {}
    for name, amount in usage.items():
        for metric in get_ancestry(metrics, name):
            sums[metric.id] = sums.get(metric.id, 0) + amount
    return tuple(Delta(metric_id, amount) for metric_id, amount in sums.items())
