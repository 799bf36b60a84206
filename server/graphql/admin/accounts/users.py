"""Users of both sides: the provider's staff and developers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry

from server.actions.accounts import lists
from server.actions.accounts import users as actions
from server.actions.accounts.factors import remove_factors
from server.actions.accounts.staff import change_reach
from server.auth.second_factors import factors_by_user
from server.domain.accounts.accounts import Account
from server.domain.accounts.factors import Factors, SecondFactor
from server.domain.accounts.users import NewUser, User
from server.domain.drafts import word_of
from server.domain.permissions import Permission, Section
from server.domain.provider.field_definitions import FieldTarget
from server.graphql.admin.references import connection, related
from server.graphql.context import Context, Info
from server.graphql.enums import Role, UserState
from server.graphql.extra_fields import (
    FieldValueInput,
    extra_fields_of,
    field_changes_of,
    values_of,
)
from server.graphql.fields import Node, OfRow, described, needing
from server.graphql.ids import global_id, number_or_none, parse_id
from server.graphql.mutations import (
    ChangeInput,
    DeletedPayload,
    IdInput,
    Input,
    Payload,
    changes_of,
    mutation,
)
from server.graphql.paging import Rows
from server.graphql.proofs import NEEDED, proof_of
from server.graphql.topics import Shown, Topic


@strawberry.type(name="User", description="A person who logs in.")
class UserType(OfRow[User], Node):
    username: str
    email: str
    role: Role
    state: UserState
    first_name: str
    last_name: str
    locale: str
    created_at: datetime
    updated_at: datetime
    extra_fields = extra_fields_of(FieldTarget.USER)

    @described(
        "Of a member of the staff: what he is let into. Null: he reads everything, and changes "
        "nothing."
    )
    def sections(self) -> list[Section] | None:
        return None if self.row.sections is None else [*map(Section, self.row.sections)]

    @described("Of a member of the staff: the APIs that he reaches. Null: all of them.")
    def service_ids(self) -> list[strawberry.ID] | None:
        reached = self.row.service_ids
        if reached is None:
            return None
        return [strawberry.ID(global_id("Service", number)) for number in reached]

    @described("What he is asked for after his password; he has set it up himself.")
    async def second_factors(self, info: Info) -> list[SecondFactor]:
        ctx = info.context

        def read(ids: Sequence[int]) -> dict[int, Factors]:
            return factors_by_user(ctx.db, ids)

        nothing = Factors(authenticator=False, passkeys=0)
        found = await ctx.loaders.batch("second factors", read, nothing).load(self.row.id)
        kinds: list[SecondFactor] = found.kinds
        return kinds

    @related(Account)
    def account(self) -> int | None:
        return self.row.account_id


@strawberry.type
class UserPayload(Payload):
    user: UserType | None = None


@strawberry.input(description="Without an account the user is one of the provider's staff.")
class UserCreateInput(Input):
    username: str
    email: str
    account_id: strawberry.ID | None = None
    password: str | None = None
    role: Role = Role.MEMBER
    first_name: str = ""
    last_name: str = ""
    locale: str = ""
    extra_fields: list[FieldValueInput] = strawberry.field(default_factory=list)
    sections: strawberry.Maybe[list[Section] | None]
    service_ids: strawberry.Maybe[list[strawberry.ID] | None]


@strawberry.input
class UserUpdateInput(ChangeInput):
    username: strawberry.Maybe[str]
    email: strawberry.Maybe[str]
    first_name: strawberry.Maybe[str | None]
    last_name: strawberry.Maybe[str | None]
    locale: strawberry.Maybe[str | None]
    current_password: str | None = strawberry.field(default=None, description=NEEDED)
    password: strawberry.Maybe[str] = strawberry.field(
        description="Another password: whatever the old one opened is closed."
    )
    role: strawberry.Maybe[Role]
    extra_fields: strawberry.Maybe[list[FieldValueInput]]


@strawberry.input(description="What is left out stays.")
class UserChangeReachInput(IdInput):
    sections: strawberry.Maybe[list[Section] | None]
    service_ids: strawberry.Maybe[list[strawberry.ID] | None]


@strawberry.type
class UserQueries:
    @connection(User, Permission.SETTINGS_READ, "The people of the provider's own side.")
    def staff(
        self,
        info: Info,
        state: UserState | None = None,
        role: Role | None = None,
        search: str | None = None,
        sort: lists.UserSort = lists.UserSort.OLDEST,
    ) -> Rows:
        wanted = lists.UserFilter(
            state=word_of(state) or "", role=word_of(role) or "", search=search or ""
        )
        return Rows.of(lists.USER_LISTINGS[sort], lists.narrowed_staff(info.context.work, wanted))

    @connection(User, Permission.ACCOUNTS_READ)
    def users(  # noqa: PLR0913 - each is an argument of the field
        self,
        info: Info,
        state: UserState | None = None,
        role: Role | None = None,
        search: str | None = None,
        account_id: strawberry.ID | None = None,
        is_developer: bool = False,
        created_since: datetime | None = None,
        created_until: datetime | None = None,
        sort: lists.UserSort = lists.UserSort.OLDEST,
    ) -> Rows:
        wanted = lists.UserFilter(
            state=word_of(state) or "",
            role=word_of(role) or "",
            search=search or "",
            account_id=info.context.number_within_reach(account_id, Account, "accountId"),
            is_developer=is_developer,
            created_since=created_since,
            created_until=created_until,
        )
        found = lists.narrowed_users(info.context.work, wanted)
        return Rows.of(lists.USER_LISTINGS[sort], found)

    @needing(Permission.ACCOUNTS_READ)
    def user(self, info: Info, id: strawberry.ID) -> UserType | None:
        row = info.context.find(User, parse_id(id, "User"))
        return UserType.of(row) if row else None


@strawberry.type
class UserMutations:
    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_create(self, info: Info, input: UserCreateInput) -> UserPayload:
        """Add a user, active at once when a password is given."""
        ctx = info.context
        account_id = number_or_none(input.account_id, "Account", "account_id")
        values = {name: word_of(getattr(input, name)) for name in NewUser.model_fields}
        values["extra_fields"] = values_of(input.extra_fields)
        reach = _reach_of(input)
        with ctx.write() as work:
            row = actions.create_user(work, account_id, values, reach)
        return UserPayload(user=UserType.of(row))

    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_update(self, info: Info, input: UserUpdateInput) -> UserPayload:
        """Change a user's details, or his password."""
        proof = proof_of(info.context, input.current_password)
        with info.context.write() as work:
            number = parse_id(input.id, "User")
            info.context.check_version(work, User, number, input.expected_version)
            changes = field_changes_of(input)
            password = changes.pop("password", None)
            row = actions.update_user(work, number, changes, proof)
            if password is not None:
                actions.replace_password(work, number, password, proof)
        return UserPayload(user=UserType.of(row))

    @mutation(UserPayload, Permission.SETTINGS_EDIT)
    def user_change_reach(self, info: Info, input: UserChangeReachInput) -> UserPayload:
        """Choose what a member of the staff reaches."""
        reach = _reach_of(input)
        with info.context.write() as work:
            row = change_reach(work, parse_id(input.id, "User"), reach)
        return UserPayload(user=UserType.of(row))

    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_activate(self, info: Info, input: IdInput) -> UserPayload:
        """Let a pending user log in."""
        return _move(info.context, input, actions.activate_user)

    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_suspend(self, info: Info, input: IdInput) -> UserPayload:
        """Lock a user out at once."""
        return _move(info.context, input, actions.suspend_user)

    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_unsuspend(self, info: Info, input: IdInput) -> UserPayload:
        """Let a suspended user in again."""
        return _move(info.context, input, actions.unsuspend_user)

    @mutation(UserPayload, Permission.ACCOUNTS_EDIT)
    def user_second_factors_remove(self, info: Info, input: IdInput) -> UserPayload:
        """Take all second factors away from a developer who has lost them; he is told by mail."""
        return _move(info.context, input, remove_factors)

    @mutation(DeletedPayload, Permission.ACCOUNTS_EDIT)
    def user_delete(self, info: Info, input: IdInput) -> DeletedPayload:
        """Take a user away; the last admin of an account stays."""
        with info.context.write() as work:
            actions.delete_user(work, parse_id(input.id, "User"))
        return DeletedPayload(deleted_id=input.id)


def _reach_of(given: UserCreateInput | UserChangeReachInput) -> dict[str, Any]:
    """Read what a member of the staff is to reach. Raises: Invalid."""
    changes = changes_of(given)
    reach: dict[str, Any] = {
        name: changes[name] for name in ("sections", "service_ids") if name in changes
    }
    if reach.get("service_ids"):
        ids = reach["service_ids"]
        reach["service_ids"] = [parse_id(each, "Service", "service_ids") for each in ids]
    return reach


def _move(ctx: Context, given: IdInput, action: Any) -> UserPayload:
    with ctx.write() as work:
        row = action(work, parse_id(given.id, "User"))
    return UserPayload(user=UserType.of(row))


TOPIC = Topic(
    shows=(Shown(User, UserType, actions.users_query),),
    queries=UserQueries,
    mutations=UserMutations,
)
