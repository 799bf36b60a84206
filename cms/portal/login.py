"""Logging in and out."""

import json
from collections.abc import Callable

from starlette.responses import Response

from cms.liquid.drops.identities import ways_of
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms, second_steps
from cms.portal.captcha import check_captcha
from cms.portal.context import PortalContext
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from cms.portal.return_paths import DASHBOARD, own_page
from server.actions.accounts.sso_tokens import base_url
from server.auth.passkeys import options_to_sign, prove_by_passkey
from server.auth.passwords import Attempt, check_password
from server.auth.second_factors import LATE
from server.auth.sessions import log_in, log_out
from server.domain.accounts.users import Proof
from server.domain.errors import FactorNeeded
from server.domain.provider.login_address import login_address_of
from server.web.cookies import DEVELOPER
from server.web.notices import go_to

WITH, BY_PASSWORD = "with", "password"  # of an address: /login?with=password is our form
Prove = Callable[[PortalContext], Proof]  # in the transaction that opens the session


def show(ctx: PortalContext) -> Response:
    """Show the form, or the second step of one that was right; who is logged in goes on."""
    if ctx.visitor is not None:
        return go_to(own_page(ctx.param("return_to")))
    if _is_elsewhere(ctx):
        page = f"{base_url(ctx)}{own_page(ctx.param('return_to'))}"
        return go_to(login_address_of(ctx.data.settings.sso_login_url, page), 302)
    if isinstance(ctx.error, FactorNeeded) or second_steps.is_second_step(ctx.values):
        second = second_steps.find_page(ctx)
        if second is not None:
            return second
    ctx.data.return_to = ctx.param("return_to")
    form = FormDrop(forms.filled(forms.LOGIN, ctx.values, ctx.error), ctx.data)
    options = options_to_sign(ctx.installation, second_steps.visit_of(ctx))
    variables = {
        "authentication_providers": ways_of(ctx.data.login_ways, ctx.data),
        "form": form,
        "passkey": {"options": json.dumps(options)},
    }
    return render_page(ctx, "login/new", variables)


def _is_elsewhere(ctx: PortalContext) -> bool:
    """Return whether the login is a page of the provider's own site, and ours is not asked for.

    Ours is shown where there is something to tell (so that a link which is refused leads into no
    circle), in previews, and to who was sent there and comes back here to log in.
    """
    is_plain = ctx.error is None and ctx.find_notice() is None and not ctx.preview.mode
    is_asked_for = ctx.param(WITH) == BY_PASSWORD
    comes_back = "//" in ctx.param("return_to")
    wanted = is_plain and not is_asked_for and not comes_back
    return wanted and ctx.data.settings.sso_login_url != ""


def show_second_step(ctx: PortalContext) -> Response:
    """Show the second step; who has not taken the first, or long ago, begins anew."""
    if ctx.visitor is not None:
        return go_to(own_page(ctx.param("return_to")))
    return second_steps.find_page(ctx) or ctx.go("/login", LATE, "info")


def check(page_request: PortalRequest, prove: Prove | None = None) -> str:
    """Check who it is, and open a session, whose token this is; an earlier one ends.

    Raises: BadCredentials, NotActive, FactorNeeded, LimitReached.
    """
    prove = prove or _way_of(page_request)
    with page_request.open(write=True) as ctx:
        proof = prove(ctx)
        try:
            login = log_in(ctx.db, ctx.installation, proof)
        except FactorNeeded as needed:
            raise FactorNeeded(second_steps.sealed(ctx, proof)) from needed
        log_out(ctx.db, DEVELOPER.session.read(ctx.request, ctx.deps))
    return login.token


def _way_of(page_request: PortalRequest) -> Prove:
    """Check what was typed, or count the second step, which is checked where it is used up."""
    if second_steps.is_second_step(page_request.form):
        second_steps.count(page_request)
        return second_steps.prove
    check_captcha(page_request)
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
    return lambda _ctx: proof


def create(page_request: PortalRequest) -> Response:
    """Log in and go where it was asked to, or to the second step first."""
    try:
        token = check(page_request)
    except FactorNeeded as needed:
        return_to = page_request.form.get("return_to", "")
        return second_steps.go_there(page_request, needed.kept, return_to)
    return _go_on(page_request, token)


def create_by_second_step(page_request: PortalRequest) -> Response:
    """Log in by the second step, after the password."""
    response = _go_on(page_request, check(page_request))
    second_steps.PENDING.drop(response, page_request.deps)
    return response


def create_by_passkey(page_request: PortalRequest) -> Response:
    """Log in by a passkey alone: it is what one has, and the device asks for what one knows."""
    with page_request.open(write=False) as ctx:
        page_request.deps.gates.passkeys.enter(ctx.provider.id, "", page_request.address)
    return _go_on(page_request, check(page_request, _by_passkey))


def _by_passkey(ctx: PortalContext) -> Proof:
    answer = ctx.values.get(second_steps.CREDENTIAL, "")
    return prove_by_passkey(ctx.db, ctx.installation, second_steps.visit_of(ctx), answer)


def _go_on(page_request: PortalRequest, token: str) -> Response:
    response = go_to(own_page(page_request.form.get("return_to", "")))
    DEVELOPER.session.put(response, page_request.deps, token)
    return response


def destroy(page_request: PortalRequest) -> Response:
    with page_request.open(write=True) as ctx:
        log_out(ctx.db, DEVELOPER.session.read(ctx.request, ctx.deps))
        response = ctx.go("/login", "You are logged out.", "info")
    DEVELOPER.session.drop(response, page_request.deps)
    return response


def say_goodbye(_ctx: PortalContext) -> Response:
    """Answer the address that the reference leads to after a logout."""
    return go_to("/login")


def leave(ctx: PortalContext) -> Response:
    """Answer a link to /logout: leaving takes a button, since a link changes nothing."""
    return go_to(DASHBOARD if ctx.visitor else "/login")
