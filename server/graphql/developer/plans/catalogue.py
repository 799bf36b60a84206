"""What the provider offers: published services and their plans; nobody needs to log in for it."""

from collections.abc import Sequence
from decimal import Decimal

import strawberry

from server.actions.plans import catalogue as actions
from server.actions.plans.pricing_rules import rules_by_plan
from server.domain.plans.features import Feature
from server.domain.plans.limits import LimitPeriod, UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.services.metrics import Metric
from server.domain.services.services import Service
from server.graphql.context import Context, Info
from server.graphql.developer.references import connection, related
from server.graphql.enums import AuthenticationMode, Environment
from server.graphql.fields import Node, OfRow, described
from server.graphql.paging import Rows
from server.graphql.prices import currency_of
from server.graphql.scalars import BigInt
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Metric", description="What is counted.")
class MetricType(OfRow[Metric], Node):
    system_name: str
    friendly_name: str
    unit: str
    description: str


@strawberry.type(name="UsageLimit", description="At most so many units of a metric in a period.")
class LimitType(OfRow[UsageLimit]):
    period: LimitPeriod
    value: BigInt

    @related(Metric)
    def metric(self) -> int:
        return self.row.metric_id


@strawberry.type(name="PricingRule", description="What each unit of a metric costs in a range.")
class PricingRuleType(OfRow[PricingRule]):
    min: BigInt = strawberry.field(description="The first unit of a month that it prices.")
    max: BigInt | None = strawberry.field(description="The last one; null where it has no end.")
    cost_per_unit: Decimal

    @related(Metric)
    def metric(self) -> int:
        return self.row.metric_id


@strawberry.type(name="Feature", description="A selling point of a plan.")
class FeatureType(OfRow[Feature]):
    name: str
    system_name: str
    description: str


@strawberry.type(name="Plan", description="Limits, features and price of applications.")
class PlanType(OfRow[ApplicationPlan], Node):
    name: str
    system_name: str
    description: str
    setup_fee: Decimal
    cost_per_month: Decimal
    trial_period_days: int
    approval_required: bool
    is_default: bool

    @described("The currency of its fees.")
    async def currency(self, info: Info) -> str:
        return await currency_of(info.context)

    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @strawberry.field
    async def usage_limits(self, info: Info) -> list[LimitType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, list[UsageLimit]]:
            return actions.limits_by_plan(ctx.db, ids)

        rows = await ctx.loaders.batch("limits of a plan", read, ()).load(self.row.id)
        return [LimitType.of(row) for row in rows]

    @described("What units of metrics cost, beside the fees.")
    async def pricing_rules(self, info: Info) -> list[PricingRuleType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, list[PricingRule]]:
            return rules_by_plan(ctx.db, ids)

        rows = await ctx.loaders.batch("prices of a plan", read, ()).load(self.row.id)
        return [PricingRuleType.of(row) for row in rows]

    @strawberry.field
    async def features(self, info: Info) -> list[FeatureType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, list[Feature]]:
            return actions.features_by_plan(ctx.db, ids)

        rows = await ctx.loaders.batch("features of a plan", read, ()).load(self.row.id)
        return [FeatureType.of(row) for row in rows]


@strawberry.type(name="Service", description="An API that can be called.")
class ServiceType(OfRow[Service], Node):
    name: str
    system_name: str
    description: str

    @described("Where to ask: its own address, else the provider's.")
    def support_email(self, info: Info) -> str:
        return self.row.support_email or info.context.provider.support_email

    @strawberry.field
    def authentication_mode(self) -> AuthenticationMode:
        return AuthenticationMode(self.row.backend_version)

    @described("Where applications call it, or will, while it has no `environment`.")
    async def base_url(self, info: Info) -> str:
        ctx = info.context
        environment = await _environment(ctx, self.row) or Environment.PRODUCTION
        return ctx.installation.addresses.gateway(ctx.provider, self.row, environment.value)

    @described("Which gateway can be called; null until the provider opens the API for calls.")
    async def environment(self, info: Info) -> Environment | None:
        return await _environment(info.context, self.row)

    @described("Whether developers choose among the plans; else the provider does.")
    def plan_choice(self) -> bool:
        return self.row.buyer_can_select_plan

    @described("Whether an application needs a description of what it is for.")
    def description_required(self) -> bool:
        return self.row.intentions_required

    @connection(ApplicationPlan, description="The published plans; `planChoice` tells who chooses.")
    def plans(self, info: Info) -> Rows:
        query = actions.offered_plans(info.context.actor)
        return Rows(actions.PLANS, query, (ApplicationPlan.service_id, self.row.id))


async def _environment(ctx: Context, service: Service) -> Environment | None:
    def read(ids: Sequence[int]) -> dict[int, str]:
        return actions.open_environments(ctx.db, ids)

    found = await ctx.loaders.batch("environment of a service", read, "").load(service.id)
    return Environment(found) if found else None


@strawberry.type
class CatalogueQueries:
    @connection(Service, description="The published APIs.")
    def services(self, info: Info) -> Rows:
        return Rows(actions.SERVICES, actions.offered_services(info.context.actor))

    @connection(ApplicationPlan, description="The published plans of all APIs.")
    def plans(self, info: Info) -> Rows:
        return Rows(actions.PLANS, actions.offered_plans(info.context.actor))


TOPIC = Topic(
    shows=(
        Shown(Service, ServiceType, actions.visible_services),
        Shown(ApplicationPlan, PlanType, actions.visible_plans),
        Shown(Metric, MetricType, actions.visible_metrics),
    ),
    queries=CatalogueQueries,
)
