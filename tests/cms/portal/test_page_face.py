"""Forged forms, foreign hosts, headers, and faults."""

import re

import pytest
from sqlmodel import func, select

from cms.liquid.tags.csrf import FIELD
from cms.portal.routes import table
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.accounts.accounts import Account
from server.domain.events import EventRecord
from server.domain.portal.pages import Template
from tests.cms.browser import open_browser, signup_form
from tests.kit.browser import Browser
from tests.kit.make import make_provider

CHANGES = [
    ("/admin/account", {"_method": "put", "account[org_name]": "Forged"}),
    ("/admin/applications", {"application[name]": "Forged", "application[plan_id]": "1"}),
    ("/admin/applications/1/user_key", {"_method": "put"}),
    ("/admin/applications/1", {"_method": "delete"}),
    ("/logout", {}),
]


@pytest.mark.parametrize(("path", "form"), CHANGES)
@pytest.mark.parametrize("token", ["", "wrong", "ü"])
def test_a_form_without_the_token_changes_nothing(
    acme: NewProvider, browser: Browser, path: str, form: dict[str, str], token: str
) -> None:
    browser.log_in_john(acme)
    before = browser.get("/admin/applications/1").text

    answer = browser.client.post(path, data={**form, FIELD: token})

    assert answer.status_code == 403
    assert "out of date" in answer.text
    assert browser.get("/admin/applications/1").text == before


@pytest.mark.parametrize(("path", "form"), CHANGES)
@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_of_another_site_changes_nothing(
    acme: NewProvider,
    browser: Browser,
    path: str,
    form: dict[str, str],
    headers: dict[str, str],
) -> None:
    browser.log_in_john(acme)
    token = browser.token("/admin")

    answer = browser.client.post(path, data={**form, FIELD: token}, headers=headers)

    assert answer.status_code == 403


def test_no_form_of_any_page_works_without_its_token_or_from_elsewhere(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)
    token, works, tried = browser.token("/admin"), [], 0
    since = _newest_event(deps)
    for path, handlers in table().items():
        for verb in set(handlers) - {"GET"}:
            form = {"_method": verb.lower()} if verb != "POST" else {}
            for headers, sent in (
                ({}, {}),
                ({}, {FIELD: "wrong"}),
                ({"origin": "https://evil.example"}, {FIELD: token}),
                ({"sec-fetch-site": "cross-site"}, {FIELD: token}),
            ):
                url, tried = re.sub(r"\{\w+[^}]*\}", "1", path), tried + 1
                answer = browser.client.post(
                    url, data={**form, **sent}, headers=headers, follow_redirects=False
                )
                if answer.status_code != 403:
                    works.append((verb, path, headers, sent, answer.status_code))

    assert works == []
    assert tried > 150
    assert _newest_event(deps) == since


def _newest_event(deps: Dependencies) -> int:
    with deps.database.read() as db:
        return db.exec(select(func.max(EventRecord.id))).one() or 0


@pytest.mark.parametrize("path", ["/signup", "/session", "/admin/account/password", "/activate"])
def test_anonymous_forms_need_their_browsers_token(
    deps: Dependencies, browser: Browser, path: str
) -> None:
    other = open_browser(deps)
    foreign = other.token("/login")
    browser.get("/login")

    missing = browser.client.post(path, data=signup_form())
    mixed = browser.client.post(path, data={**signup_form(), FIELD: foreign})
    browser.client.cookies.clear()
    no_cookie = browser.client.post(path, data={**signup_form(), FIELD: foreign})

    assert [missing.status_code, mixed.status_code, no_cookie.status_code] == [403] * 3
    other.client.close()


def test_a_put_without_a_form_is_refused_too(acme: NewProvider, browser: Browser) -> None:
    browser.log_in_john(acme)

    assert browser.client.put("/admin/applications/1/user_key").status_code == 403
    assert browser.client.delete("/admin/applications/1").status_code == 403


def test_every_page_has_a_strict_policy_and_no_inline_code(
    acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)

    for path in ("/", "/docs", "/plans", "/admin", "/admin/applications/1", "/nowhere"):
        answer = browser.get(path)

        assert "default-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        assert "style=" not in answer.text
        assert "<script>" not in answer.text
        assert "onclick" not in answer.text


@pytest.mark.parametrize(("host", "status"), [("localhost", 200), ("other.localhost", 303)])
def test_another_providers_session_is_nobodys(
    deps: Dependencies, acme: NewProvider, browser: Browser, host: str, status: int
) -> None:
    make_provider(deps, "Other")
    browser.log_in_john(acme)
    copied = open_browser(deps, f"http://{host}:8000")

    copied.client.cookies.set("user_session", browser.client.cookies["user_session"])

    assert copied.get("/admin").status_code == status
    copied.client.close()


def test_a_host_of_nobodys_has_no_portal(deps: Dependencies, acme: NewProvider) -> None:
    browser = open_browser(deps, "http://nobody.localhost:8000")

    answer = browser.get("/")

    assert answer.status_code == 404
    browser.client.close()


def test_a_page_of_the_provider_that_fails_shows_an_error_page_with_a_number(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        broken = Template(
            provider_id=acme.provider.id, kind="page", name="/broken", published="{% if %}"
        )
        db.add(broken)

    answer = browser.get("/broken")

    assert answer.status_code == 500
    assert "Something went wrong on our side" in answer.text
    assert "Traceback" not in answer.text


def test_a_built_in_page_that_fails_falls_back_to_the_theme(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    with deps.database.write() as db:
        page = Template(
            provider_id=acme.provider.id, kind="page", name="login/new", published="{{ | }}"
        )
        db.add(page)

    answer = browser.get("/login")

    assert answer.status_code == 200
    assert "Forgot your password?" in answer.text


def test_a_refused_change_writes_nothing(
    deps: Dependencies, acme: NewProvider, browser: Browser
) -> None:
    browser.log_in_john(acme)

    answer = browser.send(
        "/admin/account", {"_method": "put", "account[org_name]": "  "}, page="/admin"
    )

    with deps.database.read() as db:
        names = db.exec(select(Account.org_name)).all()
    assert answer.status_code == 422
    assert "Can&#39;t be blank." in answer.text
    assert names == ["Developer"]


@pytest.mark.parametrize("path", ["/admin/applications/99999999999999", "/admin/applications/x"])
def test_an_id_that_cannot_be_one_is_not_found(
    acme: NewProvider, browser: Browser, path: str
) -> None:
    browser.log_in_john(acme)

    assert browser.get(path).status_code == 404
