"""What units of metrics cost on a plan."""

from starlette.responses import Response

from server.actions.plans.pricing_rules import PRICING_RULES, range_of, rules_by_plan
from server.admin.context import AdminContext
from server.admin.plans.plans import get_plan_in_path
from server.admin.services.services import get_service_in_path
from server.domain.errors import NotFound
from server.domain.plans.pricing_rules import PricingRule
from server.kit.money import Money


def create(ctx: AdminContext) -> Response:
    """Add what units of a metric cost."""
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    return _told(ctx, PRICING_RULES.create(ctx, ctx.sent(PRICING_RULES), plan.id))


def update(ctx: AdminContext) -> Response:
    """Change what units cost, or where their range ends."""
    values = ctx.texts("max", "cost_per_unit")
    return _told(ctx, PRICING_RULES.update(ctx, _rule_in_path(ctx), values))


def delete(ctx: AdminContext) -> Response:
    PRICING_RULES.delete(ctx, _rule_in_path(ctx))
    return _back(ctx, "The price is gone.")


def _rule_in_path(ctx: AdminContext) -> int:
    """Tell the id of the rule that the address names, of its plan. Raises: NotFound."""
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    rule_id = ctx.path_id("rule_id")
    if all(rule.id != rule_id for rule in rules_by_plan(ctx.db, [plan.id]).get(plan.id, ())):
        raise NotFound("There is no such price.")
    return rule_id


def _told(ctx: AdminContext, rule: PricingRule) -> Response:
    price = Money(rule.cost_per_unit, ctx.provider.currency).exact
    return _back(ctx, f"{range_of(rule.min, rule.max).capitalize()} cost {price} each.")


def _back(ctx: AdminContext, notice: str) -> Response:
    service_id, plan_id = ctx.path_id("service_id"), ctx.path_id("plan_id")
    return ctx.go(f"/services/{service_id}/plans/{plan_id}", notice)
