"""Users of accounts. Source: reference-portal 1.1, 5."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.accounts import get_account
from server.actions.accounts.users import (
    USERS,
    activate_user,
    create_user,
    delete_user,
    replace_password,
    suspend_user,
    unsuspend_user,
    update_user,
    users_query,
)
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import NewUser, User, UserDraft
from server.domain.attributes import ShortText
from server.domain.drafts import Draft, changes_model
from server.domain.errors import NotFound, StateConflict
from server.domain.permissions import Permission, Role
from server.domain.provider.field_definitions import FieldTarget
from server.domain.refusals import Refusals
from server.rest.answers import Gone, Listed, Made, One
from server.rest.context import RestContext
from server.rest.errors import ImpossibleMove
from server.rest.fields import DefinedFields, with_fields
from server.rest.operations import Operation
from server.rest.shapes import Links, Shape, columns

PATH = "/accounts/{account_id}/users"
USER = Shape(
    name="user",
    model=User,
    parts=(
        *columns("id", "created_at", "updated_at", "account_id", "state", "role"),
        *columns("username", "email", hides=True),
        DefinedFields(FieldTarget.USER),
        Links({"account": "/accounts/{account_id}", "self": f"{PATH}/{{id}}"}),
    ),
)
UserChanges = changes_model(NewUser)


class UserFilters(Draft):
    """What a list of users may be narrowed by."""

    state: ShortText = ""
    role: ShortText = ""


def users_of(work: Work, accounts: Sequence[Account]) -> Mapping[int, Sequence[User]]:
    """Read the users of accounts, oldest first. Cost: one statement."""
    query = users_query(work.actor).where(col(User.account_id).in_([one.id for one in accounts]))
    found: dict[int, list[User]] = defaultdict(list)
    # Sorted here: SQLite would go through all users in that order to find these few.
    for user in sorted(work.db.exec(query), key=lambda row: row.id):
        found[user.account_id or 0].append(user)
    return found


def list_users(ctx: RestContext) -> SelectOfScalar[User]:
    """Select the users of the account. Raises: NotFound."""
    account = get_account(ctx, ctx.path_id("account_id"))
    query = users_query(ctx.actor).where(User.account_id == account.id)
    for name, value in ctx.given(UserFilters).items():
        if value:
            query = query.where(getattr(User, name) == value)
    return query


def find(ctx: RestContext) -> User:
    """Find the user of the path, in the account of the path. Raises: NotFound."""
    account = get_account(ctx, ctx.path_id("account_id"))
    query = users_query(ctx.actor).where(User.account_id == account.id, User.id == ctx.path_id())
    user = ctx.db.exec(query).first()
    if user is None:
        raise NotFound("There is no such user here.", field="id")
    return user


def create(ctx: RestContext) -> User:
    """Add a user to the account; with a password he is active at once."""
    account = get_account(ctx, ctx.path_id("account_id"))
    given = ctx.params.pick(NewUser.model_fields)
    return create_user(ctx, account.id, with_fields(ctx, FieldTarget.USER, given))


def update(ctx: RestContext) -> User:
    """Change what is given of the user; another password ends all that the old one opened."""
    given = ctx.params.pick(UserDraft.model_fields)
    return change_user(ctx, find(ctx), with_fields(ctx, FieldTarget.USER, given))


def change_user(ctx: RestContext, user: User, values: Mapping[str, Any]) -> User:
    """Change a user, and his password if one is given; an empty one is none, as there.

    Raises: Invalid for all that is wrong, Forbidden.
    """
    refusals, password = Refusals(), ctx.params.text("password")
    with refusals.noted():
        update_user(ctx, user.id, values)
    with refusals.noted():
        if password:
            replace_password(ctx, user.id, password)
    refusals.tell()
    return user


def _make(role: Role) -> Any:
    return lambda work, user_id: update_user(work, user_id, {"role": role.value})


def _activate(work: Work, user_id: int) -> User:
    user = work.db.get_one(User, user_id)
    return user if user.state == "active" else activate_user(work, user_id)


MOVES: tuple[tuple[str, str, Any], ...] = (
    ("admin", "Make a user an admin of his account.", _make(Role.ADMIN)),
    ("member", "Make a user a member of his account.", _make(Role.MEMBER)),
    ("suspend", "Lock a user out at once.", suspend_user),
    ("unsuspend", "Let a suspended user in again.", unsuspend_user),
    ("activate", "Let a pending user log in; one who may already stays as he is.", _activate),
)
TOLD_APART = frozenset({"suspend", "activate"})  # what is impossible is told as such, as there


def moved(
    get: Callable[[RestContext], User], act: Any, *, is_told_apart: bool
) -> Callable[[RestContext], User]:
    """Make the function that moves a user; a step that his state does not know is refused."""

    def run(ctx: RestContext) -> User:
        user: User = get(ctx)
        try:
            return act(ctx, user.id)  # type: ignore[no-any-return]  # one of MOVES
        except StateConflict as error:
            if not is_told_apart:
                raise
            raise ImpossibleMove(error, "User") from error

    return run


def _move(word: str, summary: str, act: Any) -> Operation:
    run = moved(find, act, is_told_apart=word in TOLD_APART)
    path = f"{PATH}/{{id}}/{word}"
    return Operation("PUT", path, summary, Permission.ACCOUNTS_EDIT, run, One(USER))


def _delete(ctx: RestContext) -> None:
    delete_user(ctx, find(ctx).id)


OPERATIONS = (
    Operation(
        "GET",
        PATH,
        "List users of an account.",
        Permission.ACCOUNTS_READ,
        list_users,
        Listed(USER),
        filters=UserFilters,
    ),
    Operation(
        "POST",
        PATH,
        "Make a user of an account.",
        Permission.ACCOUNTS_EDIT,
        create,
        Made(USER, f"{PATH}/{{id}}"),
        takes=NewUser,
        wrappers=("user",),
        resource=USERS,
    ),
    Operation("GET", f"{PATH}/{{id}}", "Show a user.", Permission.ACCOUNTS_READ, find, One(USER)),
    *(
        Operation(
            method,
            f"{PATH}/{{id}}",
            "Change a user: what is left out stays.",
            Permission.ACCOUNTS_EDIT,
            update,
            One(USER),
            takes=UserChanges,
            wrappers=("user",),
            resource=USERS,
        )
        for method in ("PUT", "PATCH")
    ),
    Operation(
        "DELETE",
        f"{PATH}/{{id}}",
        "Delete a user; the last admin of an account stays.",
        Permission.ACCOUNTS_EDIT,
        _delete,
        Gone(),
    ),
    *(_move(*each) for each in MOVES),
)
