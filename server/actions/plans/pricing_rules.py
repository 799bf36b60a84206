"""What units of metrics cost on application plans. Source: reference-portal 1.4, 11."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from server.actions.plans.parts import OF_PLAN, get_application_plan, service_of, within_plans
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import hold
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.pricing_rules import PricingRule, PricingRuleDraft
from server.kit.bulk import bulk_of
from server.kit.paging import Listing


def _refuse_overlap(work: Work, rule: PricingRule) -> None:
    """Refuse a range without units, and one with units that another rule prices. Raises: Invalid.

    The plan is held: what is compared stays so until the commit.
    """
    if rule.max is not None and rule.max < rule.min:
        raise Invalid(f"must be at least {rule.min}, where the range begins.", field="max")
    hold(work.db, get_application_plan(work, rule.plan_id))
    if bulk_of(work.db) is not None and rule not in work.db:
        work.db.flush()  # what waits to be written is compared too
    others = select(PricingRule.id, PricingRule.min, PricingRule.max).where(
        PricingRule.plan_id == rule.plan_id, PricingRule.metric_id == rule.metric_id
    )
    with work.db.no_autoflush:
        rows = work.db.exec(others.order_by(col(PricingRule.min))).all()
    for number, least, most in rows:
        begins_before = rule.max is None or least <= rule.max
        if number != rule.id and begins_before and (most is None or rule.min <= most):
            units = range_of(least, most)
            wrong = f"overlaps with the price of {units}. Change or delete that first."
            raise Invalid(wrong, field="min" if least <= rule.min else "max")


def range_of(least: int, most: int | None) -> str:
    """Write which units of a month are meant: `units 1 to 10`, `units from 11 on`."""
    return f"units from {least} on" if most is None else f"units {least} to {most}"


PRICING_RULES = Resource(
    name="pricing_rule",
    model=PricingRule,
    draft=PricingRuleDraft,
    read=Permission.PLANS_READ,
    edit=Permission.PLANS_EDIT,
    events=Lifecycle(
        created=EventKind.PRICING_RULE_CREATED,
        updated=EventKind.PRICING_RULE_UPDATED,
        deleted=EventKind.PRICING_RULE_DELETED,
    ),
    listing=Listing("pricing_rules", PricingRule),
    parent=OF_PLAN,
    facts=("plan_id", "metric_id", "min", "max", "cost_per_unit"),
    reach=within_plans(PricingRule),
    home=service_of,
    prepare=_refuse_overlap,
)


def rules_by_plan(db: Session, plan_ids: Sequence[int]) -> dict[int, list[PricingRule]]:
    """Read what units cost on plans that the caller may see, by metric and range.

    Cost: one query.
    """
    query = select(PricingRule).where(col(PricingRule.plan_id).in_(plan_ids))
    found: dict[int, list[PricingRule]] = {}
    for rule in db.exec(query.order_by(col(PricingRule.metric_id), col(PricingRule.min))):
        found.setdefault(rule.plan_id, []).append(rule)
    return found
