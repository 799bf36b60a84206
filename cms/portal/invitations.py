"""Inviting colleagues into one's account, and joining one. Source: reference-portal 2.6, 8.4."""

from starlette.responses import Response

from cms.liquid.drops.invitations import InvitationDrop, Joining, JoiningDrop
from cms.liquid.drops.login_ways import login_way_of
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.fields import filled_with, invitee_fields
from cms.portal.lists import page_of
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from cms.portal.return_paths import DASHBOARD
from server.actions.accounts import invitations as actions
from server.actions.accounts.authentication_providers import published_query
from server.domain.accounts.accounts import Account
from server.domain.accounts.invitations import Invitation
from server.domain.errors import BadToken, NotFound

LIST = "/admin/account/invitations"
LOGGED_IN = "You are logged in already. Log out to join another account by this link."
DEAD = "This invitation was used, withdrawn or has expired. Ask for a new one."


def index(ctx: PortalContext) -> Response:
    """List the invitations into one's account, with the form of another one."""
    _refuse_hidden(ctx)
    query = actions.invitations_query(ctx.actor)
    rows, pagination = page_of(ctx, actions.LISTING, query, LIST)
    variables = {
        "form": FormDrop(forms.filled(forms.INVITATION, {}), ctx.data),
        "invitations": [InvitationDrop(row, ctx.data) for row in rows],
        "pagination": pagination,
    }
    return render_page(ctx, "invitations/index", variables)


def new(ctx: PortalContext) -> Response:
    """Show the form of an invitation."""
    _refuse_hidden(ctx)
    actions.invitations_query(ctx.actor)  # who may not see them may not send one
    blank = Invitation(
        provider_id=ctx.provider.id, account_id=ctx.account_id, email="", expires_at=ctx.now
    )
    form = forms.filled(forms.INVITATION, ctx.values, ctx.error)
    variables = {
        "form": FormDrop(form, ctx.data),
        "invitation": InvitationDrop(blank, ctx.data),
    }
    return render_page(ctx, "invitations/new", variables)


def create(page_request: PortalRequest) -> Response:
    """Invite an address; so many mails an hour go out for an account."""
    _count(page_request)
    with page_request.open(write=True, login_needed=True) as ctx:
        values = forms.values_of(forms.INVITATION, page_request.form)
        made = actions.invite_user(ctx, ctx.account_id, values)
        return ctx.go(LIST, ctx.on_its_way(f"{made.email} is invited by mail."))


def resend(page_request: PortalRequest) -> Response:
    """Send an invitation again, with a new link."""
    _count(page_request)
    with page_request.open(write=True, login_needed=True) as ctx:
        made = actions.resend_invitation(ctx, ctx.path_id("id"))
        return ctx.go(LIST, ctx.on_its_way(f"{made.email} is invited again, by a new link."))


def withdraw(ctx: PortalContext) -> Response:
    gone = actions.withdraw_invitation(ctx, ctx.path_id("id"))
    return ctx.go(LIST, f"The invitation of {gone.email} is withdrawn. Its link is dead.")


def show(ctx: PortalContext) -> Response:
    """Show the form of who follows the link of an invitation; a dead one leads to the login."""
    if ctx.visitor is not None:
        return ctx.go(DASHBOARD, LOGGED_IN, "info")
    token = str(ctx.request.path_params["token"])
    try:
        found = actions.get_invitation_by_link(ctx.db, ctx.installation, ctx.provider.id, token)
    except BadToken:
        return ctx.go("/login", DEAD, "danger")
    base = ctx.installation.addresses.portal(ctx.provider)
    ways = tuple(
        login_way_of(row, base, begins_at=f"/auth/invitations/{token}/{row.system_name}")
        for row in ctx.db.exec(published_query(ctx.provider.id))
    )
    joining = Joining(token, found.email, ctx.db.get_one(Account, found.account_id), ways)
    drop = JoiningDrop(joining, ctx.data)
    filled = filled_with((invitee_fields(ctx),), forms.INVITEE, ctx.values, ctx.error)
    variables = {"form": FormDrop(filled, ctx.data), "invitation": drop, "user": drop}
    return render_page(ctx, "accounts/invitee_signups/show", variables)


def accept(page_request: PortalRequest) -> Response:
    """Make whoever followed the link a member of the account."""
    token = str(page_request.request.path_params["token"])
    password = forms.values_of(forms.INVITEE, page_request.form)
    with page_request.open(write=False) as ctx:
        gate = page_request.deps.gates.invitation_links
        gate.enter(ctx.provider.id, token, page_request.address)
    try:
        with page_request.open(write=True) as ctx:
            values = {**invitee_fields(ctx).sent(page_request.form), **password}
            user = actions.accept_invitation(ctx, token, values)
            return ctx.go("/login", f"Welcome, {user.username}. Log in with your new password.")
    except BadToken:
        with page_request.open(write=False) as ctx:
            return ctx.go("/login", DEAD, "danger")


def _count(page_request: PortalRequest) -> None:
    """Count a mail to be sent. Raises: LimitReached."""
    with page_request.open(write=False, login_needed=True) as ctx:
        gate = page_request.deps.gates.invitation_mails
        gate.enter(ctx.provider.id, str(ctx.account_id), page_request.address)


def _refuse_hidden(ctx: PortalContext) -> None:
    if not ctx.data.settings.multiple_users:
        raise NotFound("There is no such page.")
