"""A forgotten password: ask for a link, follow it, set another."""

from starlette.responses import Response

from cms.liquid.drops.accounts import UserDrop
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.captcha import check_captcha
from cms.portal.context import PortalContext
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from server.actions.accounts.users import (
    PASSWORD_RESET,
    ask_password_reset,
    get_user_by_link,
    reset_password,
)
from server.domain.accounts.users import clean_password
from server.domain.errors import BadToken, Invalid
from server.domain.refusals import Refusals
from server.web.cookies import DEVELOPER

SENT = "If an account has this address, a link to set a new password is on its way."
CHANGED = "Your password is changed. Log in with the new one."
ASK_PAGE = "/admin/account/password/new"


def ask(ctx: PortalContext) -> Response:
    """Show the form that asks for a link."""
    form = FormDrop(forms.filled(forms.MAIL, ctx.values, ctx.error), ctx.data)
    return render_page(ctx, "password/new", {"form": form})


def edit(ctx: PortalContext) -> Response:
    """Show the form of a mailed link; a dead one leads to asking again."""
    try:
        token = ctx.param("password_reset_token")
        user = get_user_by_link(ctx.db, ctx.installation, ctx.provider.id, PASSWORD_RESET, token)
    except BadToken as error:
        return ctx.go(ASK_PAGE, error.message, "danger")
    filled = forms.filled(forms.NEW_PASSWORD, ctx.values, ctx.error)
    variables = {
        "form": FormDrop(filled, ctx.data),
        "password_reset_token": token,
        "user": UserDrop(user, ctx.data, filled),
    }
    return render_page(ctx, "password/show", variables)


def new_password(entry_form: dict[str, str]) -> str:
    """Read a new password that was typed twice. Raises: Invalid."""
    password, refusals = entry_form.get("password", ""), Refusals()
    with refusals.noted():
        clean_password(password)
    with refusals.noted():
        if password != entry_form.get("password_confirmation", ""):
            raise Invalid("is not the same as the password above.", field="password_confirmation")
    refusals.tell()
    return password


def create(page_request: PortalRequest) -> Response:
    """Send a link; the answer is the same for every address."""
    email = page_request.form.get("email", "").strip()
    check_captcha(page_request)
    with page_request.open(write=False) as ctx:
        page_request.deps.gates.reset_mails.enter(ctx.provider.id, email, page_request.address)
    with page_request.open(write=True) as ctx:
        ask_password_reset(ctx, DEVELOPER.audience, email)
        return ctx.go("/login", ctx.on_its_way(SENT), "info")


def update(page_request: PortalRequest) -> Response:
    """Set the new password; all sessions end."""
    token = page_request.form.get("password_reset_token", "").strip()
    values = forms.values_of(forms.NEW_PASSWORD, page_request.form)
    with page_request.open(write=False) as ctx:
        page_request.deps.gates.reset_links.enter(ctx.provider.id, token, page_request.address)
    with page_request.open(write=True) as ctx:
        get_user_by_link(ctx.db, ctx.installation, ctx.provider.id, PASSWORD_RESET, token)
        password = new_password(values)
        reset_password(ctx.db, ctx.installation, ctx.provider.id, token, password)
        return ctx.go("/login", CHANGED)
