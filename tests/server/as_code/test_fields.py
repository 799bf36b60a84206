"""Values: their shapes, and the tables' defaults."""

from decimal import Decimal
from typing import Any

import pytest

from server.as_code.fields import Field, FieldKind, field_of
from server.as_code.topics import TOPICS
from server.domain.drafts import attributes_of
from server.domain.errors import Invalid
from server.domain.provider.settings import SettingDraft
from server.domain.services.services import ServiceDraft


@pytest.mark.parametrize(
    ("kind", "plain", "value"),
    [
        (FieldKind.TEXT, "a", "a"),
        (FieldKind.TEXT, 2, "2"),
        (FieldKind.FLAG, False, False),
        (FieldKind.NUMBER, -3, -3),
        (FieldKind.MONEY, "9.90", Decimal("9.9")),
        (FieldKind.MONEY, 9, Decimal(9)),
        (FieldKind.NAMES, ["b", "a", "b"], ["a", "b"]),
    ],
)
def test_a_value_has_the_shape_of_its_kind(kind: FieldKind, plain: Any, value: Any) -> None:
    assert Field(name="x", kind=kind).of(plain) == value


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (FieldKind.TEXT, True),
        (FieldKind.TEXT, None),
        (FieldKind.TEXT, []),
        (FieldKind.FLAG, "yes"),
        (FieldKind.FLAG, 1),
        (FieldKind.NUMBER, True),
        (FieldKind.NUMBER, "1"),
        (FieldKind.MONEY, "free"),
        (FieldKind.MONEY, True),
        (FieldKind.NAMES, "a"),
        (FieldKind.NAMES, [1]),
        (FieldKind.NAMES, {}),
    ],
)
def test_another_shape_is_refused(kind: FieldKind, plain: Any) -> None:
    with pytest.raises(Invalid):
        Field(name="x", kind=kind).of(plain)


def test_fields_take_kind_default_and_rule_from_the_draft() -> None:
    attributes = {each.name: each for each in attributes_of(SettingDraft)}
    names = ("signups_enabled", "currency")

    signups, currency = (field_of(SettingDraft, attributes[name]) for name in names)
    plan_changes = {each.name: each for each in attributes_of(ServiceDraft)}
    permission = field_of(ServiceDraft, plan_changes["buyer_plan_change_permission"])

    assert (permission.kind, permission.default) == (FieldKind.TEXT, "request")
    assert (signups.kind, signups.default) == (FieldKind.FLAG, True)
    assert currency.of("eur") == "EUR"
    with pytest.raises(Invalid):
        permission.of("magic")


def test_every_topic_is_named_once_and_by_its_own_fields() -> None:
    assert len({topic.word for topic in TOPICS}) == len(TOPICS)
    for topic in TOPICS:
        assert set(topic.named_by) <= {field.name for field in topic.fields}
