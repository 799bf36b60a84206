"""Roll-up to parents moves each ancestor by all that lies below it."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.counters.base import Delta
from gateway.directory import Metric
from gateway.usage import UnknownMetric, Usage, get_ancestry, join, roll_up, roll_up_added


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


def play(counters: dict[int, int], deltas: Iterable[Delta]) -> None:
    """Count as a store does."""
    for delta in deltas:
        before = 0 if delta.is_set else counters[delta.metric_id]
        counters[delta.metric_id] = before + delta.amount


@given(trees(), st.data())
def test_joined_calls_come_to_what_one_after_the_other_does(
    metrics: dict[str, Metric], data: st.DataObject
) -> None:
    usage = st.builds(Usage, st.sampled_from(sorted(metrics)), st.integers(0, 9), st.booleans())
    calls = data.draw(st.lists(st.lists(usage, max_size=4), max_size=4))
    one_by_one = dict.fromkeys(range(8), 100)
    at_once = dict(one_by_one)

    steps = [roll_up(metrics, call) for call in calls]
    for step in steps:
        play(one_by_one, step)
    play(at_once, join(steps))

    assert at_once == one_by_one


SET_3, FIVE = Usage("m1", 3, is_set=True), Usage("hits", 5)


@pytest.mark.parametrize(
    ("usages", "hits"),
    [
        ([SET_3, FIVE], Delta(1, 3, is_set=True)),
        ([FIVE, SET_3], Delta(1, 3, is_set=True)),
        ([Usage("hits", 5, is_set=True), Usage("m1", 3)], Delta(1, 8, is_set=True)),
        ([Usage("m1", 3), Usage("hits", 5, is_set=True)], Delta(1, 8, is_set=True)),
        ([SET_3, Usage("m2", 4)], Delta(1, 7, is_set=True)),
        ([Usage("m2", 4), SET_3], Delta(1, 3, is_set=True)),
        ([Usage("deep", 2, is_set=True), SET_3], Delta(1, 2, is_set=True)),
        ([Usage("deep", 2), SET_3, FIVE], Delta(1, 5, is_set=True)),
        ([Usage("deep", 2), FIVE], Delta(1, 7)),
    ],
)
def test_a_parents_own_usage_comes_first_then_its_childrens_as_sent(
    usages: list[Usage], hits: Delta
) -> None:
    metrics = {
        "hits": Metric(1, "hits", None),
        "m1": Metric(2, "m1", "hits"),
        "m2": Metric(3, "m2", "hits"),
        "deep": Metric(4, "deep", "m1"),
    }

    assert hits in roll_up(metrics, usages)


@given(trees(), st.data())
def test_rules_move_what_usage_moves(metrics: dict[str, Metric], data: st.DataObject) -> None:
    usage = data.draw(st.dictionaries(st.sampled_from(sorted(metrics)), st.integers(0, 9)))

    by_rules = roll_up_added(metrics, usage)

    by_usage = roll_up(metrics, [Usage(name, amount) for name, amount in usage.items()])
    assert {*by_rules} == {*by_usage}


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
