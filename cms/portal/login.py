"""Logging in and out."""

from starlette.responses import RedirectResponse, Response

from cms.liquid.drops.pages import FlashMessage, FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.cookies import DASHBOARD, SESSION, own_page, put_flash, put_session
from cms.portal.page_server import AUDIENCE, PageRequest
from cms.portal.render import render_page
from server.auth.sessions import log_in, log_out


def show(ctx: PortalContext) -> Response:
    """Show the form; who is logged in goes on."""
    if ctx.login is not None:
        return RedirectResponse(own_page(ctx.param("return_to")), 303)
    form = FormDrop(forms.filled(forms.LOGIN, ctx.form, ctx.error), ctx.data)
    return render_page(ctx, "login/new", {"form": form})


def create(page_request: PageRequest) -> Response:
    """Check name and password; the session is a new one, an earlier one ends."""
    values = forms.values_of(forms.LOGIN, page_request.form)
    username, password = values.get("username", ""), values.get("password", "")
    with page_request.open(write=False) as ctx:
        page_request.deps.gates.logins.enter(ctx.provider.id, username, page_request.address)
    with page_request.open(write=True) as ctx:
        provider_id = ctx.provider.id
        login = log_in(ctx.db, ctx.installation, provider_id, AUDIENCE, (username, password))
        log_out(ctx.db, page_request.request.cookies.get(SESSION, ""))
    response = RedirectResponse(own_page(page_request.form.get("return_to", "")), 303)
    put_session(response, page_request.deps, login)
    return response


def destroy(page_request: PageRequest) -> Response:
    """End the session."""
    with page_request.open(write=True) as ctx:
        log_out(ctx.db, page_request.request.cookies.get(SESSION, ""))
    response = RedirectResponse("/login", 303)
    response.delete_cookie(SESSION, path="/")
    put_flash(response, page_request.deps, FlashMessage("info", "You are logged out."))
    return response


def leave(ctx: PortalContext) -> Response:
    """Answer a link to /logout: leaving takes a button, since a link changes nothing."""
    return RedirectResponse(DASHBOARD if ctx.login else "/login", 303)
