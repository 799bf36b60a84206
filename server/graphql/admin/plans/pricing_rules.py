"""What units of metrics cost on application plans."""

from decimal import Decimal

import strawberry

from server.actions.plans.pricing_rules import PRICING_RULES
from server.domain.plans.plans import ApplicationPlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.services.metrics import Metric
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described
from server.graphql.prices import currency_of
from server.graphql.resources import mutations_of
from server.graphql.scalars import BigInt
from server.graphql.topics import Shown, Topic


@strawberry.type(name="PricingRule", description="What each unit of a metric costs in a range.")
class PricingRuleType(OfRow[PricingRule], Node):
    min: BigInt = strawberry.field(description="The first unit of a month that it prices.")
    max: BigInt | None = strawberry.field(description="The last one; null where it has no end.")
    cost_per_unit: Decimal

    @described("The currency of its cost: that of all the provider's prices.")
    async def currency(self, info: Info) -> str:
        return await currency_of(info.context)

    @related(Metric)
    def metric(self) -> int:
        return self.row.metric_id

    @related(ApplicationPlan)
    def plan(self) -> int:
        return self.row.plan_id


PricingRuleMutations = mutations_of(PRICING_RULES, PricingRuleType, "PricingRule")
TOPIC = Topic(
    shows=(Shown(PricingRule, PricingRuleType, PRICING_RULES.query),),
    mutations=PricingRuleMutations,
)
