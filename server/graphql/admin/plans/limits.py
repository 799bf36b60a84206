"""Usage limits of application plans."""

import strawberry

from server.actions.plans import limits as actions
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan, UsageLimit
from server.domain.services.metrics import Metric
from server.graphql.admin.references import related
from server.graphql.context import Info
from server.graphql.enums import LimitPeriod
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Input, Payload, mutation
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


@strawberry.type
class LimitMutations:
    @mutation(LimitPayload, Permission.PLANS_EDIT)
    def limit_set(self, info: Info, input: LimitSetInput) -> LimitPayload:
        """Set the limit of a metric for a period; it holds from the next call on."""
        ctx = info.context
        wanted = actions.NewLimit(
            plan_id=parse_id(input.plan_id, "ApplicationPlan", "plan_id"),
            metric_id=parse_id(input.metric_id, "Metric", "metric_id"),
            period=input.period.value,
            value=input.value,
        )
        with ctx.write() as work:
            row = actions.set_limit(work, wanted)
        return LimitPayload(usage_limit=UsageLimitType.of(row))

    @mutation(DeletedPayload, Permission.PLANS_EDIT)
    def limit_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a limit away."""
        ctx = info.context
        with ctx.write() as work:
            actions.delete_limit(work, parse_id(input.id, "UsageLimit"))
        return DeletedPayload(deleted_id=input.id)


TOPIC = Topic(
    shows=(Shown(UsageLimit, UsageLimitType, actions.limits_query),), mutations=LimitMutations
)
