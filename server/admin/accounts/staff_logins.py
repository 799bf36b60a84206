"""Logging into the admin portal by an account elsewhere: there and back.

Nothing is asked of other servers while a transaction is open. Source: reference-portal 12.2.
"""

from dataclasses import dataclass
from hmac import compare_digest

import structlog
from starlette.responses import RedirectResponse, Response

from server.actions.accounts.authentication_providers import (
    get_published,
    note_fault,
    registration_of,
)
from server.actions.accounts.identities import come_in
from server.admin.context import HOME, AdminContext, own_page
from server.admin.page_face import AdminRequest
from server.auth.sessions import log_in
from server.auth.sso.calls import IdentityFault
from server.auth.sso.logins import authorization_url, identify
from server.auth.sso.secrets import Secrets, WayBack
from server.domain.accounts.authentication_providers import AccountType
from server.domain.accounts.identities import Identity, Registration
from server.domain.errors import DomainError
from server.web.cookies import ADMIN, Cookie
from server.web.notices import go_to
from server.web.sealed_cookies import SealedCookie

AWAY = SealedCookie(Cookie("admin_sso", 900))  # while a browser is at a provider of identity
MOST_KEPT = 200  # characters of what a provider of identity says went wrong
ASLEEP = "That login does not answer just now. Try again in a few minutes."
FAILED = "That login did not work. Try again, or ask an admin what the page Logins says of it."
STALE = "That login was not begun in this browser, or took too long. Begin it again."
DENIED = "You were not logged in there. Begin again."
NOBODY = (
    "Nobody of the staff here has a verified mail address like yours there. Ask an admin to add "
    "you with that address."
)
log = structlog.get_logger("gatehouse.sso")


@dataclass(frozen=True, slots=True)
class Way:
    """Which provider of identity it is about, between transactions."""

    row_id: int
    provider_id: int
    system_name: str
    ours: Registration


def start(page_request: AdminRequest) -> Response:
    """Send a browser to the provider of identity, which keeps what its way back needs."""
    with page_request.open(write=False, login_needed=False) as ctx:
        way = _way(ctx)
        _count(ctx)
    secrets = Secrets.new()
    try:
        url = authorization_url(page_request.deps.issuers, way.ours, secrets)
    except IdentityFault as fault:
        return _failed(page_request, way, fault)
    response = RedirectResponse(url, 303, {"Cache-Control": "no-store"})
    values = {
        "row": way.row_id,
        "state": secrets.state,
        "nonce": secrets.nonce,
        "verifier": secrets.verifier,
        "return_to": own_page(page_request.request.query_params.get("return_to", "")),
    }
    AWAY.put(response, page_request.deps, way.provider_id, values)
    return response


def callback(page_request: AdminRequest) -> Response:
    """Take a browser that comes back: only the one that was sent, and only once."""
    asked = page_request.request.query_params
    with page_request.open(write=False, login_needed=False) as ctx:
        way = _way(ctx)
        kept = AWAY.find(ctx.request, ctx.deps, ctx.provider.id)
        state = asked.get("state", "").encode()
        if (
            kept is None
            or kept["row"] != way.row_id
            or not compare_digest(state, kept["state"].encode())
        ):
            return ctx.go("/login", STALE, "danger")
        _count(ctx)
    if "error" in asked or not asked.get("code"):
        log.info(
            "a login was refused there",
            provider=way.ours.name,
            error=asked.get("error", "")[:MOST_KEPT],
        )
        response = _back(page_request, DENIED)
    else:
        secrets = Secrets(kept["state"], kept["nonce"], kept["verifier"])
        now_s = int(page_request.deps.installation.clock.now().timestamp())
        try:
            back = WayBack(asked["code"], asked.get("iss", ""))
            identity = identify(page_request.deps.issuers, way.ours, secrets, back, now_s)
        except IdentityFault as fault:
            response = _failed(page_request, way, fault)
        else:
            response = _welcome(page_request, way, identity, kept["return_to"])
    AWAY.drop(response, page_request.deps)
    return response


def _way(ctx: AdminContext) -> Way:
    """Find the provider of identity of the address. Raises: NotFound."""
    name = str(ctx.request.path_params["system_name"])
    row = get_published(ctx, name, AccountType.PROVIDER)
    return Way(row.id, ctx.provider.id, row.system_name, registration_of(ctx, row))


def _count(ctx: AdminContext) -> None:
    """Count a step of a login. Raises: LimitReached."""
    ctx.deps.gates.identities.enter(ctx.provider.id, "", ctx.page_request.address)


def _back(page_request: AdminRequest, text: str) -> Response:
    with page_request.open(write=False, login_needed=False) as ctx:
        return ctx.go("/login", text, "danger")


def _failed(page_request: AdminRequest, way: Way, fault: IdentityFault) -> Response:
    """Tell the visitor calmly, and the provider precisely."""
    log.warning("a login of the staff failed", provider=way.ours.name, reason=fault.reason)
    if not fault.is_of_browser:
        with page_request.open(write=True, login_needed=False) as ctx:
            note_fault(ctx, way.row_id, fault.reason)
    return _back(page_request, ASLEEP if fault.is_outage else FAILED)


def _welcome(page_request: AdminRequest, way: Way, identity: Identity, return_to: str) -> Response:
    """Let in who is of the staff; nobody becomes that by a login elsewhere."""
    try:
        with page_request.open(write=True, login_needed=False) as ctx:
            row = get_published(ctx, way.system_name, AccountType.PROVIDER)
            note_fault(ctx, row.id, "")
            proof = come_in(ctx, row, identity)
            token = log_in(ctx.db, ctx.installation, proof).token if proof else ""
    except DomainError as error:
        return _back(page_request, error.message)
    if not token:
        return _back(page_request, NOBODY)
    response = go_to(own_page(return_to) or HOME)
    ADMIN.session.put(response, page_request.deps, token)
    return response
