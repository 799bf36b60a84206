"""The second step of a login: a code, or a passkey, after the password and before the session."""

import json
from collections.abc import Mapping
from urllib.parse import quote

from starlette.responses import Response

from cms.liquid.drops.pages import FormDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.page_face import PortalRequest
from cms.portal.render import render_page
from cms.portal.return_paths import own_page
from server.auth.passkeys import Visit, options_to_sign, passkeys_of, prove_by_passkey
from server.auth.second_factors import (
    HALF_OPEN,
    count_code,
    factors_of,
    half_open_user,
    keep_half_open,
    prove_by_code,
)
from server.domain.accounts.users import Proof, User
from server.domain.errors import BadToken, FactorNeeded
from server.web.cookies import Cookie
from server.web.notices import go_to
from server.web.requests import host_of

PAGE = "/login/second_step"
PENDING = Cookie("login_pending", int(HALF_OPEN.total_seconds()))
CREDENTIAL = "credential"


def is_second_step(form: Mapping[str, str]) -> bool:
    """Return whether what was sent is the second step, and no password."""
    return "password" not in form and ("code" in form or CREDENTIAL in form)


def sealed(ctx: PortalContext, proof: Proof) -> str:
    """Keep for this browser who has taken the first step."""
    return keep_half_open(ctx.installation, ctx.provider.id, proof, ctx.page_request.seed)


def go_there(page_request: PortalRequest, kept: str, return_to: str) -> Response:
    """Send a browser to the second step, with what is kept of the first one."""
    query = f"?return_to={quote(own_page(return_to), safe='')}" if return_to else ""
    response = go_to(f"{PAGE}{query}")
    PENDING.put(response, page_request.deps, kept)
    return response


def visit_of(ctx: PortalContext, browser: str = "") -> Visit:
    """Tell whose page a browser is on; passkeys are bound to the host that it sees."""
    request = ctx.request
    scheme = "https" if ctx.deps.cookie_is_secure else request.url.scheme
    origin = f"{scheme}://{request.headers.get('host', '').lower()}"
    return Visit(ctx.provider.id, host_of(request), origin, browser or ctx.page_request.seed)


def count(page_request: PortalRequest) -> None:
    """Count that somebody types a code, or that an address sends passkeys. Raises: LimitReached."""
    with page_request.open(write=False) as ctx:
        user, gates = _half_open(ctx), ctx.deps.gates
        if page_request.form.get(CREDENTIAL):
            gates.passkeys.enter(ctx.provider.id, "", page_request.address)
        else:
            count_code(gates, user, page_request.address)


def prove(ctx: PortalContext) -> Proof:
    """Take what was sent as the second proof of whose password was right. Raises: Invalid, ..."""
    user = _half_open(ctx)
    answer = ctx.values.get(CREDENTIAL, "")
    if answer:
        return prove_by_passkey(ctx.db, ctx.installation, visit_of(ctx), answer, user.id)
    return prove_by_code(ctx.db, ctx.installation, user, ctx.values.get("code", ""))


def find_page(ctx: PortalContext) -> Response | None:
    """Show what can be given; None where no password was right in this browser, or long ago."""
    needed = ctx.error if isinstance(ctx.error, FactorNeeded) else None
    try:
        user = _half_open(ctx, needed.kept if needed else "")
    except BadToken:
        return None
    error = None if needed else ctx.error
    variables = {
        "factors": _factors(ctx, user),
        "form": FormDrop(forms.filled(forms.CODE, {}, error), ctx.data),
    }
    response = render_page(ctx, "login/second_step", variables)
    if needed:
        PENDING.put(response, ctx.deps, needed.kept)
    return response


def _factors(ctx: PortalContext, user: User) -> Mapping[str, object]:
    found, visit = factors_of(ctx.db, user.id), visit_of(ctx)
    known = [each for each in passkeys_of(ctx.db, user.id) if each.host == visit.host]
    options = options_to_sign(ctx.installation, visit, user.id, known) if known else {}
    return {
        "authenticator": found.authenticator,
        "passkey_options": json.dumps(options) if options else "",
    }


def _half_open(ctx: PortalContext, kept: str = "") -> User:
    """Tell whose password was right in this browser. Raises: BadToken."""
    sealed = kept or PENDING.read(ctx.request, ctx.deps)
    seed = ctx.page_request.seed
    return half_open_user(ctx.db, ctx.installation, ctx.provider.id, sealed, seed)
