"""Coming in by an address that logs in once: `/session/create?token=…`. Source: 12.1."""

from starlette.responses import Response

from cms.portal.identities import enter
from cms.portal.page_face import PortalRequest
from server.actions.accounts.sso_tokens import base_url, own_target, use_sso_token
from server.domain.errors import BadToken
from server.web.notices import go_to


def create(page_request: PortalRequest) -> Response:
    """Use the token of the address and go on; programs that only look ahead use nothing up."""
    request = page_request.request
    if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", ""):
        with page_request.open(write=False):
            return go_to("/login")
    token = request.query_params.get("token", "")
    with page_request.open(write=False) as ctx:
        ctx.deps.gates.sso_links.enter(ctx.provider.id, "", page_request.address)
        target = own_target(base_url(ctx), request.query_params.get("redirect_url", ""))
    try:
        with page_request.open(write=True) as ctx:
            proof = use_sso_token(ctx, token)
    except BadToken as error:
        with page_request.open(write=False) as ctx:
            return ctx.go("/login", error.message, "danger")
    return enter(page_request, proof, target)
