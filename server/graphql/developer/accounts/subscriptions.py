"""One's subscriptions to APIs, and the account plans that one may choose."""

from datetime import datetime
from decimal import Decimal

import strawberry

from server.actions.accounts import subscriptions as actions
from server.actions.accounts.accounts import change_account_plan
from server.actions.plans import catalogue
from server.domain.accounts.accounts import ServiceContract
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ServicePlan
from server.domain.services.services import Service
from server.graphql.context import Info
from server.graphql.developer.accounts.accounts import AccountPayload, AccountType
from server.graphql.developer.references import connection, related
from server.graphql.enums import ApplicationState
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="ServicePlan", description="How one is subscribed to an API.")
class ServicePlanType(OfRow[ServicePlan], Node):
    name: str
    system_name: str
    description: str
    setup_fee: Decimal
    cost_per_month: Decimal
    trial_period_days: int
    approval_required: bool

    @related(Service)
    def service(self) -> int:
        return self.row.service_id


@strawberry.type(name="AccountPlan", description="What one's account as a whole is on.")
class AccountPlanType(OfRow[AccountPlan], Node):
    name: str
    system_name: str
    description: str
    setup_fee: Decimal
    cost_per_month: Decimal
    trial_period_days: int
    approval_required: bool


@strawberry.type(name="ServiceContract", description="One's subscription to an API.")
class ServiceContractType(OfRow[ServiceContract], Node):
    state: ApplicationState
    created_at: datetime

    @related(Service)
    def service(self) -> int:
        return self.row.service_id

    @related(ServicePlan)
    def plan(self) -> int:
        return self.row.service_plan_id

    @related(ServicePlan)
    def wanted_plan(self) -> int | None:
        return self.row.wanted_plan_id


@strawberry.type
class ServiceContractPayload(Payload):
    service_contract: ServiceContractType | None = None


@strawberry.input
class PlanChoiceInput(Input):
    plan_id: strawberry.ID


@strawberry.input
class ServiceContractChangePlanInput(IdInput):
    plan_id: strawberry.ID


@strawberry.type
class SubscriptionQueries:
    @connection(ServiceContract, Permission.APPLICATIONS_READ, "One's subscriptions to APIs.")
    def service_contracts(self, info: Info) -> Rows:
        return Rows(actions.LISTING, info.context.rows(ServiceContract))

    @connection(ServicePlan, description="The service plans that the provider shows.")
    def service_plans(self, info: Info) -> Rows:
        return Rows(catalogue.SERVICE_PLANS, catalogue.offered_service_plans(info.context.actor))

    @connection(AccountPlan, description="The account plans that the provider shows.")
    def account_plans(self, info: Info) -> Rows:
        return Rows(catalogue.ACCOUNT_PLANS, catalogue.offered_account_plans(info.context.actor))


@strawberry.type
class SubscriptionMutations:
    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_create(self, info: Info, input: PlanChoiceInput) -> ServiceContractPayload:
        """Subscribe one's account to an API on a service plan."""
        ctx, plan_id = info.context, parse_id(input.plan_id, "ServicePlan", "plan_id")
        with ctx.write() as work:
            row = actions.subscribe(work, ctx.actor.account_id or 0, plan_id)
        return ServiceContractPayload(service_contract=ServiceContractType.of(row))

    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_change_plan(
        self, info: Info, input: ServiceContractChangePlanInput
    ) -> ServiceContractPayload:
        """Move a subscription to another plan, or ask for it where the provider wants that."""
        number = parse_id(input.id, "ServiceContract")
        plan_id = parse_id(input.plan_id, "ServicePlan", "plan_id")
        with info.context.write() as work:
            row = actions.change_contract_plan(work, number, plan_id)
        return ServiceContractPayload(service_contract=ServiceContractType.of(row))

    @mutation(DeletedPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """End a subscription that has no applications."""
        with info.context.write() as work:
            actions.unsubscribe(work, parse_id(input.id, "ServiceContract"))
        return DeletedPayload(deleted_id=input.id)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_change_plan(self, info: Info, input: PlanChoiceInput) -> AccountPayload:
        """Move one's account to another plan, or ask for it where the provider wants that."""
        ctx, plan_id = info.context, parse_id(input.plan_id, "AccountPlan", "plan_id")
        with ctx.write() as work:
            row = change_account_plan(work, ctx.actor.account_id or 0, plan_id)
        return AccountPayload(account=AccountType.of(row))


TOPIC = Topic(
    shows=(
        Shown(ServiceContract, ServiceContractType, actions.contracts_query),
        Shown(ServicePlan, ServicePlanType, catalogue.visible_service_plans),
        Shown(AccountPlan, AccountPlanType, catalogue.visible_account_plans),
    ),
    queries=SubscriptionQueries,
    mutations=SubscriptionMutations,
)
