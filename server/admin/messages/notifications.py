"""Which mails one of the staff wants; and leaving one by the link in it, without a login."""

from dataclasses import dataclass

from starlette.responses import Response

from server.actions.messages.preferences import find_leaver, leave_mail, update_preferences
from server.admin.context import AdminContext
from server.admin.render import render_plain
from server.domain.messages.preferences import OPTIONAL


def update(ctx: AdminContext) -> Response:
    """Choose one's own mails; what the form does not name stays."""
    names = [name for name in OPTIONAL if name in ctx.values]
    update_preferences(ctx, {name: ctx.flag(name) for name in names})
    return ctx.go("/personal", "Your choice of mails is saved.")


@dataclass(frozen=True, slots=True)
class LeavePage:
    """The mail that is left, before it is and after."""

    provider_name: str
    csrf: str
    title: str
    action: str
    is_done: bool


def ask(ctx: AdminContext) -> Response:
    """Ask before a mail is left: following a link changes nothing."""
    _, name = find_leaver(ctx, _code(ctx))
    return _page(ctx, name, is_done=False)


def leave(ctx: AdminContext) -> Response:
    _, name = leave_mail(ctx, _code(ctx))
    return _page(ctx, name, is_done=True)


def _page(ctx: AdminContext, name: str, *, is_done: bool) -> Response:
    title = OPTIONAL[name].title
    page = LeavePage(ctx.provider.name, ctx.csrf_token, title, ctx.path, is_done)
    return render_plain("sessions/leave_mail.html.j2", page)


def _code(ctx: AdminContext) -> str:
    return str(ctx.request.path_params["code"])
