"""A lost password of the staff: ask for a link by mail, follow it, set another."""

from dataclasses import dataclass, replace

from starlette.responses import Response

from server.actions.accounts.users import (
    PASSWORD_RESET,
    ask_password_reset,
    get_user_by_link,
    reset_password,
)
from server.admin.context import AdminContext
from server.admin.forms import summary_of
from server.admin.page_face import AdminRequest
from server.admin.render import render_plain
from server.domain.accounts.users import PASSWORD_LEAST, User
from server.domain.errors import BadToken, DomainError, Invalid
from server.web.cookies import ADMIN
from server.web.statuses import status_of, tell_when

TOKEN = "password_reset_token"  # noqa: S105 - its name in addresses and forms
SENT = "If somebody of the staff has this address, a link to set a new password is on its way."
CHANGED = "Your password is changed, and your access tokens are deleted. Log in with the new one."


@dataclass(frozen=True, slots=True)
class PasswordPage:
    """The form that asks for a link, or the one that the link leads to."""

    provider_name: str
    csrf: str
    token: str = ""  # of the link
    username: str = ""  # whose password is set
    email: str = ""
    alert: str = ""
    mails_are_kept: bool = False  # no link would arrive
    password_least: int = PASSWORD_LEAST


def show(page_request: AdminRequest) -> Response:
    """Show the form of a mailed link; without one, the form that asks for it."""
    with page_request.open(login_needed=False) as ctx:
        return _page(ctx)


def ask(page_request: AdminRequest) -> Response:
    """Send a link; the answer is the same for every address."""
    email = page_request.form.get("email", "").strip()
    try:
        with page_request.open(write=False, login_needed=False) as ctx:
            page_request.deps.gates.reset_mails.enter(ctx.provider.id, email, page_request.address)
        with page_request.open(login_needed=False) as ctx:
            ask_password_reset(ctx, ADMIN.audience, email)
            return ctx.go("/login", SENT, "info")
    except DomainError as error:
        return _again(page_request, error)


def update(page_request: AdminRequest) -> Response:
    """Set the new password; all sessions end."""
    form = page_request.form
    token, password = form.get(TOKEN, "").strip(), form.get("password", "")
    try:
        with page_request.open(write=False, login_needed=False) as ctx:
            gate = page_request.deps.gates.reset_links
            gate.enter(ctx.provider.id, token, page_request.address)
        with page_request.open(login_needed=False) as ctx:
            _get_user(ctx, token)
            if password != form.get("password_again", ""):
                raise Invalid("is not the same as the first.", field="password_again")
            reset_password(ctx.db, ctx.installation, ctx.provider.id, token, password)
            return ctx.go("/login", CHANGED)
    except DomainError as error:
        return _again(page_request, error)


def _get_user(ctx: AdminContext, token: str) -> User:
    """Find whose link it is. Raises: BadToken, also for one of a developer's."""
    user = get_user_by_link(ctx.db, ctx.installation, ctx.provider.id, PASSWORD_RESET, token)
    if user.audience != ADMIN.audience:
        raise BadToken("This link is for the developer portal.")
    return user


def _again(page_request: AdminRequest, error: DomainError) -> Response:
    with page_request.open(write=False, login_needed=False) as ctx:
        response = _page(ctx, error)
    response.status_code = status_of(error)
    tell_when(response, error)
    return response


def _page(ctx: AdminContext, error: DomainError | None = None) -> Response:
    """Show the form that fits: a dead link leads to asking for another one."""
    page = PasswordPage(
        ctx.provider.name,
        ctx.csrf_token,
        email=ctx.text("email"),
        alert=summary_of(error) if error else "",
        mails_are_kept=ctx.deps.mails_are_kept,
    )
    token = ctx.text(TOKEN) or ctx.query(TOKEN)
    if not token:
        return render_plain("sessions/lost_password.html.j2", page)
    try:
        user = _get_user(ctx, token)
    except BadToken as dead:
        page = replace(page, alert=page.alert or summary_of(dead))
        return render_plain("sessions/lost_password.html.j2", page, status=410)
    page = replace(page, token=token, username=user.username)
    return render_plain("sessions/new_password.html.j2", page)
