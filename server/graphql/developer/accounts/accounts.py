"""One's own account and its users."""

from datetime import datetime

import strawberry

from server.actions.accounts import accounts as actions
from server.actions.accounts.users import LISTING as USERS
from server.actions.accounts.users import update_user, users_query
from server.actions.applications.applications import LISTING as APPLICATIONS
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan
from server.domain.provider.field_definitions import FieldTarget
from server.graphql.context import Info
from server.graphql.developer.references import connection, related
from server.graphql.enums import AccountState, Role, UserState
from server.graphql.extra_fields import (
    FieldValueInput,
    column_of,
    extra_fields_of,
    field_changes_of,
)
from server.graphql.fields import Node, OfRow, described, needing
from server.graphql.ids import parse_id
from server.graphql.mutations import ChangeInput, Payload, VersionedInput, mutation
from server.graphql.paging import Rows
from server.graphql.proofs import NEEDED, proof_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="User", description="A person who logs in.")
class UserType(OfRow[User], Node):
    username: str
    email: str
    role: Role
    state: UserState
    locale: str
    first_name: str = column_of(FieldTarget.USER, "first_name")
    last_name: str = column_of(FieldTarget.USER, "last_name")
    created_at: datetime
    extra_fields = extra_fields_of(FieldTarget.USER)

    @related(Account)
    def account(self) -> int | None:
        return self.row.account_id


@strawberry.type(name="Account", description="The developer's organisation.")
class AccountType(OfRow[Account], Node):
    org_name: str
    state: AccountState
    created_at: datetime
    extra_fields = extra_fields_of(FieldTarget.ACCOUNT)

    @related(AccountPlan)
    def plan(self) -> int:
        return self.row.account_plan_id

    @related(AccountPlan)
    def wanted_plan(self) -> int | None:
        return self.row.wanted_plan_id

    @connection(User)
    def users(self, info: Info) -> Rows:
        return Rows(USERS, info.context.rows(User), (User.account_id, self.row.id))

    @connection(Application)
    def applications(self, info: Info) -> Rows:
        query = info.context.rows(Application)
        return Rows(APPLICATIONS, query, (Application.account_id, self.row.id))


@strawberry.type
class AccountPayload(Payload):
    account: AccountType | None = None


@strawberry.type
class UserPayload(Payload):
    user: UserType | None = None


@strawberry.input
class AccountUpdateInput(VersionedInput):
    org_name: strawberry.Maybe[str]
    extra_fields: strawberry.Maybe[list[FieldValueInput]]


@strawberry.input
class UserUpdateInput(ChangeInput):
    username: strawberry.Maybe[str]
    email: strawberry.Maybe[str]
    first_name: strawberry.Maybe[str | None]
    last_name: strawberry.Maybe[str | None]
    locale: strawberry.Maybe[str | None]
    extra_fields: strawberry.Maybe[list[FieldValueInput]]
    current_password: str | None = strawberry.field(default=None, description=NEEDED)
    role: strawberry.Maybe[Role]


@strawberry.type
class AccountQueries:
    @described("Who is logged in; null for a visitor.")
    def viewer(self, info: Info) -> UserType | None:
        ctx = info.context
        row = None if ctx.is_anonymous else ctx.find(User, ctx.actor.user_id)
        return UserType.of(row) if row else None

    @needing(Permission.ACCOUNTS_READ, "One's own account.")
    def account(self, info: Info) -> AccountType | None:
        row = info.context.find(Account, info.context.actor.account_id)
        return AccountType.of(row) if row else None


@strawberry.type
class AccountMutations:
    @mutation(AccountPayload, Permission.ACCOUNTS_EDIT)
    def account_update(self, info: Info, input: AccountUpdateInput) -> AccountPayload:
        """Change the details of one's own account."""
        ctx = info.context
        with ctx.write() as work:
            number = ctx.actor.account_id or 0
            ctx.check_version(work, Account, number, input.expected_version)
            row = actions.update_account(work, number, field_changes_of(input))
        return AccountPayload(account=AccountType.of(row))

    @mutation(UserPayload, Permission.ACCOUNTS_READ)
    def user_update(self, info: Info, input: UserUpdateInput) -> UserPayload:
        """Change one's own details; an admin may change those of the account's other users."""
        proof = proof_of(info.context, input.current_password)
        with info.context.write() as work:
            number = parse_id(input.id, "User")
            info.context.check_version(work, User, number, input.expected_version)
            row = update_user(work, number, field_changes_of(input), proof)
        return UserPayload(user=UserType.of(row))


TOPIC = Topic(
    shows=(
        Shown(Account, AccountType, actions.own_account_query),
        Shown(User, UserType, users_query),
    ),
    queries=AccountQueries,
    mutations=AccountMutations,
)
