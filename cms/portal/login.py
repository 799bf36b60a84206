"""Logging in and out."""

from starlette.responses import Response

from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from cms.portal.return_paths import DASHBOARD, own_page
from server.auth.passwords import Attempt, check_password
from server.auth.sessions import log_in, log_out
from server.web.cookies import DEVELOPER
from server.web.notices import go_to


def show(ctx: PortalContext) -> Response:
    """Show the form; who is logged in goes on."""
    if ctx.visitor is not None:
        return go_to(own_page(ctx.param("return_to")))
    ctx.data.return_to = ctx.param("return_to")
    form = FormDrop(forms.filled(forms.LOGIN, ctx.values, ctx.error), ctx.data)
    return render_page(ctx, "login/new", {"form": form})


def check(page_request: PortalRequest) -> str:
    """Check name and password, and open a session, whose token this is; an earlier one ends.

    Raises: BadCredentials, NotActive, LimitReached.
    """
    values = forms.values_of(forms.LOGIN, page_request.form)
    with page_request.open(write=False) as ctx:
        attempt = Attempt(
            provider_id=ctx.provider.id,
            audience=DEVELOPER.audience,
            name=values.get("username", ""),
            password=values.get("password", ""),
            address=page_request.address,
        )
        proof = check_password(ctx.db, ctx.deps.gates, attempt)
    with page_request.open(write=True) as ctx:
        login = log_in(ctx.db, ctx.installation, proof)
        log_out(ctx.db, DEVELOPER.session.read(ctx.request, ctx.deps))
    return login.token


def create(page_request: PortalRequest) -> Response:
    """Log in and go where it was asked to."""
    token = check(page_request)
    response = go_to(own_page(page_request.form.get("return_to", "")))
    DEVELOPER.session.put(response, page_request.deps, token)
    return response


def destroy(page_request: PortalRequest) -> Response:
    with page_request.open(write=True) as ctx:
        log_out(ctx.db, DEVELOPER.session.read(ctx.request, ctx.deps))
        response = ctx.go("/login", "You are logged out.", "info")
    DEVELOPER.session.drop(response, page_request.deps)
    return response


def leave(ctx: PortalContext) -> Response:
    """Answer a link to /logout: leaving takes a button, since a link changes nothing."""
    return go_to(DASHBOARD if ctx.visitor else "/login")
