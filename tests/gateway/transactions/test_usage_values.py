"""Names and values of usage."""

import pytest

from gateway.counters.base import MOST_COUNT, Delta
from gateway.directory import Metric
from gateway.transactions.errors import WireError
from gateway.transactions.params import Value
from gateway.transactions.usage_values import parse_deltas, parse_usage
from gateway.usage import Usage
from tests.kit.gateway import HITS, a_service

METRICS = {"hits": HITS}


@pytest.mark.parametrize(
    ("text", "usage"),
    [
        ("1", Usage("hits", 1)),
        (" 007 ", Usage("hits", 7)),
        ("#90", Usage("hits", 90, is_set=True)),
        ("\n#0\t", Usage("hits", 0, is_set=True)),
        ("1" + "0" * 15, Usage("hits", 10**15)),
        (str(MOST_COUNT), Usage("hits", MOST_COUNT)),
        (str(MOST_COUNT + 1), Usage("hits", MOST_COUNT)),
        ("#" + "9" * 9999, Usage("hits", MOST_COUNT, is_set=True)),
        ("0" * 30 + "5", Usage("hits", 5)),
    ],
)
def test_digits_add_and_a_number_sign_sets(text: str, usage: Usage) -> None:
    assert parse_usage(METRICS, " hits ", text) == usage


@pytest.mark.parametrize(
    "value",
    ["-1", "1.5", "x", "1 2", "# 1", "##1", "1#", "\u0661", ["1"], {}],
)
def test_all_else_is_no_usage(value: Value) -> None:
    with pytest.raises(WireError) as raised:
        parse_usage(METRICS, "hits", value)

    assert raised.value.code == "usage_value_invalid"


@pytest.mark.parametrize("value", [None, "", "  "])
def test_empty_usage_is_told_apart(value: str | None) -> None:
    with pytest.raises(WireError, match='usage value for metric "hits" can not be empty'):
        parse_usage(METRICS, "hits", value)


def test_flat_usage_touches_ancestors_without_moving_them() -> None:
    deltas = parse_deltas(a_service(), {"deep": "2", "search": "1"}, flat=True)

    assert set(deltas) == {Delta(3, 2), Delta(2, 1), Delta(1, 0)}


def test_a_metric_whose_parent_is_gone_is_invalid() -> None:
    service = a_service(metrics={"search": Metric(2, "search", "hits")})

    with pytest.raises(WireError) as raised:
        parse_deltas(service, {"search": "1"}, flat=False)

    assert raised.value.code == "metric_invalid"
