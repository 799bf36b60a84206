"""Plans of all three kinds."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry

from server.actions.plans import plans as actions
from server.actions.plans.catalogue import features_by_plan
from server.actions.plans.limits import LIMITS
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.features import Feature
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.services.services import Service
from server.graphql.admin.plans.features import FeatureType
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.enums import PlanState
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id, parsed
from server.graphql.mutations import (
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.interface(description="What the three kinds of plans have in common.")
class Plan(Node):
    name: str
    system_name: str
    state: PlanState
    is_default: bool
    approval_required: bool
    created_at: datetime
    updated_at: datetime


@strawberry.type(name="AccountPlan", description="What a developer account is on.")
class AccountPlanType(OfRow[AccountPlan], Plan):
    pass


@strawberry.type(name="ServicePlan", description="How an account is subscribed to a service.")
class ServicePlanType(OfRow[ServicePlan], Plan):
    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type(name="ApplicationPlan", description="Limits, features and price of applications.")
class ApplicationPlanType(OfRow[ApplicationPlan], Plan):
    description: str
    setup_fee: Decimal
    cost_per_month: Decimal
    trial_period_days: int
    position: int

    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @connection(UsageLimit)
    def usage_limits(self, info: Info) -> Rows:
        return Rows(
            LIMITS.listing, info.context.rows(UsageLimit), (UsageLimit.plan_id, self.row.id)
        )

    @described("The features that the plan includes.")
    async def features(self, info: Info) -> list[FeatureType]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, list[Feature]]:
            return features_by_plan(ctx.db, ids)

        rows = await ctx.loaders.batch("features of a plan", read, ()).load(self.row.id)
        return [FeatureType.of(row) for row in rows]


KINDS: dict[str, tuple[type[Any], type[Any]]] = {
    "AccountPlan": (AccountPlan, AccountPlanType),
    "ServicePlan": (ServicePlan, ServicePlanType),
    "ApplicationPlan": (ApplicationPlan, ApplicationPlanType),
}


@strawberry.type
class PlanPayload(Payload):
    plan: Plan | None = None


@strawberry.input
class AccountPlanCreateInput(Input):
    name: str
    system_name: str | None = None
    approval_required: bool = False
    published: bool = False


@strawberry.input
class ServicePlanCreateInput(AccountPlanCreateInput):
    service_id: strawberry.ID


@strawberry.input
class ApplicationPlanCreateInput(ServicePlanCreateInput):
    description: str = ""
    setup_fee: Decimal = Decimal(0)
    cost_per_month: Decimal = Decimal(0)
    trial_period_days: int = 0


@strawberry.input(description="The fields below `approvalRequired` are for application plans.")
class PlanUpdateInput(IdInput):
    name: strawberry.Maybe[str]
    approval_required: strawberry.Maybe[bool]
    description: strawberry.Maybe[str | None]
    setup_fee: strawberry.Maybe[Decimal]
    cost_per_month: strawberry.Maybe[Decimal]
    trial_period_days: strawberry.Maybe[int]


def _parse_plan_id(text: str) -> tuple[type[Any], type[Any], int]:
    """Tell an id's kind of plan, its GraphQL type and its number. Raises: NotFound."""
    pair = parsed(text)
    if pair is None or pair[0] not in KINDS:
        raise NotFound("There is no plan with this id.", field="id")
    return *KINDS[pair[0]], pair[1]


@strawberry.type
class PlanQueries:
    @connection(AccountPlan, Permission.PLANS_READ)
    def account_plans(self, info: Info) -> Rows:
        return Rows(actions.ACCOUNT_PLANS, info.context.rows(AccountPlan))

    @connection(ServicePlan, Permission.PLANS_READ)
    def service_plans(self, info: Info) -> Rows:
        return Rows(actions.SERVICE_PLANS, info.context.rows(ServicePlan))

    @connection(ApplicationPlan, Permission.PLANS_READ)
    def application_plans(self, info: Info) -> Rows:
        return Rows(actions.APPLICATION_PLANS, info.context.rows(ApplicationPlan))


@strawberry.type
class PlanMutations:
    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def account_plan_create(self, info: Info, input: AccountPlanCreateInput) -> PlanPayload:
        """Add an account plan."""
        ctx, draft = info.context, _draft(input)
        with ctx.write() as work:
            row = actions.create_account_plan(work, draft)
        return PlanPayload(plan=AccountPlanType.of(row))

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def service_plan_create(self, info: Info, input: ServicePlanCreateInput) -> PlanPayload:
        """Add a service plan."""
        ctx, draft = info.context, _draft(input)
        with ctx.write() as work:
            number = parse_id(input.service_id, "Service", "service_id")
            row = actions.create_service_plan(work, number, draft)
        return PlanPayload(plan=ServicePlanType.of(row))

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def application_plan_create(self, info: Info, input: ApplicationPlanCreateInput) -> PlanPayload:
        """Add an application plan to a service."""
        ctx, draft = info.context, _draft(input)
        with ctx.write() as work:
            number = parse_id(input.service_id, "Service", "service_id")
            row = actions.create_application_plan(work, number, draft)
        return PlanPayload(plan=ApplicationPlanType.of(row))

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def application_plan_copy(self, info: Info, input: IdInput) -> PlanPayload:
        """Make a hidden copy of an application plan, with its limits and features."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "ApplicationPlan")
            row = actions.copy_application_plan(work, number)
        return PlanPayload(plan=ApplicationPlanType.of(row))

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def plan_update(self, info: Info, input: PlanUpdateInput) -> PlanPayload:
        """Change a plan of any kind."""
        ctx, (model, kind, number) = info.context, _parse_plan_id(input.id)
        with ctx.write() as work:
            row = actions.update_plan(work, model, number, changes_of(input))
        return PlanPayload(plan=kind.of(row))

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def plan_publish(self, info: Info, input: IdInput) -> PlanPayload:
        """Let developers see and choose a plan."""
        return _with_plan(info.context, input, actions.publish_plan)

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def plan_hide(self, info: Info, input: IdInput) -> PlanPayload:
        """Keep a plan from developers; who is on it stays."""
        return _with_plan(info.context, input, actions.hide_plan)

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def plan_make_default(self, info: Info, input: IdInput) -> PlanPayload:
        """Make a plan the one that signups get when they name none."""
        return _with_plan(info.context, input, actions.make_default_plan)

    @mutation(DeletedPayload, Permission.PLANS_EDIT)
    def plan_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take away a plan that nobody is on."""
        ctx, (model, _, number) = info.context, _parse_plan_id(input.id)
        with ctx.write() as work:
            actions.delete_plan(work, model, number)
        return DeletedPayload(deleted_id=input.id)


def _with_plan(ctx: Context, given: IdInput, action: Any) -> PlanPayload:
    model, kind, number = _parse_plan_id(given.id)
    with ctx.write() as work:
        row = action(work, model, number)
    return PlanPayload(plan=kind.of(row))


def _draft(given: AccountPlanCreateInput) -> actions.NewPlan:
    left_out = {"client_mutation_id", "service_id"}
    return actions.NewPlan(**{k: v for k, v in vars(given).items() if k not in left_out})


TOPIC = Topic(
    shows=(
        Shown(AccountPlan, AccountPlanType, actions.account_plans_query),
        Shown(ServicePlan, ServicePlanType, actions.service_plans_query),
        Shown(ApplicationPlan, ApplicationPlanType, actions.application_plans_query),
    ),
    queries=PlanQueries,
    mutations=PlanMutations,
)
