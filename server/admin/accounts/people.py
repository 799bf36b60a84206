"""The users of a developer account and the invitations into it, on the provider's side."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.accounts import get_account
from server.actions.accounts.factors import codes_left, remove_factors
from server.actions.accounts.invitations import (
    invitations_query,
    invite_user,
    resend_invitation,
    withdraw_invitation,
)
from server.actions.accounts.users import create_user, delete_user, update_user, users_query
from server.admin.context import AdminContext
from server.admin.fields import FieldInput, inputs_of, sent_fields
from server.admin.render import render
from server.auth.second_factors import factors_of
from server.domain.accounts.accounts import Account
from server.domain.accounts.factors import Factors
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import PASSWORD_LEAST, User
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.provider.field_definitions import FieldTarget

ROLES = (("member", "Member: sees applications, changes nothing"), ("admin", "Admin"))
BESIDE_FIELDS = ("locale", "role")


@dataclass(frozen=True, slots=True)
class NewUserPage:
    """The form of a further user of an account."""

    account: Account
    fields: Sequence[FieldInput]
    roles: tuple[tuple[str, str], ...]
    password_least: int


@dataclass(frozen=True, slots=True)
class UserPage:
    """The form of a user of an account."""

    account: Account
    user: User
    fields: Sequence[FieldInput]
    roles: tuple[tuple[str, str], ...]
    factors: Factors
    codes_left: int


def new(ctx: AdminContext) -> Response:
    """Show the form of a further user."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    fields = inputs_of(ctx, FieldTarget.USER)
    page = NewUserPage(_account(ctx), fields, ROLES, PASSWORD_LEAST)
    return render(ctx, "people/new.html.j2", page)


def create(ctx: AdminContext) -> Response:
    account = _account(ctx)
    given = {**sent_fields(ctx, FieldTarget.USER), **ctx.texts(*BESIDE_FIELDS)}
    user = create_user(ctx, account.id, {**given, "password": ctx.values.get("password", "")})
    told = "may log in now." if user.state == "active" else "waits to be activated."
    return ctx.go(_page_of(account), f"{user.username} is created, and {told}")


def edit(ctx: AdminContext) -> Response:
    """Show the form of a user."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    user = _user(ctx)
    fields = inputs_of(ctx, FieldTarget.USER, user)
    factors = factors_of(ctx.db, user.id)
    left = codes_left(ctx, user.id) if factors.is_any else 0
    page = UserPage(_account(ctx), user, fields, ROLES, factors, left)
    return render(ctx, "people/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    """Change the details of a user; he is told of what he logs in with."""
    user = _user(ctx)
    given = {**sent_fields(ctx, FieldTarget.USER, user), **ctx.texts(*BESIDE_FIELDS)}
    update_user(ctx, user.id, given)
    return ctx.go(f"/accounts/{user.account_id}", f"{user.username} is saved.")


def remove_second_factors(ctx: AdminContext) -> Response:
    """Let in by the password alone who has lost whatever else he had."""
    user = remove_factors(ctx, _user(ctx).id)
    told = f"{user.username} has no second factor any more, and is told so by mail."
    return ctx.go(f"/accounts/{user.account_id}/users/{user.id}", told)


def delete(ctx: AdminContext) -> Response:
    account, user = _account(ctx), delete_user(ctx, _user(ctx).id)
    return ctx.go(_page_of(account), f"{user.username} is deleted.")


def invite(ctx: AdminContext) -> Response:
    """Invite an address into the account."""
    account = _account(ctx)
    made = invite_user(ctx, account.id, ctx.texts("email"))
    return ctx.go(_page_of(account), f"{made.email} is invited by mail.")


def resend(ctx: AdminContext) -> Response:
    """Send an invitation again."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    made = resend_invitation(ctx, _invitation(ctx).id)
    return ctx.go_back(f"/accounts/{made.account_id}", f"{made.email} is invited again.")


def withdraw(ctx: AdminContext) -> Response:
    """Take an invitation back."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    gone = withdraw_invitation(ctx, _invitation(ctx).id)
    told = f"The invitation of {gone.email} is withdrawn. Its link is dead."
    return ctx.go_back(f"/accounts/{gone.account_id}", told)


def _account(ctx: AdminContext) -> Account:
    return get_account(ctx, ctx.path_id("account_id"))


def _user(ctx: AdminContext) -> User:
    """Find the user of the path, in the account of the path. Raises: NotFound."""
    query = users_query(ctx.actor).where(
        User.id == ctx.path_id("user_id"), User.account_id == _account(ctx).id
    )
    user = ctx.db.exec(query).first()
    if user is None:
        raise NotFound("There is no such user.")
    return user


def _invitation(ctx: AdminContext) -> Invitation:
    query = invitations_query(ctx.actor).where(
        Invitation.id == ctx.path_id("invitation_id"), Invitation.account_id == _account(ctx).id
    )
    found = ctx.db.exec(query).first()
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def _page_of(account: Account) -> str:
    return f"/accounts/{account.id}"
