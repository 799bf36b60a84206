"""Plans that are made for one application."""

import strawberry

from server.actions.applications.custom_plans import customize_plan, decustomize_plan
from server.domain.permissions import Permission
from server.graphql.admin.plans.plans import ApplicationPlanType, PlanPayload
from server.graphql.context import Info
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, mutation
from server.graphql.topics import Topic


@strawberry.type
class CustomPlanMutations:
    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def application_plan_customize(self, info: Info, input: IdInput) -> PlanPayload:
        """Give an application, whose id this takes, a plan of its own; one that has it keeps it."""
        with info.context.write() as work:
            row = customize_plan(work, parse_id(input.id, "Application"))
        return PlanPayload(plan=ApplicationPlanType.of(row))

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def application_plan_decustomize(self, info: Info, input: IdInput) -> PlanPayload:
        """Put an application, whose id this takes, back on the plan that its own was made from."""
        with info.context.write() as work:
            row = decustomize_plan(work, parse_id(input.id, "Application"))
        return PlanPayload(plan=ApplicationPlanType.of(row))


TOPIC = Topic(mutations=CustomPlanMutations)
