"""How the admin portal's pages are served: forged forms, headers, errors as pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.admin.routes import routes
from server.auth.dependencies import Dependencies
from server.kit.clock import FixedClock, utc_now
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.make import make_deps, make_provider


def test_a_page_of_the_portal_is_read_by_links_and_by_its_own_pages(admin: Browser) -> None:
    ours = str(admin.client.base_url).rstrip("/")

    def status(**headers: str) -> int:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return admin.client.get("/p/admin/tokens", headers=sent).status_code

    assert status(sec_fetch_dest="document", referer=f"{ours}/plans") == 200
    assert status(sec_fetch_dest="empty", referer=f"{ours}/p/admin/tokens") == 200
    for destination in ("empty", "script", "style", "iframe", "object", "image"):
        assert status(sec_fetch_dest=destination) == 403
        assert status(sec_fetch_dest=destination, referer=f"{ours}/plans") == 403


def test_no_other_page_has_a_hold_on_a_window_of_the_portal(admin: Browser) -> None:
    headers = admin.get("/tokens").headers

    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "/p/admin/static/; worker-src" in headers["content-security-policy"]


def test_every_page_has_its_security_headers(anonymous: Browser, admin: Browser) -> None:
    pages = [anonymous.get("/login"), anonymous.get(""), admin.get(""), admin.get("/nothing")]

    for response in pages:
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["x-frame-options"] == "DENY"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["cache-control"] == "no-store"


def test_no_page_holds_inline_script_or_style(admin: Browser) -> None:
    for path in ("", "/accounts", "/services/1/integration", "/services/1/usage"):
        page = admin.page(path)

        assert "<style" not in page
        assert "style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count("<script src=") == 1


def test_a_host_of_nobodys_has_no_portal(
    acme: NewProvider, open_browser: Callable[[str], Browser]
) -> None:
    assert open_browser("nobody-admin.localhost").get("/login").status_code == 404


def test_a_fault_shows_an_id_and_no_traceback(deps: Dependencies, acme: NewProvider) -> None:
    def explode(_service_id: int) -> NoReturn:
        raise RuntimeError("secret detail")

    app = Starlette(routes=routes(replace(deps, probe=explode)))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        browser = Browser(client, PROVIDERS)
        browser.log_in("admin", acme.admin_password)
        response = browser.send("/services/1/integration", api_backend="http://localhost:9")

    assert response.status_code == 500
    assert "Id: <code>" in response.text
    assert "secret detail" not in response.text


def test_what_is_not_a_form_is_refused(admin: Browser) -> None:
    response = admin.client.post("/p/admin/accounts", json={"a": 1})

    assert response.status_code == 415


def test_who_only_reads_stays_logged_in_and_who_is_away_does_not(tmp_path: Path) -> None:
    clock = FixedClock(utc_now())
    deps = make_deps(tmp_path, clock=clock)
    acme = make_provider(deps)
    app = Starlette(routes=routes(deps))
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        browser = Browser(client, PROVIDERS)
        browser.log_in("admin", acme.admin_password)

        for _ in range(3):
            clock.advance(timedelta(days=1, hours=20))
            assert browser.get("").status_code == 200

        clock.advance(timedelta(days=2, seconds=1))
        assert browser.get("").status_code == 303
    deps.database.close()
