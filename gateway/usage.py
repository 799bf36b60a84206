"""From usage by metric name to the counters it moves: roll-up to parents of any depth. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    chain: list[Metric] = []
    wanted: str | None = name
    while wanted is not None:
        metric = metrics.get(wanted)
        if metric is None:
            raise UnknownMetric(wanted)
        if metric in chain:
            break
        chain.append(metric)
        wanted = metric.parent
    return tuple(chain)


def roll_up(
    metrics: Mapping[str, Metric], usages: Iterable[Usage], *, flat: bool = False
) -> tuple[Delta, ...]:
    """Turn usage into one delta for each metric touched, ancestors included unless `flat`.

    A set reaches the ancestors as a set and discards what came before it; what comes after adds.
    Raises: UnknownMetric.
    """
    deltas: dict[int, Delta] = {}
    for usage in usages:
        chain = get_ancestry(metrics, usage.metric)
        for metric in chain[:1] if flat else chain:
            before = deltas.get(metric.id)
            if usage.is_set or before is None:
                deltas[metric.id] = Delta(metric.id, usage.amount, usage.is_set)
            else:
                amount = before.amount + usage.amount
                deltas[metric.id] = Delta(metric.id, amount, before.is_set)
    return tuple(deltas.values())


def roll_up_added(metrics: Mapping[str, Metric], usage: Mapping[str, int]) -> tuple[Delta, ...]:
    """Turn what mapping rules add up to into deltas. Raises: UnknownMetric."""
    return roll_up(metrics, [Usage(name, amount) for name, amount in usage.items()])
