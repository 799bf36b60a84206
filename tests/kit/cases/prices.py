"""What many do to the prices of one plan at the same moment."""

from itertools import pairwise

from sqlmodel import Session, col, select

from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.work import Work
from server.domain.plans.pricing_rules import PricingRule
from tests.kit.cases.case import hits, keeps
from tests.kit.cases.race import Race, in_turns
from tests.kit.world import World


def _add(work: Work, world: World, number: int) -> PricingRule:
    values = {"metric_id": hits(work, world), "min": 11 + number % 4 // 2, "cost_per_unit": "1"}
    return PRICING_RULES.create(work, values, world.plan_id)


def _first(work: Work, world: World) -> PricingRule:
    values = {"metric_id": hits(work, world), "max": 10, "cost_per_unit": "1"}
    return PRICING_RULES.create(work, values, world.plan_id)


def _ranges_are_apart(db: Session, _world: World) -> bool:
    rules = db.exec(select(PricingRule).order_by(col(PricingRule.min))).all()
    return all(one.max is not None and one.max < other.min for one, other in pairwise(rules))


PRICES = (
    Race(
        name="ranges of prices that do not overlap",
        act=in_turns(
            _add,
            lambda work, w, _: PRICING_RULES.update(work, w.kept["price"].id, {"max": None}),
        ),
        before=keeps("price", _first),
        claim=_ranges_are_apart,
    ),
)
