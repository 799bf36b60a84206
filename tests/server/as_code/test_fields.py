"""Values: their shapes, and the tables' defaults."""

from decimal import Decimal
from typing import Any

import pytest

from server.as_code.fields import Field, Kind, columns
from server.as_code.topics import TOPICS
from server.domain.errors import Invalid
from server.domain.plans.plans import ApplicationPlan


@pytest.mark.parametrize(
    ("kind", "plain", "value"),
    [
        (Kind.TEXT, "a", "a"),
        (Kind.TEXT, 2, "2"),
        (Kind.FLAG, False, False),
        (Kind.NUMBER, -3, -3),
        (Kind.MONEY, "9.90", Decimal("9.9")),
        (Kind.MONEY, 9, Decimal(9)),
        (Kind.NAMES, ["b", "a", "b"], ["a", "b"]),
    ],
)
def test_a_value_has_the_shape_of_its_kind(kind: Kind, plain: Any, value: Any) -> None:
    assert Field(name="x", kind=kind).of(plain) == value


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (Kind.TEXT, True),
        (Kind.TEXT, None),
        (Kind.TEXT, []),
        (Kind.FLAG, "yes"),
        (Kind.FLAG, 1),
        (Kind.NUMBER, True),
        (Kind.NUMBER, "1"),
        (Kind.MONEY, "free"),
        (Kind.MONEY, True),
        (Kind.NAMES, "a"),
        (Kind.NAMES, [1]),
        (Kind.NAMES, {}),
    ],
)
def test_another_shape_is_refused(kind: Kind, plain: Any) -> None:
    with pytest.raises(Invalid):
        Field(name="x", kind=kind).of(plain)


def test_columns_take_kind_and_default_from_the_table() -> None:
    fields = columns(ApplicationPlan, dict.fromkeys(("description", "setup_fee"), str))

    assert [(field.kind, field.default) for field in fields] == [
        (Kind.TEXT, ""),
        (Kind.MONEY, Decimal(0)),
    ]


def test_every_topic_is_named_once_and_by_its_own_fields() -> None:
    assert len({topic.word for topic in TOPICS}) == len(TOPICS)
    for topic in TOPICS:
        assert set(topic.named_by) <= {field.name for field in topic.fields}
