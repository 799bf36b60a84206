"""Which mails a developer wants; and leaving one by the link in it, without a login."""

from starlette.responses import Response

from cms.liquid.drops.messages import Optional, OptionalMailDrop
from cms.portal.context import PortalContext
from cms.portal.render import render_page
from server.actions.messages.preferences import (
    find_leaver,
    get_preferences,
    leave_mail,
    update_preferences,
)
from server.domain.messages.preferences import OPTIONAL

PAGE = "/admin/account/personal_details/notifications"


def choices_of(ctx: PortalContext) -> list[OptionalMailDrop]:
    """List the mails that one may leave."""
    wanted = get_preferences(ctx)
    return [
        OptionalMailDrop(Optional(name, OPTIONAL[name].title, on), ctx.data)
        for name, on in wanted.items()
    ]


def update(ctx: PortalContext) -> Response:
    """Choose one's own mails: what is ticked is wanted."""
    known = get_preferences(ctx)
    update_preferences(ctx, {name: ctx.text(f"notification[{name}]") == "1" for name in known})
    return ctx.go("/admin/account/personal_details", "Your choice of mails is saved.")


def ask(ctx: PortalContext) -> Response:
    """Ask before a mail is left: following a link changes nothing."""
    _, name = find_leaver(ctx, _code(ctx))
    return _page(ctx, name, wanted=True)


def leave(ctx: PortalContext) -> Response:
    _, name = leave_mail(ctx, _code(ctx))
    return _page(ctx, name, wanted=False)


def _page(ctx: PortalContext, name: str, *, wanted: bool) -> Response:
    mail = Optional(name, OPTIONAL[name].title, wanted, ctx.path)
    return render_page(ctx, "notifications/leave", {"leaving": OptionalMailDrop(mail, ctx.data)})


def _code(ctx: PortalContext) -> str:
    return str(ctx.request.path_params["code"])
