"""Cookies are closed to scripts and other sites, and bound to https where we have it."""

from dataclasses import replace

import pytest
from starlette.responses import Response

from cms.portal.tokens import NEW
from gateway.shared_origin import PORTAL_COOKIES
from server.admin.provider.tokens import NEW as NEW_OF_STAFF
from server.auth.dependencies import Dependencies
from server.domain.installation import Addresses
from server.web.cookies import ADMIN, DEVELOPER, Cookie, Portal
from tests.kit.requests import cookie_of, request_with


def _over_https(deps: Dependencies) -> Dependencies:
    addresses = Addresses("https://acme.example", "acme.example")
    return replace(deps, installation=replace(deps.installation, addresses=addresses))


def _put_by(deps: Dependencies) -> list[Response]:
    responses = []
    for portal in (ADMIN, DEVELOPER):
        for cookie in (portal.session, portal.form_seed, portal.notice):
            response = Response()
            cookie.put(response, deps, "value")
            responses.append(response)
    return responses


def test_every_cookie_is_closed_to_scripts_and_other_sites(deps: Dependencies) -> None:
    for response in _put_by(deps):
        attributes = response.headers["set-cookie"].split("; ")

        assert {"HttpOnly", "SameSite=lax"} <= set(attributes)
        assert "Secure" not in attributes


def test_over_https_every_cookie_is_secure(deps: Dependencies) -> None:
    for response in _put_by(_over_https(deps)):
        assert "Secure" in response.headers["set-cookie"].split("; ")


def test_names_stay_what_browsers_know(deps: Dependencies) -> None:
    names = [cookie_of(response).partition("=")[0] for response in _put_by(deps)]

    assert names == [
        *("admin_session", "admin_login", "admin_notice"),
        *("user_session", "portal_form", "portal_flash"),
    ]


@pytest.mark.parametrize("portal", [ADMIN, DEVELOPER], ids=["admin", "developer"])
@pytest.mark.parametrize("kind", ["session", "form_seed", "notice"])
def test_over_https_no_other_host_can_set_a_cookie_of_ours(
    deps: Dependencies, portal: Portal, kind: str
) -> None:
    cookie: Cookie = getattr(portal, kind)
    secure, response = _over_https(deps), Response()
    request = request_with(f"{cookie.name}=planted; __Host-{cookie.name}=ours")

    cookie.put(response, secure, "ours")

    header = response.headers["set-cookie"]
    assert header.startswith(f"__Host-{cookie.name}=ours; ")
    assert {"Path=/", "Secure"} <= set(header.split("; "))
    assert "domain=" not in header.lower()
    assert cookie.read(request, secure) == "ours"
    assert cookie.read(request, deps) == "planted"
    assert cookie.read(request_with(f"{cookie.name}=planted"), secure) == ""


def test_calls_by_path_know_all_cookies_of_ours_by_name() -> None:
    ours = {
        getattr(portal, kind).name
        for portal in (ADMIN, DEVELOPER)
        for kind in ("session", "form_seed", "notice")
    }

    assert ours | {NEW_OF_STAFF.name, NEW.name} == PORTAL_COOKIES


def test_a_dropped_cookie_is_forgotten_where_it_was_put(deps: Dependencies) -> None:
    response = Response()

    ADMIN.notice.drop(response, deps)

    header = response.headers["set-cookie"]
    assert header.startswith('admin_notice=""')
    assert "Max-Age=0" in header
    assert "Path=/p/admin" in header
