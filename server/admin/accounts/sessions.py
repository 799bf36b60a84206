"""Log in and out of the admin portal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.admin.context import HOME
from server.admin.forms import sentence
from server.admin.page_server import AUDIENCE, SESSION_COOKIE, PageRequest, check_form
from server.admin.render import render_plain
from server.auth.dependencies import Dependencies, get_provider_by_host
from server.auth.sessions import ABSOLUTE_LIFETIME, Login, find_login, log_in, log_out
from server.domain.errors import DomainError, LimitReached
from server.kit.hosts import host_name
from server.kit.ids import random_hex

LOGIN_COOKIE = "admin_login"  # ties the login form to the browser that it was shown to
LOGIN_LIFETIME_S = 3600
OWN_PAGE = re.compile(r"/p/admin(?:[/?][A-Za-z0-9/_\-?=&%.+~]*)?")


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The login form, and why the last attempt failed."""

    provider_name: str
    csrf: str
    return_to: str
    username: str = ""
    alert: str = ""


def show(page_request: PageRequest) -> Response:
    """Show the login form; who is logged in goes on."""
    installation, request = page_request.deps.installation, page_request.request
    with page_request.deps.database.read() as db:
        provider = get_provider_by_host(db, installation, _host(request))
        token = request.cookies.get(SESSION_COOKIE, "")
        if find_login(db, installation, provider.id, AUDIENCE, token):
            return RedirectResponse(own_page(request.query_params.get("return_to", "")), 303)
    return _form(page_request, provider.name)


def create(page_request: PageRequest) -> Response:
    """Check name and password, and open a session."""
    seed = page_request.request.cookies.get(LOGIN_COOKIE, "")
    check_form(
        page_request.request, page_request.form, _csrf_of(page_request.deps, seed) if seed else ""
    )
    name = page_request.form.get("username", "").strip()
    installation = page_request.deps.installation
    with page_request.deps.database.read() as db:
        provider = get_provider_by_host(db, installation, _host(page_request.request))
    address = page_request.request.client.host if page_request.request.client else ""
    try:
        page_request.deps.gates.staff_logins.enter(provider.id, name, address)
        with page_request.deps.database.write() as db:
            credentials = (name, page_request.form.get("password", ""))
            login = log_in(db, installation, provider.id, AUDIENCE, credentials)
    except DomainError as error:
        status = 429 if isinstance(error, LimitReached) else 403
        return _form(page_request, provider.name, alert=sentence(error.message), status=status)
    response = RedirectResponse(own_page(page_request.form.get("return_to", "")), status_code=303)
    keep_session(response, page_request.deps, login)
    response.delete_cookie(LOGIN_COOKIE, path=HOME)
    return response


def _form(
    page_request: PageRequest, provider_name: str, *, alert: str = "", status: int = 200
) -> Response:
    seed = random_hex(16)
    sent: Mapping[str, str] = page_request.form
    return_to = sent.get("return_to") or page_request.request.query_params.get("return_to", "")
    page = LoginPage(
        provider_name,
        _csrf_of(page_request.deps, seed),
        own_page(return_to),
        sent.get("username", ""),
        alert,
    )
    response = render_plain("sessions/login.html.j2", page, status=status)
    response.set_cookie(
        LOGIN_COOKIE,
        seed,
        max_age=LOGIN_LIFETIME_S,
        path=HOME,
        secure=page_request.deps.cookie_is_secure,
        httponly=True,
        samesite="lax",
    )
    return response


def destroy(page_request: PageRequest) -> Response:
    """End the session."""
    with page_request.open() as ctx:
        log_out(ctx.db, page_request.request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse(f"{HOME}/login", status_code=303)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def keep_session(response: Response, deps: Dependencies, login: Login) -> None:
    """Give the browser the cookie of a new session."""
    response.set_cookie(
        SESSION_COOKIE,
        login.token,
        max_age=int(ABSOLUTE_LIFETIME.total_seconds()),
        path="/",  # the GraphQL API takes it too
        secure=deps.cookie_is_secure,
        httponly=True,
        samesite="lax",
    )


def own_page(text: str) -> str:
    """Keep an address to return to only when it is a page of this portal."""
    return text if OWN_PAGE.fullmatch(text) and "/login" not in text else HOME


def _csrf_of(deps: Dependencies, seed: str) -> str:
    return deps.installation.vault.sign(f"admin-login:{seed}")


def _host(request: Request) -> str:
    return host_name(request.headers.get("host", ""))
