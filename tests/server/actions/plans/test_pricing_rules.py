"""Pricing rules: ranges of units that do not overlap, each with a price."""

from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session

from server.actions.plans.pricing_rules import PRICING_RULES, rules_by_plan
from server.actions.provider.providers import NewProvider
from server.actions.services.metrics import METRICS, list_metrics
from server.actions.services.services import create_service
from server.actions.work import Work
from server.domain.errors import DomainError, Invalid, NotFound
from server.kit.money import Money
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import refused


def add(work: Work, acme: NewProvider, least: int, most: int | None, **over: object) -> int:
    """Price a range of hits on the sample plan."""
    metric_id = list_metrics(work.db, acme.sample.service.id)[0].id
    values = {"metric_id": metric_id, "min": least, "max": most, "cost_per_unit": "0.01"}
    return PRICING_RULES.create(work, {**values, **over}, acme.sample.application.plan_id).id


def test_ranges_of_a_metric_stand_beside_each_other_and_never_overlap(
    acme: NewProvider, db: Session
) -> None:
    work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
    first, last = add(work, acme, 1, 10), add(work, acme, 101, None)
    between = add(work, acme, 11, 100)

    for least, most, field in (
        (1, None, "min"),
        (5, 5, "min"),
        (10, 12, "min"),
        (100, 100, "min"),
        (2**53 - 1, None, "min"),
        (1, 1, "min"),
        (7, 6, "max"),
    ):
        refused(work, Invalid, add, acme, least, most, field=field)
    with pytest.raises(Invalid, match="units 11 to 100"):
        PRICING_RULES.update(work, first, {"max": 11})
    refused(work, Invalid, PRICING_RULES.update, between, {"max": None}, field="max")
    PRICING_RULES.update(work, between, {"max": 50})  # a gap costs nothing
    PRICING_RULES.delete(work, last)
    PRICING_RULES.update(work, between, {"max": None, "cost_per_unit": "0.0001"})
    rules = rules_by_plan(db, [plan_id])[plan_id]
    ranges = [(rule.min, rule.max, rule.cost_per_unit) for rule in rules]
    assert ranges == [(1, 10, Decimal("0.01")), (11, None, Decimal("0.0001"))]


def test_a_price_is_of_a_metric_of_the_plans_api_and_goes_with_it(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
    other = list_metrics(db, create_service(work, {"name": "Other"}).id)[0].id
    theirs = list_metrics(db, globex.sample.service.id)[0].id
    size = METRICS.create(work, {"friendly_name": "Size"}, acme.sample.service.id).id
    add(work, acme, 1, None)
    add(work, acme, 1, None, metric_id=size)  # another metric has ranges of its own

    wrong: list[tuple[type[DomainError], dict[str, Any]]] = [
        (Invalid, {"metric_id": other}),
        (NotFound, {"metric_id": theirs}),
        *((Invalid, {"cost_per_unit": each}) for each in ("-1", "0.00001", "lots", None)),
    ]
    for error, given in wrong:
        refused(work, error, partial(add, **given), acme, 1, 2, field=next(iter(given)))
    METRICS.delete(work, size)
    assert [rule.metric_id for rule in rules_by_plan(db, [plan_id])[plan_id]] != [size]


def test_a_price_is_written_as_fine_as_it_is() -> None:
    prices = [("0.0005", "USD"), ("0.1", "USD"), ("3.00", "JPY"), ("0.5", "JPY"), ("1", "CLF")]

    written = [Money(Decimal(amount), currency).exact for amount, currency in prices]

    assert written == ["USD 0.0005", "USD 0.10", "JPY 3", "JPY 0.5", "CLF 1.0000"]
