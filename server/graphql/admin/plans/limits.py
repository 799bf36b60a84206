"""Usage limits of application plans."""

import strawberry

from server.actions.plans import limits as actions
from server.actions.plans.limits import LIMITS
from server.domain.permissions import Permission
from server.domain.plans.limits import LimitPeriod, UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.metrics import Metric
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import Input, Payload, mutation
from server.graphql.resources import given, mutations_of
from server.graphql.scalars import BigInt
from server.graphql.topics import Shown, Topic


@strawberry.type(name="UsageLimit", description="At most so many units of a metric in a period.")
class UsageLimitType(OfRow[UsageLimit], Node):
    period: LimitPeriod
    value: BigInt

    @related(Metric)
    def metric(self) -> int:
        return self.row.metric_id

    @related(ApplicationPlan)
    def plan(self) -> int:
        return self.row.plan_id


@strawberry.type
class LimitPayload(Payload):
    usage_limit: UsageLimitType | None = None


@strawberry.input
class LimitSetInput(Input):
    plan_id: strawberry.ID
    metric_id: strawberry.ID
    period: LimitPeriod
    value: BigInt = strawberry.field(description="0 disables the metric on the plan.")


@strawberry.input(description="A metric or method of the plan's service.")
class PlanMetricInput(Input):
    plan_id: strawberry.ID
    metric_id: strawberry.ID


@strawberry.type
class PlanMetricPayload(Payload):
    plan_id: strawberry.ID | None = None
    metric_id: strawberry.ID | None = None


def _numbers(input: PlanMetricInput) -> tuple[int, int]:
    """Read which plan and which metric are meant. Raises: NotFound."""
    plan = parse_id(input.plan_id, "ApplicationPlan", "plan_id")
    return plan, parse_id(input.metric_id, "Metric", "metric_id")


@strawberry.type
class LimitMutations(mutations_of(LIMITS, UsageLimitType, "Limit", LimitPayload)):  # type: ignore[misc]  # made
    @mutation(LimitPayload, Permission.PLANS_EDIT)
    def limit_set(self, info: Info, input: LimitSetInput) -> LimitPayload:
        """Set the limit of a metric for a period; it holds from the next call on."""
        plan = parse_id(input.plan_id, "ApplicationPlan", "plan_id")
        with info.context.write() as work:
            row = actions.set_limit(work, given(LIMITS, vars(input)), plan)
        return LimitPayload(usage_limit=UsageLimitType.of(row))

    @mutation(PlanMetricPayload, Permission.PLANS_EDIT)
    def metric_disable(self, info: Info, input: PlanMetricInput) -> PlanMetricPayload:
        """Refuse all calls of a metric on an application plan, from the next one on."""
        plan, metric = _numbers(input)
        with info.context.write() as work:
            actions.disable_metric(work, plan, metric)
        return PlanMetricPayload(plan_id=input.plan_id, metric_id=input.metric_id)

    @mutation(PlanMetricPayload, Permission.PLANS_EDIT)
    def metric_enable(self, info: Info, input: PlanMetricInput) -> PlanMetricPayload:
        """Let calls of a metric in again: its limits of zero go."""
        plan, metric = _numbers(input)
        with info.context.write() as work:
            actions.enable_metric(work, plan, metric)
        return PlanMetricPayload(plan_id=input.plan_id, metric_id=input.metric_id)


TOPIC = Topic(shows=(Shown(UsageLimit, UsageLimitType, LIMITS.query),), mutations=LimitMutations)
