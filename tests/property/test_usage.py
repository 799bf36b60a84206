"""Roll-up to parents moves each ancestor by all that lies below it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.counters.base import Delta
from gateway.directory import Metric
from gateway.usage import UnknownMetric, Usage, get_ancestry, roll_up


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Metric]:
    metrics: dict[str, Metric] = {}
    for number in range(draw(st.integers(1, 8))):
        parents = [None, *metrics]
        name = f"m{number}"
        metrics[name] = Metric(number, name, draw(st.sampled_from(parents)))
    return metrics


@given(trees(), st.data())
def test_every_ancestor_moves_by_the_sum_of_what_lies_below(
    metrics: dict[str, Metric], data: st.DataObject
) -> None:
    names = st.sampled_from(sorted(metrics))
    usages = data.draw(st.lists(st.builds(Usage, names, st.integers(0, 9)), max_size=6))

    deltas = {delta.metric_id: delta.amount for delta in roll_up(metrics, usages)}

    for metric in metrics.values():
        below = [usage.amount for usage in usages if metric in get_ancestry(metrics, usage.metric)]
        assert deltas.get(metric.id, 0) == sum(below)
        assert (metric.id in deltas) == bool(below)


@given(trees(), st.data())
def test_playing_deltas_equals_playing_each_usage(
    metrics: dict[str, Metric], data: st.DataObject
) -> None:
    names = st.sampled_from(sorted(metrics))
    usages = data.draw(
        st.lists(st.builds(Usage, names, st.integers(0, 9), st.booleans()), max_size=6)
    )
    one_by_one = dict.fromkeys(range(8), 100)
    at_once = dict(one_by_one)

    for usage in usages:
        for metric in get_ancestry(metrics, usage.metric):
            before = 0 if usage.is_set else one_by_one[metric.id]
            one_by_one[metric.id] = before + usage.amount
    for delta in roll_up(metrics, usages):
        at_once[delta.metric_id] = delta.amount + (0 if delta.is_set else at_once[delta.metric_id])

    assert at_once == one_by_one


def test_usage_of_a_metric_that_is_not_there_is_reported() -> None:
    with pytest.raises(UnknownMetric) as caught:
        roll_up({"hits": Metric(1, "hits", None)}, [Usage("gone", 1)])

    assert caught.value.name == "gone"


def test_metrics_that_are_each_others_parents_end() -> None:
    metrics = {"a": Metric(1, "a", "b"), "b": Metric(2, "b", "a")}

    deltas = roll_up(metrics, [Usage("a", 1)])

    assert deltas == (Delta(1, 1), Delta(2, 1))


def test_flat_usage_stays_with_its_metric() -> None:
    metrics = {"a": Metric(1, "a", None), "b": Metric(2, "b", "a")}

    assert roll_up(metrics, [Usage("b", 1)], flat=True) == (Delta(2, 1),)
