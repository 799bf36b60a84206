"""How the admin portal's pages are served: forged forms, headers, errors as pages."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.accounts.authentication_providers import AUTHENTICATION_PROVIDERS
from server.actions.messages.messages import send_message
from server.actions.plans.features import FEATURES, INCLUDES
from server.actions.plans.limits import set_limit
from server.actions.plans.pricing_rules import PRICING_RULES
from server.actions.provider.providers import NewProvider
from server.actions.provider.webhook_deliveries import start_test
from server.actions.provider.webhooks import ENDPOINTS
from server.admin.routes import SENT, routes
from server.auth.actors import actor_of_user
from server.auth.dependencies import Dependencies
from server.domain.messages.messages import MessageCopy
from server.domain.plans.plans import AccountPlan
from server.kit.clock import FixedClock, utc_now
from tests.kit.backend_apis import make_mounted
from tests.kit.browser import PROVIDERS, Browser
from tests.kit.content import make_content, make_forum
from tests.kit.make import make_deps, make_provider, staff
from tests.kit.resources import SAMPLES
from tests.kit.work import by

FORMS = sorted({path for path, _, _ in SENT} | {"/logout", "/services/{service_id}/integration"})
OF_ANYBODY = {"/logout", "/personal", "/personal/password", "/personal/notifications"}
READS = {  # a search: the key stays out of the address; a mail and drafts that are only looked at
    "/applications/by_key",
    "/mails/templates/{name}/preview",
    "/portal/visit",
}


def filled(path: str) -> str:
    """Name the first object of each kind, the sample developer, and an event that there is."""
    is_published = path.startswith(("/api_docs", "/portal/templates/")) or "/plans/" in path
    event = "publish" if is_published else "suspend"
    if "/many/" in path:
        event = "reject"
    event = "trash" if path.startswith("/messages/") else event
    named = {
        "name": "account_approved",
        "event": event,
        "user_id": "1" if path.startswith("/team/") else "2",
        "backend_metric_id": "2",
        "feature_id": "4" if "service_plans" in path else "1",  # behind those of the sample
        "backend_rule_id": "2",
    }
    return re.sub(r"\{(\w+)\}", lambda found: named.get(found[1], "1"), path)


def make_firsts(deps: Dependencies, acme: NewProvider) -> None:
    """Make the first content of the portal; have the sample developer write the first message."""
    with deps.database.write() as db:
        work = by(db, staff(acme), deps.installation)
        make_content(work)
        make_forum(work, acme)
        make_mounted(work, acme.sample.service.id)
        start_test(work, ENDPOINTS.create(work, SAMPLES["webhook_endpoint"](db, acme).values).id)
        AUTHENTICATION_PROVIDERS.create(work, SAMPLES["authentication_provider"](db, acme).values)
        john = by(db, actor_of_user(acme.sample.user), deps.installation)
        send_message(john, {"body": "Rain?"})
        for copy in db.exec(select(MessageCopy)):  # the first copy is the provider's
            copy.account_id = None if copy.role == "sender" else copy.account_id


@pytest.mark.parametrize("path", FORMS)
def test_no_form_works_without_its_token(
    path: str, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    make_firsts(deps, acme)
    for fields in ({}, {"csrf": "wrong"}, {"csrf": "é"}):
        assert admin.post(filled(path), fields).status_code == 403


@pytest.mark.parametrize("path", FORMS)
def test_no_form_works_from_another_site(path: str, admin: Browser) -> None:
    fields = {"csrf": admin.hidden("/personal")["csrf"]}

    for headers in (
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://["},
        {"origin": "http://localhost:9"},
        {"sec-fetch-site": "cross-site"},
    ):
        response = admin.client.post(f"/p/admin{filled(path)}", data=fields, headers=headers)
        assert response.status_code == 403


@pytest.mark.parametrize("path", [*FORMS, "/login"])
def test_no_form_works_from_a_page_beside_the_portal(path: str, admin: Browser) -> None:
    fields = {"csrf": admin.hidden("/personal")["csrf"]}
    ours = str(admin.client.base_url).rstrip("/")

    for headers in (
        {"referer": f"{ours}/plans"},
        {"referer": f"{ours}/"},
        {"referer": f"{ours}/gateway/staging/api/"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty", "referer": f"{ours}/plans"},
    ):
        sent = {"origin": ours, **headers}
        response = admin.client.post(f"/p/admin{filled(path)}", data=fields, headers=sent)
        assert response.status_code == 403
        assert "outside the admin portal" in response.text


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


@pytest.mark.parametrize("path", FORMS)
def test_no_form_works_for_nobody(path: str, anonymous: Browser) -> None:
    response = anonymous.post(filled(path), {"csrf": ""})

    assert response.headers["location"] == "/p/admin/login"


@pytest.mark.parametrize("path", [path for path in FORMS if path not in OF_ANYBODY | READS])
def test_a_member_changes_nothing(
    path: str, deps: Dependencies, acme: NewProvider, member: Browser
) -> None:
    make_firsts(deps, acme)
    with deps.database.write() as db:
        plan_id = acme.sample.application.plan_id
        work = by(db, staff(acme))
        set_limit(work, {"metric_id": 1, "period": "day", "value": 1}, plan_id)
        PRICING_RULES.create(work, {"metric_id": 1, "cost_per_unit": "1"}, plan_id)
        INCLUDES[AccountPlan].features.create(work, {"name": "Help"}, None)
        service_id = acme.sample.service.id
        FEATURES.create(work, {"name": "Phone", "scope": "service_plan"}, service_id)
    values = {"metric_id": "1", "plan_id": "1", "delta": "1", "value": "1", "direction": "up"}
    values |= {
        "name": "x",
        "period": "day",
        "http_method": "GET",
        "pick_1": "yes",
        "what": "page-1",
    }

    response = member.send(filled(path), **values)

    assert response.status_code == 403


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
