"""Log in and out of the admin portal."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.admin.edge import AUDIENCE, SESSION_COOKIE, Entry, check_form
from server.admin.forms import sentence
from server.admin.render import render_plain
from server.admin.screen import HOME
from server.auth.sessions import ABSOLUTE_LIFETIME, Login, log_in, log_out, session_of
from server.auth.site import Site, provider_of_host
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


def show(entry: Entry) -> Response:
    """Show the login form; who is logged in goes on."""
    installation, request = entry.site.installation, entry.request
    with entry.site.database.read() as db:
        provider = provider_of_host(db, installation, _host(request))
        token = request.cookies.get(SESSION_COOKIE, "")
        if session_of(db, installation, provider.id, AUDIENCE, token):
            return RedirectResponse(own_page(request.query_params.get("return_to", "")), 303)
    return _form(entry, provider.name)


def create(entry: Entry) -> Response:
    """Check name and password, and open a session."""
    seed = entry.request.cookies.get(LOGIN_COOKIE, "")
    check_form(entry.request, entry.form, _csrf_of(entry.site, seed) if seed else "")
    name = entry.form.get("username", "").strip()
    installation = entry.site.installation
    with entry.site.database.read() as db:
        provider = provider_of_host(db, installation, _host(entry.request))
    address = entry.request.client.host if entry.request.client else ""
    try:
        entry.site.gates.staff_logins.enter(provider.id, name, address)
        with entry.site.database.write() as db:
            credentials = (name, entry.form.get("password", ""))
            login = log_in(db, installation, provider.id, AUDIENCE, credentials)
    except DomainError as error:
        status = 429 if isinstance(error, LimitReached) else 403
        return _form(entry, provider.name, alert=sentence(error.message), status=status)
    response = RedirectResponse(own_page(entry.form.get("return_to", "")), status_code=303)
    keep_session(response, entry.site, login)
    response.delete_cookie(LOGIN_COOKIE, path=HOME)
    return response


def _form(entry: Entry, provider_name: str, *, alert: str = "", status: int = 200) -> Response:
    seed = random_hex(16)
    sent: Mapping[str, str] = entry.form
    return_to = sent.get("return_to") or entry.request.query_params.get("return_to", "")
    page = LoginPage(
        provider_name,
        _csrf_of(entry.site, seed),
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
        secure=entry.site.cookie_is_secure,
        httponly=True,
        samesite="lax",
    )
    return response


def destroy(entry: Entry) -> Response:
    """End the session."""
    with entry.screen() as screen:
        log_out(screen.db, entry.request.cookies.get(SESSION_COOKIE, ""))
    response = RedirectResponse(f"{HOME}/login", status_code=303)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


def keep_session(response: Response, site: Site, login: Login) -> None:
    """Give the browser the cookie of a new session."""
    response.set_cookie(
        SESSION_COOKIE,
        login.token,
        max_age=int(ABSOLUTE_LIFETIME.total_seconds()),
        path="/",  # the GraphQL API takes it too
        secure=site.cookie_is_secure,
        httponly=True,
        samesite="lax",
    )


def own_page(text: str) -> str:
    """Keep an address to return to only when it is a page of this portal."""
    return text if OWN_PAGE.fullmatch(text) and "/login" not in text else HOME


def _csrf_of(site: Site, seed: str) -> str:
    return site.installation.vault.sign(f"admin-login:{seed}")


def _host(request: Request) -> str:
    return host_name(request.headers.get("host", ""))
