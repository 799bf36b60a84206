"""Coming into the admin portal by an address that logs in once. Source: reference-portal 12.1."""

from starlette.responses import Response

from server.actions.provider.tenants import use_staff_link
from server.admin.context import HOME
from server.admin.page_face import AdminRequest
from server.auth.sessions import log_in
from server.domain.errors import DomainError
from server.web.cookies import ADMIN
from server.web.notices import go_to


def create(page_request: AdminRequest) -> Response:
    """Use the token of the address and go on; programs that only look ahead use nothing up."""
    request = page_request.request
    if request.method == "HEAD" or "prefetch" in request.headers.get("sec-purpose", ""):
        return go_to(ADMIN.login_path)
    with page_request.open(write=False, login_needed=False) as ctx:
        ctx.deps.gates.sso_links.enter(ctx.provider.id, "", page_request.address)
    try:
        with page_request.open(write=True, login_needed=False) as ctx:
            proof = use_staff_link(ctx, request.query_params.get("token", ""))
            token = log_in(ctx.db, ctx.installation, proof).token
    except DomainError as error:
        with page_request.open(write=False, login_needed=False) as ctx:
            return ctx.go("/login", error.message, "danger")
    response = go_to(HOME)
    ADMIN.session.put(response, page_request.deps, token)
    return response
