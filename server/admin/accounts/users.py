"""The person who is logged in: details and password."""

from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.users import change_password, update_user
from server.admin.context import AdminContext
from server.admin.render import render
from server.auth.sessions import open_session
from server.domain.accounts.users import PASSWORD_LEAST, User
from server.domain.errors import Invalid
from server.web.cookies import ADMIN

TEXTS = ("username", "email", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """One's own details."""

    user: User
    password_least: int


def show(ctx: AdminContext) -> Response:
    """Show one's own details."""
    page = PersonalPage(ctx.login.user, PASSWORD_LEAST)
    return render(ctx, "users/personal.html.j2", page)


def update(ctx: AdminContext) -> Response:
    """Change one's own details."""
    update_user(ctx, ctx.login.user.id, ctx.texts(*TEXTS))
    return ctx.go("/personal", "Your details are saved.")


def replace_password(ctx: AdminContext) -> Response:
    """Change one's own password; all other sessions end, this browser gets a new one."""
    password = ctx.values.get("password", "")
    if password != ctx.values.get("password_again", ""):
        raise Invalid("is not the same as the first.", field="password_again")
    current = ctx.values.get("current_password", "")
    user = change_password(ctx, current, password)
    response = ctx.go("/personal", "Your password is changed. You are logged out elsewhere.")
    login = open_session(ctx.db, ctx.installation, user)
    ADMIN.session.put(response, ctx.deps, login.token)
    return response
