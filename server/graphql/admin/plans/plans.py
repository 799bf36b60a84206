"""Plans of all three kinds."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import strawberry

from server.actions.plans import lists
from server.actions.plans import plans as actions
from server.actions.plans.catalogue import features_by_plan
from server.actions.plans.limits import LIMITS
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.resources import Resource
from server.domain.drafts import word_of
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.services.services import Service
from server.graphql.admin.plans.features import AccountFeatureType, FeatureType
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.enums import PlanState
from server.graphql.fields import Node, OfRow, described
from server.graphql.ids import parse_id, parsed
from server.graphql.mutations import (
    DeletedPayload,
    IdInput,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.paging import Rows
from server.graphql.prices import currency_of
from server.graphql.resources import create_input, given, update_input
from server.graphql.topics import Shown, Topic


@strawberry.interface(description="What the three kinds of plans have in common.")
class Plan(Node):
    name: str
    system_name: str
    state: PlanState
    description: str
    is_default: bool
    approval_required: bool
    setup_fee: Decimal
    cost_per_month: Decimal
    trial_period_days: int
    position: int
    created_at: datetime
    updated_at: datetime

    @described("The currency of its fees: that of all the provider's prices.")
    async def currency(self, info: Info) -> str:
        return await currency_of(info.context)


async def _features(info: Info, plan: Any) -> Sequence[Any]:
    """Load what a plan includes, together with those of all plans of its kind."""
    ctx, kind = info.context, type(plan)

    def read(ids: Sequence[int]) -> dict[int, list[Any]]:
        return features_by_plan(ctx.db, ids, kind)

    rows: Sequence[Any] = await ctx.loaders.batch(f"features of {kind.__name__}", read, ()).load(
        plan.id
    )
    return rows


@strawberry.type(name="AccountPlan", description="What a developer account is on.")
class AccountPlanType(OfRow[AccountPlan], Plan):
    @described("The features that the plan includes.")
    async def features(self, info: Info) -> list[AccountFeatureType]:
        return [AccountFeatureType.of(row) for row in await _features(info, self.row)]


@strawberry.type(name="ServicePlan", description="How an account is subscribed to a service.")
class ServicePlanType(OfRow[ServicePlan], Plan):
    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @described("The features that the plan includes.")
    async def features(self, info: Info) -> list[FeatureType]:
        return [FeatureType.of(row) for row in await _features(info, self.row)]


@strawberry.type(name="ApplicationPlan", description="Limits, features and price of applications.")
class ApplicationPlanType(OfRow[ApplicationPlan], Plan):
    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @described("Whether it is made for one application; lists of plans leave such ones out.")
    def is_custom(self) -> bool:
        return self.row.is_custom

    @related(ApplicationPlan)
    def original(self) -> int | None:
        return self.row.original_id

    @connection(PricingRule, description="What units of metrics cost, beside the fees.")
    def pricing_rules(self, info: Info) -> Rows:
        rows = info.context.rows(PricingRule)
        return Rows(PRICING_RULES.listing, rows, (PricingRule.plan_id, self.row.id))

    @connection(UsageLimit)
    def usage_limits(self, info: Info) -> Rows:
        return Rows(
            LIMITS.listing, info.context.rows(UsageLimit), (UsageLimit.plan_id, self.row.id)
        )

    @described("The features that the plan includes.")
    async def features(self, info: Info) -> list[FeatureType]:
        return [FeatureType.of(row) for row in await _features(info, self.row)]


KINDS: dict[str, tuple[Resource[Any], type[Any]]] = {
    "AccountPlan": (actions.ACCOUNT_PLANS, AccountPlanType),
    "ServicePlan": (actions.SERVICE_PLANS, ServicePlanType),
    "ApplicationPlan": (actions.APPLICATION_PLANS, ApplicationPlanType),
}
PlanUpdateInput = update_input(actions.APPLICATION_PLANS, "Plan")  # the kinds are alike


@strawberry.type
class PlanPayload(Payload):
    plan: Plan | None = None


@strawberry.input
class AccountPlanCreateInput(create_input(actions.ACCOUNT_PLANS, "AccountPlan")):  # type: ignore[misc]  # made
    published: bool = False


@strawberry.input
class ServicePlanCreateInput(create_input(actions.SERVICE_PLANS, "ServicePlan")):  # type: ignore[misc]  # made
    published: bool = False


@strawberry.input
class ApplicationPlanCreateInput(create_input(actions.APPLICATION_PLANS, "ApplicationPlan")):  # type: ignore[misc]  # made
    published: bool = False


def _parse_plan_id(text: str) -> tuple[Resource[Any], type[Any], int]:
    """Tell an id's kind of plan, its GraphQL type and its number. Raises: NotFound."""
    pair = parsed(text)
    if pair is None or pair[0] not in KINDS:
        raise NotFound("There is no plan with this id.", field="id")
    return *KINDS[pair[0]], pair[1]


@strawberry.type
class PlanQueries:
    @connection(AccountPlan, Permission.PLANS_READ)
    def account_plans(
        self,
        info: Info,
        state: PlanState | None = None,
        search: str | None = None,
        sort: lists.PlanSort = lists.PlanSort.OLDEST,
    ) -> Rows:
        return _plans(info.context, AccountPlan, sort, _wanted(info, state, search))

    @connection(ServicePlan, Permission.PLANS_READ)
    def service_plans(
        self,
        info: Info,
        state: PlanState | None = None,
        search: str | None = None,
        service_id: strawberry.ID | None = None,
        sort: lists.PlanSort = lists.PlanSort.OLDEST,
    ) -> Rows:
        return _plans(info.context, ServicePlan, sort, _wanted(info, state, search, service_id))

    @connection(ApplicationPlan, Permission.PLANS_READ)
    def application_plans(
        self,
        info: Info,
        state: PlanState | None = None,
        search: str | None = None,
        service_id: strawberry.ID | None = None,
        sort: lists.PlanSort = lists.PlanSort.OLDEST,
    ) -> Rows:
        return _plans(info.context, ApplicationPlan, sort, _wanted(info, state, search, service_id))


def _wanted(
    info: Info, state: PlanState | None, search: str | None, service_id: str | None = None
) -> lists.PlanFilter:
    number = info.context.number_within_reach(service_id, Service, "serviceId")
    return lists.PlanFilter(state=word_of(state) or "", search=search or "", service_id=number)


def _plans(ctx: Context, kind: type[Any], sort: lists.PlanSort, wanted: lists.PlanFilter) -> Rows:
    query = lists.narrowed_plans(ctx.actor, kind, wanted)
    return Rows(lists.plans_listing(kind, sort), query)


@strawberry.type
class PlanMutations:
    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def account_plan_create(self, info: Info, input: AccountPlanCreateInput) -> PlanPayload:
        """Add an account plan."""
        return _created(info.context, "AccountPlan", input)

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def service_plan_create(self, info: Info, input: ServicePlanCreateInput) -> PlanPayload:
        """Add a service plan."""
        return _created(info.context, "ServicePlan", input)

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def application_plan_create(self, info: Info, input: ApplicationPlanCreateInput) -> PlanPayload:
        """Add an application plan to a service."""
        return _created(info.context, "ApplicationPlan", input)

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def application_plan_copy(self, info: Info, input: IdInput) -> PlanPayload:
        """Make a hidden copy of an application plan, with its limits, prices and features."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "ApplicationPlan")
            row = actions.copy_application_plan(work, number)
        return PlanPayload(plan=ApplicationPlanType.of(row))

    @mutation(PlanPayload, Permission.PLANS_EDIT)
    def plan_update(self, info: Info, input: PlanUpdateInput) -> PlanPayload:  # type: ignore[valid-type]  # made
        """Change a plan of any kind."""
        wanted: Any = input
        ctx, (plans, shown, number) = info.context, _parse_plan_id(wanted.id)
        with ctx.write() as work:
            ctx.check_version(work, plans.model, number, wanted.expected_version)
            row = plans.update(work, number, changes_of(wanted))
        return PlanPayload(plan=shown.of(row))

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
        ctx, (plans, _, number) = info.context, _parse_plan_id(input.id)
        with ctx.write() as work:
            plans.delete(work, number)
        return DeletedPayload(deleted_id=input.id)


def _with_plan(ctx: Context, named: IdInput, action: Any) -> PlanPayload:
    plans, shown, number = _parse_plan_id(named.id)
    with ctx.write() as work:
        row = action(work, plans.model, number)
    return PlanPayload(plan=shown.of(row))


def _created(ctx: Context, kind: str, input: Any) -> PlanPayload:
    plans, shown = KINDS[kind]
    with ctx.write() as work:
        home = parse_id(input.service_id, "Service", "service_id") if plans.parent else None
        values = given(plans, vars(input))
        row = actions.create_plan(work, plans, values, home, published=input.published)
    return PlanPayload(plan=shown.of(row))


TOPIC = Topic(
    shows=(
        Shown(AccountPlan, AccountPlanType, actions.ACCOUNT_PLANS.query),
        Shown(ServicePlan, ServicePlanType, actions.SERVICE_PLANS.query),
        Shown(ApplicationPlan, ApplicationPlanType, actions.APPLICATION_PLANS.query),
    ),
    queries=PlanQueries,
    mutations=PlanMutations,
)
