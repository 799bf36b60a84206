"""The person who is logged in: details and password."""

from dataclasses import dataclass

from starlette.responses import Response

from server.actions.accounts.users import change_password, update_user
from server.admin.accounts.sessions import keep_session
from server.admin.render import render
from server.admin.screen import Screen
from server.auth.sessions import open_session
from server.domain.accounts.users import PASSWORD_LEAST, User
from server.domain.errors import Invalid

TEXTS = ("username", "email", "first_name", "last_name")


@dataclass(frozen=True, slots=True)
class PersonalPage:
    """One's own details."""

    user: User
    password_least: int


def show(screen: Screen) -> Response:
    """Show one's own details."""
    page = PersonalPage(screen.login.user, PASSWORD_LEAST)
    return render(screen, "users/personal.html.j2", page)


def update(screen: Screen) -> Response:
    """Change one's own details."""
    update_user(screen.db, screen.actor, screen.login.user.id, screen.texts(*TEXTS))
    return screen.go("/personal", "Your details are saved.")


def replace_password(screen: Screen) -> Response:
    """Change one's own password; all other sessions end, this browser gets a new one."""
    password = screen.values.get("password", "")
    if password != screen.values.get("password_again", ""):
        raise Invalid("is not the same as the first.", field="password_again")
    current = screen.values.get("current_password", "")
    user = change_password(screen.db, screen.actor, current, password)
    response = screen.go("/personal", "Your password is changed. You are logged out elsewhere.")
    keep_session(response, screen.site, open_session(screen.db, screen.installation, user))
    return response
