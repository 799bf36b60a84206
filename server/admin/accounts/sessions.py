"""Log in and out of the admin portal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from starlette.responses import Response

from server.actions.accounts.authentication_providers import is_sso_enforced, published_query
from server.admin.context import HOME, AdminContext, own_page
from server.admin.page_face import AdminRequest
from server.admin.render import render_plain
from server.auth.passwords import Attempt, check_password
from server.auth.sessions import log_in, log_out
from server.domain.accounts.authentication_providers import AccountType
from server.domain.errors import DomainError, LimitReached, NotActive, sentence
from server.web.cookies import ADMIN
from server.web.kept_forms import KEPT
from server.web.notices import go_to
from server.web.statuses import tell_when

BY_SSO = "Passwords let nobody in here: log in by your account elsewhere."


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The login form, and why the last attempt failed."""

    provider_name: str
    csrf: str
    return_to: str
    action: str  # the login's own, or where a form was sent whose session had ended
    kept: str = ""  # that form, sealed
    username: str = ""
    alert: str = ""
    notice: str = ""  # what the page before has done
    logins: Sequence[tuple[str, str]] = ()  # name and address of those by an account elsewhere
    takes_passwords: bool = True


def show(page_request: AdminRequest) -> Response:
    """Show the login form; who is logged in goes on."""
    with page_request.open(login_needed=False) as ctx:
        return login_form(ctx) if ctx.visitor is None else go_to(own_page(_return_to(page_request)))


def check(page_request: AdminRequest) -> str:
    """Check name and password, and open a session, whose token this is.

    Raises: BadCredentials, NotActive, LimitReached.
    """
    form = page_request.form
    with page_request.open(write=False, login_needed=False) as ctx:
        if is_sso_enforced(ctx.db, ctx.provider.id):
            raise NotActive(BY_SSO)
        attempt = Attempt(
            provider_id=ctx.provider.id,
            audience=ADMIN.audience,
            name=form.get("username", ""),
            password=form.get("password", ""),
            address=page_request.address,
        )
    with page_request.open(write=False, login_needed=False) as ctx:
        proof = check_password(ctx.db, ctx.deps.gates, attempt)
    with page_request.open(login_needed=False) as ctx:
        return log_in(ctx.db, ctx.installation, proof).token


def create(page_request: AdminRequest) -> Response:
    """Log in and go where it was asked to."""
    try:
        token = check(page_request)
    except DomainError as error:
        return _refused(replace(page_request, error=error), error)
    response = go_to(own_page(_return_to(page_request)))
    ADMIN.session.put(response, page_request.deps, token)
    return response


def destroy(page_request: AdminRequest) -> Response:
    with page_request.open() as ctx:
        log_out(ctx.db, ADMIN.session.read(ctx.request, ctx.deps))
    response = go_to(ADMIN.login_path)
    ADMIN.session.drop(response, page_request.deps)
    return response


def _return_to(page_request: AdminRequest) -> str:
    asked = page_request.request.query_params.get("return_to", "")
    return page_request.form.get("return_to") or asked


def _refused(page_request: AdminRequest, error: DomainError) -> Response:
    with page_request.open(login_needed=False) as ctx:
        response = login_form(ctx)
    response.status_code = 429 if isinstance(error, LimitReached) else 403
    tell_when(response, error)
    return response


def _logins(ctx: AdminContext) -> list[tuple[str, str]]:
    query = urlencode({"return_to": own_page(_return_to(ctx.page_request))})
    rows = ctx.db.exec(published_query(ctx.provider.id, AccountType.PROVIDER))
    return [(row.name, f"{HOME}/auth/{row.system_name}?{query}") for row in rows]


def login_form(ctx: AdminContext) -> Response:
    """Show the login form, and why it is asked for or was refused."""
    kept = ctx.values.get(KEPT, "")
    page = LoginPage(
        ctx.provider.name,
        ctx.csrf_token,
        own_page(_return_to(ctx.page_request)),
        ctx.path if kept else ADMIN.login_path,
        kept,
        ctx.values.get("username", ""),
        sentence(ctx.error.message) if ctx.error else "",
        notice.text if (notice := ctx.find_notice()) else "",
        _logins(ctx),
        not is_sso_enforced(ctx.db, ctx.provider.id),
    )
    response = render_plain("sessions/login.html.j2", page)
    ctx.forget_notice(response)
    return response
