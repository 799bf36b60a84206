"""What units of metrics cost on application plans. Source: reference-portal 1.4."""

from decimal import Decimal

from server.actions.plans.pricing_rules import PRICING_RULES
from server.domain.plans.pricing_rules import PricingRule
from server.rest.formats import Format
from server.rest.operations import list_row, rows_of
from server.rest.plans.plans import short_amount
from server.rest.shapes import Links, Shape, columns, computed

PATH = "/application_plans/{plan_id}/metrics/{metric_id}/pricing_rules"
PRICING_RULE = Shape(
    name="pricing_rule",
    model=PricingRule,
    parts=(
        *columns("id", "metric_id", "plan_id"),
        computed("cost_per_unit", Decimal, lambda rule: short_amount(rule.cost_per_unit)),
        *columns("min", "max"),
        *columns("created_at", "updated_at", only=Format.JSON),
        Links({"self": f"{PATH}/{{id}}"}),
    ),
)
OPERATIONS = (
    list_row(PRICING_RULES, PRICING_RULE, "/application_plans/{plan_id}/pricing_rules"),
    *rows_of(PRICING_RULES, PRICING_RULE, PATH),  # more than the reference has
)
