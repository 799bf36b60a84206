"""The person who is logged in: details and password. And the details of developers."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.accounts import get_account
from server.actions.accounts.users import change_password, update_user, users_query
from server.actions.messages.preferences import get_preferences
from server.admin.context import AdminContext
from server.admin.fields import FieldInput, inputs_of, sent_fields
from server.admin.render import render
from server.auth.passwords import check_own_password
from server.auth.sessions import open_session
from server.domain.accounts.accounts import Account
from server.domain.accounts.users import PASSWORD_LEAST, Proof, User
from server.domain.errors import Invalid, NotFound
from server.domain.messages.preferences import OPTIONAL
from server.domain.permissions import Permission
from server.domain.provider.field_definitions import FieldTarget
from server.web.cookies import ADMIN

TEXTS = ("username", "email", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """One's own details."""

    user: User
    password_least: int
    mails: Sequence[tuple[str, str, bool]]  # name, words, whether it is wanted


@dataclass(frozen=True, slots=True)
class EditUserPage:
    """The form of a developer's details."""

    account: Account
    user: User
    fields: Sequence[FieldInput]


def edit(ctx: AdminContext) -> Response:
    """Show the details of a user of an account."""
    ctx.actor.require(Permission.ACCOUNTS_EDIT)
    user = _developer(ctx)
    account = get_account(ctx, user.account_id)
    page = EditUserPage(account, user, inputs_of(ctx, FieldTarget.USER, user))
    return render(ctx, "users/edit.html.j2", page)


def update_developer(ctx: AdminContext) -> Response:
    """Change the details of a user of an account; he is told of what he logs in with."""
    user = _developer(ctx)
    update_user(ctx, user.id, sent_fields(ctx, FieldTarget.USER, user))
    return ctx.go(f"/accounts/{user.account_id}", f"{user.username} is saved.")


def _developer(ctx: AdminContext) -> User:
    """Find the user of the path in its account. Raises: NotFound."""
    account_id, user_id = ctx.path_id("account_id"), ctx.path_id("user_id")
    query = users_query(ctx.actor).where(User.id == user_id, User.account_id == account_id)
    user = ctx.db.exec(query).first()
    if user is None:
        raise NotFound("There is no such user.")
    return user


def show(ctx: AdminContext) -> Response:
    """Show one's own details."""
    wanted = get_preferences(ctx)
    mails = [(name, OPTIONAL[name].title, on) for name, on in wanted.items()]
    page = PersonalPage(ctx.login.user, PASSWORD_LEAST, mails)
    return render(ctx, "users/personal.html.j2", page)


def update(ctx: AdminContext) -> Response:
    """Change one's own details; what one logs in with takes the current password."""
    update_user(ctx, ctx.login.user.id, ctx.texts(*TEXTS), _proof(ctx))
    return ctx.go("/personal", "Your details are saved.")


def replace_password(ctx: AdminContext) -> Response:
    """Change one's own password; all other sessions end, this browser gets a new one."""
    password = ctx.values.get("password", "")
    if password != ctx.values.get("password_again", ""):
        raise Invalid("is not the same as the first.", field="password_again")
    user = change_password(ctx, _proof(ctx), password)
    done = "Your password is changed. You are logged out elsewhere, and your tokens are deleted."
    response = ctx.go("/personal", done)
    login = open_session(ctx.db, ctx.installation, user)
    ADMIN.session.put(response, ctx.deps, login.token)
    return response


def _proof(ctx: AdminContext) -> Proof | None:
    """Check the current password, where it was typed. Raises: PasswordNeeded."""
    password = ctx.values.get("current_password", "")
    return check_own_password(ctx.db, ctx.deps.gates, ctx.actor, password, ctx.page_request.address)
