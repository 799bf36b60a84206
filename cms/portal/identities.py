"""Logging in by a provider of identity: there and back; `arrivals` asks who is new for more.

Nothing is asked of other servers while a transaction is open. Source: reference-portal 12.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any

import structlog
from starlette.responses import RedirectResponse, Response

from cms.portal.context import PortalContext
from cms.portal.login import check
from cms.portal.page_face import PortalRequest
from cms.portal.return_paths import own_page
from cms.portal.second_steps import go_there
from server.actions.accounts.authentication_providers import (
    get_published,
    note_fault,
    registration_of,
)
from server.actions.accounts.identities import come_in, unlink_identity
from server.actions.accounts.invitations import get_invitation_by_link
from server.auth.sso.calls import IdentityFault
from server.auth.sso.logins import authorization_url, identify
from server.auth.sso.secrets import Secrets, WayBack
from server.domain.accounts.identities import Identity, Registration
from server.domain.accounts.users import Proof
from server.domain.errors import BadCredentials, BadToken, FactorNeeded, NotActive
from server.web.cookies import DEVELOPER, Cookie
from server.web.notices import go_to
from server.web.sealed_cookies import SealedCookie

AWAY = SealedCookie(Cookie("portal_sso", 900))  # while a browser is at a provider of identity
ARRIVED = SealedCookie(Cookie("portal_arrival", 1_800))  # who came and is nobody here yet
USER_PAGE = "/admin/account/personal_details"
MOST_KEPT = 200  # characters of what a provider of identity says went wrong
ASLEEP = (
    "That login does not answer just now. Try again in a few minutes, or log in with your password."
)
FAILED = "That login did not work. Try again, or log in with your password."
STALE = "That login was not begun in this browser, or took too long. Begin it again."
DENIED = "You were not logged in there. Begin again, or log in with your password."
DEAD = "This invitation was used, withdrawn or has expired. Ask for a new one."
DISCONNECTED = "Disconnected: that login opens nothing here any more."
log = structlog.get_logger("gatehouse.sso")


@dataclass(frozen=True, slots=True)
class Way:
    """Which provider of identity it is about, between transactions."""

    row_id: int
    provider_id: int
    system_name: str
    ours: Registration


def start(page_request: PortalRequest) -> Response:
    """Send a browser to a provider of identity: to log in, or to connect whoever is logged in."""
    with page_request.open(write=False) as ctx:
        way, kept = _way(ctx), {"return_to": own_page(ctx.param("return_to"))}
        if ctx.visitor is not None:
            kept["link"] = ctx.visitor.session.digest
        _count(ctx)
    return _send(page_request, way, kept)


def start_invited(page_request: PortalRequest) -> Response:
    """Send who follows an invitation to a provider of identity."""
    token = str(page_request.request.path_params["token"])
    with page_request.open(write=False) as ctx:
        if ctx.visitor is not None:
            return go_to(f"/signup/{token}")
        try:
            get_invitation_by_link(ctx.db, ctx.installation, ctx.provider.id, token)
        except BadToken:
            return ctx.go("/login", DEAD, "danger")
        way = _way(ctx)
        _count(ctx)
    return _send(page_request, way, {"invitation": token, "return_to": own_page("")})


def callback(page_request: PortalRequest) -> Response:
    """Take a browser that comes back: only the one that was sent, and only once."""
    asked = page_request.request.query_params
    with page_request.open(write=False) as ctx:
        way = _way(ctx)
        kept = AWAY.find(ctx.request, ctx.deps, ctx.provider.id)
        if kept is None or not _is_back(ctx, way, kept):
            return ctx.go(_back(ctx.visitor is not None), STALE, "danger")
        if "error" in asked or not asked.get("code"):
            response = _refused_there(ctx, way, kept)
            AWAY.drop(response, ctx.deps)
            return response
        _count(ctx)
    secrets = Secrets(kept["state"], kept["nonce"], kept["verifier"])
    now_s = int(page_request.deps.installation.clock.now().timestamp())
    try:
        issuers, back = page_request.deps.issuers, WayBack(asked["code"], asked.get("iss", ""))
        identity = identify(issuers, way.ours, secrets, back, now_s)
    except IdentityFault as fault:
        response = _failed(page_request, way, fault, is_linking="link" in kept)
    else:
        response = _welcome(page_request, way, kept, identity)
    AWAY.drop(response, page_request.deps)
    return response


def unlink(ctx: PortalContext) -> Response:
    """Disconnect a login of whoever is logged in."""
    unlink_identity(ctx, str(ctx.request.path_params["system_name"]))
    return ctx.go(USER_PAGE, DISCONNECTED)


def enter(page_request: PortalRequest, proof: Proof, return_to: str) -> Response:
    """Open a session of who proved who he is, after the second step if he has set one up."""
    try:
        token = check(page_request, lambda _ctx: proof)
    except FactorNeeded as needed:
        return go_there(page_request, needed.kept, return_to)
    except (NotActive, BadCredentials) as error:
        with page_request.open(write=False) as ctx:
            return ctx.go("/login", error.message, "danger")
    response = go_to(own_page(return_to))
    DEVELOPER.session.put(response, page_request.deps, token)
    return response


def _way(ctx: PortalContext) -> Way:
    """Find the provider of identity of the address. Raises: NotFound."""
    row = get_published(ctx, str(ctx.request.path_params["system_name"]))
    return Way(row.id, ctx.provider.id, row.system_name, registration_of(ctx, row))


def _count(ctx: PortalContext) -> None:
    """Count a step of a login. Raises: LimitReached."""
    gate = ctx.deps.gates.identities
    gate.enter(ctx.provider.id, "", ctx.page_request.address)


def _send(page_request: PortalRequest, way: Way, kept: Mapping[str, Any]) -> Response:
    """Send a browser to the provider of identity, which keeps what its way back needs."""
    secrets = Secrets.new()
    try:
        url = authorization_url(page_request.deps.issuers, way.ours, secrets)
    except IdentityFault as fault:
        return _failed(page_request, way, fault, is_linking="link" in kept)
    response = RedirectResponse(url, 303, {"Cache-Control": "no-store"})
    values = {
        **kept,
        "row": way.row_id,
        "state": secrets.state,
        "nonce": secrets.nonce,
        "verifier": secrets.verifier,
    }
    AWAY.put(response, page_request.deps, way.provider_id, values)
    return response


def _is_back(ctx: PortalContext, way: Way, kept: Mapping[str, Any]) -> bool:
    """Return whether it is this browser's way back, by who was logged in when it left."""
    state = ctx.request.query_params.get("state", "")
    is_ours = kept["row"] == way.row_id and compare_digest(state.encode(), kept["state"].encode())
    digest = ctx.visitor.session.digest if ctx.visitor else ""
    return is_ours and ("link" not in kept or kept["link"] == digest)


def _back(is_linking: bool) -> str:
    return USER_PAGE if is_linking else "/login"


def _refused_there(ctx: PortalContext, way: Way, kept: Mapping[str, Any]) -> Response:
    """Tell that somebody was not let in there: by himself, or for a reason of the provider's."""
    error = ctx.request.query_params.get("error", "")[:MOST_KEPT]
    log.info("a login was refused there", provider=way.ours.name, error=error)
    return ctx.go(_back("link" in kept), DENIED, "info")


def _failed(
    page_request: PortalRequest, way: Way, fault: IdentityFault, *, is_linking: bool
) -> Response:
    """Tell the visitor calmly, and the provider precisely."""
    log.warning("a login failed", provider=way.ours.name, reason=fault.reason)
    with page_request.open(write=True) as ctx:
        if not fault.is_of_browser:
            note_fault(ctx, way.row_id, fault.reason)
        text = ASLEEP if fault.is_outage else FAILED
        return ctx.go(_back(is_linking), text, "danger")


def _welcome(
    page_request: PortalRequest, way: Way, kept: Mapping[str, Any], identity: Identity
) -> Response:
    """Let in who is known; ask who is new, and who is logged in already."""
    with page_request.open(write=True) as ctx:
        row = get_published(ctx, way.system_name)
        note_fault(ctx, row.id, "")
        asks = "invitation" in kept or "link" in kept
        proof = None if asks else come_in(ctx, row, identity)
    if proof is not None:
        return enter(page_request, proof, kept["return_to"])
    response = go_to(f"/auth/{way.system_name}/signup")
    values = {
        "row": way.row_id,
        "identity": identity.plain(),
        "invitation": kept.get("invitation", ""),
        "return_to": kept["return_to"],
    }
    ARRIVED.put(response, page_request.deps, way.provider_id, values)
    return response
