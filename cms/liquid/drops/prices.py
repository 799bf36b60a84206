"""What units of metrics cost on plans."""

from typing import TYPE_CHECKING

from cms.liquid.drops.drop import Drop
from server.domain.plans.plans import ApplicationPlan
from server.domain.plans.pricing_rules import PricingRule

if TYPE_CHECKING:
    from cms.liquid.drops.metrics import MetricDrop
    from cms.liquid.drops.services import ApplicationPlanDrop


class PricingRuleDrop(Drop[PricingRule]):
    """What each unit of a metric costs in a range of units of a month.

    Example: {% for rule in plan.pricing_rules %}{{ rule.metric.name }} from {{ rule.min }} on:
    {{ rule.price }}{% else %}Nothing by use{% endfor %}
    """

    shows = ("metric", "min", "max", "cost_per_unit", "price", "plan")
    says = {
        "min": "The first unit of a month that it prices.",
        "max": "The last one; nil where the range has no end.",
        "cost_per_unit": "The price of one unit.",
    }
    types = {"metric": "Metric", "plan": "ApplicationPlan"}

    @property
    def price(self) -> str:
        """The price of one unit with its currency, as fine as it is."""
        currency = self.data.provider.currency
        return self.data.language.price(self.model.cost_per_unit, currency)

    @property
    def metric(self) -> "MetricDrop":
        """What is priced."""
        from cms.liquid.drops.metrics import MetricDrop as Kind  # it tells its prices in turn

        return Kind(self.data.metrics[self.model.metric_id], self.data, self.model.plan_id)

    @property
    def plan(self) -> "ApplicationPlanDrop":
        """The plan that it is of."""
        from cms.liquid.drops.services import ApplicationPlanDrop as Kind  # likewise

        return Kind(self.data.row(ApplicationPlan, self.model.plan_id), self.data)
