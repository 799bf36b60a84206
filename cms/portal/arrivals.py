"""Who comes by a provider of identity and is nobody here yet: signs up, joins, or is connected."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from cms.liquid.drops.identities import Arrival, ArrivalDrop
from cms.liquid.drops.login_ways import login_way_of
from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.fields import FormFields, filled_with, invitee_fields, signup_fields
from cms.portal.identities import ARRIVED, DEAD, STALE, USER_PAGE, enter
from cms.portal.legal import terms_to_accept
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from cms.portal.signup import CLOSED, parse_draft
from server.actions.accounts.authentication_providers import get_published
from server.actions.accounts.identities import join_by_identity, link_identity, sign_up_by_identity
from server.actions.accounts.invitations import get_invitation_by_link
from server.auth.passwords import check_own_password
from server.domain.accounts.accounts import Account
from server.domain.accounts.authentication_providers import AuthenticationProvider
from server.domain.accounts.identities import Identity
from server.domain.accounts.invitations import Invitation
from server.domain.accounts.users import Proof
from server.domain.errors import BadToken
from server.domain.portal.legal import TermsKind
from server.web.notices import go_to

CONNECTED = "Connected: from now on you can log in that way."
PROFILE = ("username", "first_name", "last_name", "org_name", "email")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who came, by which provider of identity, and into which account if he was invited."""

    row: AuthenticationProvider
    identity: Identity
    token: str  # of an invitation; empty for none
    return_to: str


def show(ctx: PortalContext) -> Response:
    """Ask for what the profile does not tell; who is logged in may connect it with himself."""
    guest = _find_guest(ctx)
    if guest is None:
        return ctx.go("/login", STALE, "danger")
    invitation = _invitation_of(ctx, guest) if guest.token and ctx.visitor is None else None
    if guest.token and ctx.visitor is None and invitation is None:
        return ctx.go("/login", DEAD, "danger")
    is_closed = invitation is None and not ctx.data.settings.signups_enabled
    if is_closed and ctx.visitor is None:
        return ctx.go(f"/login?return_to={ctx.path}", CLOSED, "info")
    filled = filled_with(
        _fields(ctx, guest), forms.ARRIVAL, ctx.values, ctx.error, _profile(guest.identity)
    )
    email = invitation.email if invitation else guest.identity.email
    account = ctx.db.get_one(Account, invitation.account_id).org_name if invitation else ""
    way = login_way_of(guest.row, ctx.installation.addresses.portal(ctx.provider))
    verified = guest.identity.email_verified or invitation is not None
    arrival = Arrival(way, email, verified, guest.identity.username, account)
    variables = {
        "form": FormDrop(filled, ctx.data),
        "identity": ArrivalDrop(arrival, ctx.data),
        "terms": None if guest.token else terms_to_accept(ctx, TermsKind.SIGNUP),
    }
    return render_page(ctx, "signup/identity", variables)


def create(page_request: PortalRequest) -> Response:
    """Connect, join or sign up, and log in."""
    with page_request.open(write=False) as ctx:
        guest, is_known = _find_guest(ctx), ctx.visitor is not None
        if guest is None:
            return ctx.go("/login", STALE, "danger")
        gate = ctx.deps.gates.signups
        gate.enter(ctx.provider.id, guest.identity.email, page_request.address)
    if is_known:
        response = _connect(page_request)
    else:
        try:
            proof = _make(page_request)
        except BadToken:
            with page_request.open(write=False) as ctx:
                return ctx.go("/login", DEAD, "danger")
        if proof is None:
            response = go_to("/signup/success")
        else:
            response = enter(page_request, proof, guest.return_to)
    ARRIVED.drop(response, page_request.deps)
    return response


def _connect(page_request: PortalRequest) -> Response:
    with page_request.open(write=True, login_needed=True) as ctx:
        guest = _find_guest(ctx)
        if guest is None:
            return ctx.go(USER_PAGE, STALE, "danger")
        password = ctx.values.get("current_password")
        proof = check_own_password(
            ctx.db, ctx.deps.gates, ctx.actor, password, page_request.address
        )
        link_identity(ctx, guest.row, guest.identity, proof)
        return ctx.go(USER_PAGE, CONNECTED)


def _make(page_request: PortalRequest) -> Proof | None:
    """Make the user of a guest; None when he has to follow a mailed link first.

    Raises: BadToken, and what signing up raises.
    """
    with page_request.open(write=True) as ctx:
        guest = _find_guest(ctx)
        if guest is None:
            raise BadToken(STALE)
        if guest.token:
            values = invitee_fields(ctx).sent(page_request.form)
            return join_by_identity(ctx, guest.row, guest.identity, guest.token, values)
        draft = replace(parse_draft(page_request, ctx), locale=ctx.data.locale, password=None)
        return sign_up_by_identity(ctx, guest.row, guest.identity, draft)


def _find_guest(ctx: PortalContext) -> Guest | None:
    """Read who came, by the provider of identity of the address. Raises: NotFound."""
    row = get_published(ctx, str(ctx.request.path_params["system_name"]))
    kept = ARRIVED.find(ctx.request, ctx.deps, ctx.provider.id)
    if kept is None or kept["row"] != row.id:
        return None
    return Guest(row, Identity.of(kept["identity"]), kept["invitation"], kept["return_to"])


def _invitation_of(ctx: PortalContext, guest: Guest) -> Invitation | None:
    try:
        return get_invitation_by_link(ctx.db, ctx.installation, ctx.provider.id, guest.token)
    except BadToken:
        return None


def _fields(ctx: PortalContext, guest: Guest) -> tuple[FormFields, ...]:
    """Tell the fields to fill in; a mail address that is proved is not asked for."""
    if guest.token:
        return (invitee_fields(ctx),)
    return signup_fields(ctx, known={"email"} if guest.identity.email_verified else ())


def _profile(identity: Identity) -> Mapping[str, Any]:
    """Tell what is filled in already."""
    told = identity.plain()
    return {name: told[name] for name in PROFILE if told[name]}
