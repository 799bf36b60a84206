"""The person who is logged in: details and password."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.users import change_password, update_user
from server.actions.messages.preferences import get_preferences
from server.admin.context import AdminContext
from server.admin.render import render
from server.auth.passwords import check_own_password
from server.auth.sessions import open_session
from server.domain.accounts.users import PASSWORD_LEAST, Proof, User
from server.domain.errors import Invalid
from server.domain.messages.preferences import OPTIONAL
from server.web.cookies import ADMIN

TEXTS = ("username", "email", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """One's own details."""

    user: User
    password_least: int
    mails: Sequence[tuple[str, str, bool]]  # name, words, whether it is wanted


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
