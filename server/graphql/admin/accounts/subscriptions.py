"""Subscriptions of accounts to APIs, and wishes for other account plans."""

from datetime import datetime
from typing import Any

import strawberry

from server.actions.accounts import lists
from server.actions.accounts import subscriptions as actions
from server.actions.accounts.accounts import (
    accept_account_plan_request,
    refuse_account_plan_request,
)
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.drafts import word_of
from server.domain.permissions import Permission
from server.domain.plans.plans import ServicePlan
from server.domain.services.services import Service
from server.graphql.admin.accounts.accounts import AccountPayload, AccountType
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.enums import ApplicationState
from server.graphql.fields import Node, OfRow
from server.graphql.ids import parse_id
from server.graphql.mutations import DeletedPayload, IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="ServiceContract", description="A subscription of an account to an API.")
class ServiceContractType(OfRow[ServiceContract], Node):
    state: ApplicationState
    trial_ends_at: datetime | None
    created_at: datetime

    @related(Account)
    def account(self) -> int:
        return self.row.account_id

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
class ServiceContractCreateInput(Input):
    account_id: strawberry.ID
    plan_id: strawberry.ID = strawberry.field(description="A service plan.")


@strawberry.input
class ServiceContractChangePlanInput(IdInput):
    plan_id: strawberry.ID


@strawberry.type
class SubscriptionQueries:
    @connection(ServiceContract, Permission.APPLICATIONS_READ)
    def service_contracts(  # noqa: PLR0913 - each is an argument of the field
        self,
        info: Info,
        state: ApplicationState | None = None,
        wants_plan: bool = False,
        plan_id: strawberry.ID | None = None,
        service_id: strawberry.ID | None = None,
        account_id: strawberry.ID | None = None,
        sort: lists.ContractSort = lists.ContractSort.OLDEST,
    ) -> Rows:
        ctx = info.context
        wanted = lists.ContractFilter(
            state=word_of(state) or "",
            wants_plan=wants_plan,
            plan_id=ctx.number_within_reach(plan_id, ServicePlan, "planId"),
            service_id=ctx.number_within_reach(service_id, Service, "serviceId"),
            account_id=ctx.number_within_reach(account_id, Account, "accountId"),
        )
        return Rows.of(lists.CONTRACT_LISTINGS[sort], lists.narrowed_contracts(ctx.work, wanted))


@strawberry.type
class SubscriptionMutations:
    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_create(
        self, info: Info, input: ServiceContractCreateInput
    ) -> ServiceContractPayload:
        """Subscribe an account to an API."""
        account_id = parse_id(input.account_id, "Account", "account_id")
        plan_id = parse_id(input.plan_id, "ServicePlan", "plan_id")
        with info.context.write() as work:
            row = actions.subscribe(work, account_id, plan_id)
        return ServiceContractPayload(service_contract=ServiceContractType.of(row))

    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_change_plan(
        self, info: Info, input: ServiceContractChangePlanInput
    ) -> ServiceContractPayload:
        """Move a subscription to another plan of its API."""
        number = parse_id(input.id, "ServiceContract")
        plan_id = parse_id(input.plan_id, "ServicePlan", "plan_id")
        with info.context.write() as work:
            row = actions.change_contract_plan(work, number, plan_id)
        return ServiceContractPayload(service_contract=ServiceContractType.of(row))

    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_approve(self, info: Info, input: IdInput) -> ServiceContractPayload:
        """Make a pending subscription live, and the applications that waited for it alone."""
        return _move(info.context, input, actions.approve_contract)

    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_suspend(self, info: Info, input: IdInput) -> ServiceContractPayload:
        """Let an account make no new applications of an API."""
        return _move(info.context, input, actions.suspend_contract)

    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_resume(self, info: Info, input: IdInput) -> ServiceContractPayload:
        """Make a suspended subscription live again."""
        return _move(info.context, input, actions.resume_contract)

    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_plan_request_accept(
        self, info: Info, input: IdInput
    ) -> ServiceContractPayload:
        """Move a subscription to the plan that its developer asked for."""
        return _move(info.context, input, actions.accept_contract_plan_request)

    @mutation(ServiceContractPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_plan_request_refuse(
        self, info: Info, input: IdInput
    ) -> ServiceContractPayload:
        """Leave a subscription on its plan."""
        return _move(info.context, input, actions.refuse_contract_plan_request)

    @mutation(DeletedPayload, Permission.APPLICATIONS_EDIT)
    def service_contract_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """End a subscription that has no applications."""
        with info.context.write() as work:
            actions.unsubscribe(work, parse_id(input.id, "ServiceContract"))
        return DeletedPayload(deleted_id=input.id)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_plan_request_accept(self, info: Info, input: IdInput) -> AccountPayload:
        """Move an account to the plan that it asked for."""
        return _answer(info.context, input, accept_account_plan_request)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_plan_request_refuse(self, info: Info, input: IdInput) -> AccountPayload:
        """Leave an account on its plan."""
        return _answer(info.context, input, refuse_account_plan_request)


def _move(ctx: Context, named: IdInput, action: Any) -> ServiceContractPayload:
    with ctx.write() as work:
        row = action(work, parse_id(named.id, "ServiceContract"))
    return ServiceContractPayload(service_contract=ServiceContractType.of(row))


def _answer(ctx: Context, named: IdInput, action: Any) -> AccountPayload:
    with ctx.write() as work:
        row = action(work, parse_id(named.id, "Account"))
    return AccountPayload(account=AccountType.of(row))


TOPIC = Topic(
    shows=(Shown(ServiceContract, ServiceContractType, actions.contracts_query),),
    queries=SubscriptionQueries,
    mutations=SubscriptionMutations,
)
