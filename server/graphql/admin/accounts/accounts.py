"""Developer accounts, and signing them up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from server.actions.accounts import accounts as actions
from server.actions.accounts import lists
from server.actions.accounts.credit_cards import cards_by_account
from server.actions.accounts.invitations import LISTING as INVITATIONS
from server.actions.accounts.invitations import invitations_in
from server.actions.accounts.signup import NewSignup, Origin, sign_up
from server.actions.accounts.subscriptions import LISTING as CONTRACTS
from server.actions.accounts.users import LISTING as USERS
from server.actions.applications.applications import LISTING as APPLICATIONS
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.billing import GIVEN
from server.domain.accounts.credit_cards import CreditCard
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.drafts import word_of
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan
from server.domain.provider.field_definitions import FieldTarget
from server.domain.services.services import Service
from server.graphql.admin.accounts.cards import (
    BillingAddressInput,
    BillingAddressType,
    CreditCardType,
    address_of,
    lines_of,
)
from server.graphql.admin.accounts.users import UserType
from server.graphql.admin.applications.applications import ApplicationType
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.enums import AccountState, ApplicationState, InvitationState
from server.graphql.extra_fields import (
    FieldValueInput,
    extra_fields_of,
    field_changes_of,
    values_of,
)
from server.graphql.fields import Node, OfRow, described, needing
from server.graphql.ids import number_or_none, parse_id
from server.graphql.mutations import ChangeInput, IdInput, Input, Payload, mutation
from server.graphql.paging import Rows
from server.graphql.topics import Shown, Topic


@strawberry.type(name="Account", description="A developer organisation.")
class AccountType(OfRow[Account], Node):
    org_name: str
    state: AccountState
    created_by_provider: bool
    monthly_billing_enabled: bool
    monthly_charging_enabled: bool
    managed_by: str
    created_at: datetime
    updated_at: datetime
    extra_fields = extra_fields_of(FieldTarget.ACCOUNT)

    @described("Where its bills go, as far as it is said.")
    def billing_address(self) -> BillingAddressType | None:
        return address_of(self.row)

    @related(AccountPlan)
    def plan(self) -> int:
        return self.row.account_plan_id

    @related(AccountPlan)
    def wanted_plan(self) -> int | None:
        return self.row.wanted_plan_id

    @needing(Permission.FINANCE_READ, "Its card, as far as one is stored.")
    async def credit_card(self, info: Info) -> CreditCardType | None:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, CreditCard]:
            return cards_by_account(ctx.db, ids)

        card = await ctx.loaders.batch("card of an account", read).load(self.row.id)
        return CreditCardType.of(card) if card else None

    @connection(ServiceContract)
    def service_contracts(self, info: Info) -> Rows:
        query = info.context.rows(ServiceContract)
        return Rows(CONTRACTS, query, (ServiceContract.account_id, self.row.id))

    @connection(User)
    def users(self, info: Info) -> Rows:
        return Rows(USERS, info.context.rows(User), (User.account_id, self.row.id))

    @connection(Invitation)
    def invitations(self, info: Info, state: InvitationState | None = None) -> Rows:
        ctx = info.context
        query = invitations_in(ctx.actor, word_of(state) or "", ctx.now)
        return Rows(INVITATIONS, query, (Invitation.account_id, self.row.id))

    @connection(Application)
    def applications(self, info: Info, state: ApplicationState | None = None) -> Rows:
        query = info.context.rows(Application)
        if state is not None:
            query = query.where(Application.state == state.value)  # type: ignore[arg-type]  # a column compared
        return Rows(APPLICATIONS, query, (Application.account_id, self.row.id))


@strawberry.type
class AccountPayload(Payload):
    account: AccountType | None = None


@strawberry.type
class SignupPayload(AccountPayload):
    user: UserType | None = None
    applications: list[ApplicationType] = strawberry.field(default_factory=list)


@strawberry.input(description="Plans that are not named are the defaults.")
class SignupInput(Input):
    org_name: str
    username: str
    email: str
    password: str | None = strawberry.field(
        default=None, description="With a password the user is active at once."
    )
    first_name: str = ""
    last_name: str = ""
    account_plan_id: strawberry.ID | None = None
    service_plan_id: strawberry.ID | None = None
    application_plan_id: strawberry.ID | None = None
    application_name: str | None = None
    managed_by: str = strawberry.field(
        default="", description="The program that keeps the account, as it calls itself."
    )
    billing_address: BillingAddressInput | None = None
    extra_fields: list[FieldValueInput] = strawberry.field(
        default_factory=list, description="Fields of the account."
    )
    user_extra_fields: list[FieldValueInput] = strawberry.field(
        default_factory=list, description="Fields of its first user."
    )


@strawberry.input
class AccountUpdateInput(ChangeInput):
    org_name: strawberry.Maybe[str]
    monthly_billing_enabled: strawberry.Maybe[bool]
    monthly_charging_enabled: strawberry.Maybe[bool]
    managed_by: strawberry.Maybe[str | None]
    billing_address: strawberry.Maybe[BillingAddressInput | None]
    extra_fields: strawberry.Maybe[list[FieldValueInput]]


@strawberry.input
class AccountChangePlanInput(IdInput):
    plan_id: strawberry.ID


@strawberry.type
class AccountQueries:
    @connection(Account, Permission.ACCOUNTS_READ)
    def accounts(  # noqa: PLR0913 - each is an argument of the field
        self,
        info: Info,
        state: AccountState | None = None,
        search: str | None = None,
        plan_id: strawberry.ID | None = None,
        service_id: strawberry.ID | None = None,
        wants_plan: bool = False,
        created_since: datetime | None = None,
        created_until: datetime | None = None,
        sort: lists.AccountSort = lists.AccountSort.OLDEST,
    ) -> Rows:
        wanted = lists.AccountFilter(
            state=word_of(state) or "",
            search=search or "",
            plan_id=info.context.number_within_reach(plan_id, AccountPlan, "planId"),
            service_id=info.context.number_within_reach(service_id, Service, "serviceId"),
            wants_plan=wants_plan,
            created_since=created_since,
            created_until=created_until,
        )
        found = lists.narrowed_accounts(info.context.work, wanted)
        return Rows.of(lists.LISTINGS[sort], found)

    @needing(Permission.ACCOUNTS_READ)
    def account(self, info: Info, id: strawberry.ID) -> AccountType | None:
        row = info.context.find(Account, parse_id(id, "Account"))
        return AccountType.of(row) if row else None


@strawberry.type
class AccountMutations:
    @mutation(SignupPayload, Permission.ACCOUNTS_EDIT)
    def account_create(self, info: Info, input: SignupInput) -> SignupPayload:
        """Create an account with its first user, as the provider's staff does."""
        return _sign_up(info.context, input, "provider")

    @mutation(SignupPayload, Permission.ACCOUNTS_EDIT)
    def signup_express(self, info: Info, input: SignupInput) -> SignupPayload:
        """Create a customer in one call, as a provider's back end does."""
        return _sign_up(info.context, input, "api")

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_update(self, info: Info, input: AccountUpdateInput) -> AccountPayload:
        """Change an account's details."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "Account")
            ctx.check_version(work, Account, number, input.expected_version)
            changes = field_changes_of(input)
            if GIVEN in changes:
                changes[GIVEN] = lines_of(changes[GIVEN])
            row = actions.update_account(work, number, changes)
        return AccountPayload(account=AccountType.of(row))

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_approve(self, info: Info, input: IdInput) -> AccountPayload:
        """Let a pending account in."""
        return _move(info.context, input, actions.approve_account)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_reject(self, info: Info, input: IdInput) -> AccountPayload:
        """Turn an account down."""
        return _move(info.context, input, actions.reject_account)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_suspend(self, info: Info, input: IdInput) -> AccountPayload:
        """Stop an account: its users can't log in, its calls are refused."""
        return _move(info.context, input, actions.suspend_account)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_resume(self, info: Info, input: IdInput) -> AccountPayload:
        """Let a suspended account in again."""
        return _move(info.context, input, actions.resume_account)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_make_pending(self, info: Info, input: IdInput) -> AccountPayload:
        """Put an account back before approval."""
        return _move(info.context, input, actions.make_account_pending)

    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_change_plan(self, info: Info, input: AccountChangePlanInput) -> AccountPayload:
        """Move an account to another account plan."""
        ctx = info.context
        with ctx.write() as work:
            number = parse_id(input.id, "Account")
            plan = parse_id(input.plan_id, "AccountPlan", "plan_id")
            row = actions.change_account_plan(work, number, plan)
        return AccountPayload(account=AccountType.of(row))


def _move(ctx: Context, given: IdInput, action: Any) -> AccountPayload:
    with ctx.write() as work:
        row = action(work, parse_id(given.id, "Account"))
    return AccountPayload(account=AccountType.of(row))


def _sign_up(ctx: Context, given: SignupInput, origin: Origin) -> SignupPayload:
    draft = NewSignup(
        org_name=given.org_name,
        username=given.username,
        email=given.email,
        password=given.password,
        first_name=given.first_name,
        last_name=given.last_name,
        account_plan_id=number_or_none(given.account_plan_id, "AccountPlan", "account_plan_id"),
        service_plan_id=number_or_none(given.service_plan_id, "ServicePlan", "service_plan_id"),
        application_plan_id=number_or_none(
            given.application_plan_id, "ApplicationPlan", "application_plan_id"
        ),
        application_name=given.application_name,
        managed_by=given.managed_by,
        billing_address=lines_of(given.billing_address),
        fields=values_of(given.extra_fields),
        user_fields=values_of(given.user_extra_fields),
    )
    with ctx.write() as work:
        signup = sign_up(work, draft, origin)
    return SignupPayload(
        account=AccountType.of(signup.account),
        user=UserType.of(signup.user),
        applications=[ApplicationType.of(row) for row in signup.applications],
    )


TOPIC = Topic(
    shows=(Shown(Account, AccountType, actions.accounts_query),),
    queries=AccountQueries,
    mutations=AccountMutations,
)
