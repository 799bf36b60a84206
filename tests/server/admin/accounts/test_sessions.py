"""Logging in and out of the admin portal."""

from collections.abc import Callable
from urllib.parse import quote

import pytest

from server.actions.provider.providers import NewProvider
from server.admin.context import own_page
from tests.kit.browser import Browser

OpenBrowser = Callable[[str], Browser]


def test_the_right_password_opens_the_dashboard(anonymous: Browser, acme: NewProvider) -> None:
    response = anonymous.log_in(acme.admin.email, acme.admin_password)

    cookie = response.headers["set-cookie"]
    assert response.headers["location"] == "/p/admin"
    assert "admin_session=" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "<h1>Dashboard</h1>" in anonymous.page("")


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(anonymous: Browser) -> None:
    wrong = anonymous.log_in("admin", "wrong")
    unknown = anonymous.log_in("nobody", "wrong")

    assert wrong.status_code == unknown.status_code == 403
    assert "Wrong username or password." in wrong.text
    assert "Wrong username or password." in unknown.text
    assert "admin_session" not in wrong.headers.get("set-cookie", "")
    assert 'value="nobody"' in unknown.text


def test_a_developer_does_not_get_in(anonymous: Browser, acme: NewProvider) -> None:
    response = anonymous.log_in(acme.sample.user.username, acme.sample.password)

    assert response.status_code == 403


def test_the_admin_of_another_provider_does_not_get_in(
    anonymous: Browser, globex: NewProvider
) -> None:
    assert anonymous.log_in("admin", globex.admin_password).status_code == 403


def test_a_session_opens_no_other_provider(
    admin: Browser, globex: NewProvider, open_browser: OpenBrowser
) -> None:
    other = open_browser("globex-admin.localhost")
    other.client.cookies.set("admin_session", admin.client.cookies["admin_session"])

    assert other.get("").status_code == 303


def test_many_attempts_are_slowed_down(anonymous: Browser) -> None:
    for _ in range(10):
        anonymous.log_in("admin", "wrong")

    response = anonymous.log_in("ADMIN", "wrong")

    assert response.status_code == 429
    assert 290 < int(response.headers["retry-after"]) <= 300
    assert "Wait a few minutes" in response.text


def test_the_login_form_needs_its_token_and_our_origin(anonymous: Browser) -> None:
    fields = anonymous.hidden("/login") | {"username": "admin", "password": "x"}
    foreign = {"origin": "http://evil.example"}

    assert anonymous.post("/login", {**fields, "csrf": "x"}).status_code == 403
    forged = anonymous.client.post("/p/admin/login", data=fields, headers=foreign)
    assert "another site" in forged.text


def test_a_login_form_works_only_in_the_browser_that_got_it(
    anonymous: Browser, acme: NewProvider, open_browser: OpenBrowser
) -> None:
    fields = anonymous.hidden("/login")
    other = open_browser("localhost")

    response = other.post(
        "/login", {**fields, "username": "admin", "password": acme.admin_password}
    )

    assert response.status_code == 403


def test_who_logs_in_comes_back_to_the_page_he_wanted(
    anonymous: Browser, acme: NewProvider
) -> None:
    target = anonymous.get("/accounts?state=pending").headers["location"]
    fields = anonymous.hidden(target.removeprefix("/p/admin"))

    response = anonymous.post(
        "/login", {**fields, "username": "admin", "password": acme.admin_password}
    )

    assert response.headers["location"] == "/p/admin/accounts?state=pending"


@pytest.mark.parametrize(
    "text",
    [
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "/p/admin\\@evil.example",
        "/p/administer",
        "/p/admin/x\r\nSet-Cookie: a=b",
        "/elsewhere",
        "/p/admin/login",
    ],
)
def test_no_other_address_is_returned_to(text: str, anonymous: Browser) -> None:
    page = anonymous.page(f"/login?return_to={quote(text, safe='')}")

    assert own_page(text) == "/p/admin"
    assert 'name="return_to" value="/p/admin"' in page


def test_a_logged_in_visitor_of_the_login_page_goes_on(admin: Browser) -> None:
    assert admin.get("/login?return_to=/p/admin/audit").headers["location"] == "/p/admin/audit"


def test_after_logging_out_the_session_is_dead(admin: Browser) -> None:
    token = admin.client.cookies["admin_session"]

    assert admin.send("/logout").headers["location"] == "/p/admin/login"

    admin.client.cookies.set("admin_session", token)
    assert admin.get("").status_code == 303
