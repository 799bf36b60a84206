"""The people of all accounts in one list, on the provider's side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.lists import USER_LISTINGS, UserFilter, UserSort, narrowed_users
from server.admin.accounts.accounts import account_chosen, shown_if_chosen
from server.admin.context import AdminContext
from server.admin.lists import (
    Day,
    Filter,
    Pager,
    by_id,
    created_between,
    is_narrowed,
    page_through,
)
from server.admin.render import render, words
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import User
from server.domain.permissions import Role

STATES = ("active", "pending", "email_unverified", "suspended")
SORTS = (("newest", "Newest first"), ("oldest", "Oldest first"), ("name", "Username"))


@dataclass(frozen=True, slots=True)
class DevelopersPage:
    """The people of accounts, with the account of each."""

    people: Pager[User]
    accounts: Mapping[int, Account]
    search: str
    filters: Sequence[Filter | Day]
    is_filtered: bool


def index(ctx: AdminContext) -> Response:
    """List the people of all accounts, newest first unless told."""
    search, account = ctx.query("search"), account_chosen(ctx)
    state, role = state_and_role(ctx)
    since, until = created_between(ctx)
    sort = Filter.read(ctx, "sort", "Sorted by", SORTS, every="")
    wanted = UserFilter(
        is_developer=True,
        state=state.value,
        role=role.value,
        search=search,
        account_id=account.number,
        created_since=since.begins,
        created_until=until.ends,
    )
    people = page_through(ctx, USER_LISTINGS[UserSort(sort.value)], narrowed_users(ctx, wanted))
    narrowing: list[Filter | Day] = [state, role, *shown_if_chosen(account), since, until]
    page = DevelopersPage(
        people,
        by_id(ctx.db, Account, (row.account_id for row in people.rows if row.account_id)),
        search,
        [*narrowing, sort],
        is_narrowed(search, narrowing),
    )
    return render(ctx, "people/index.html.j2", page)


def state_and_role(ctx: AdminContext) -> tuple[Filter, Filter]:
    """Read which state and role the people of a list have."""
    return (
        Filter.read(ctx, "state", "State", [(state, words(state)) for state in STATES]),
        Filter.read(ctx, "role", "Role", [(role.value, role.value) for role in Role]),
    )
