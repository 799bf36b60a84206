"""The dashboard's checklist: steps that lead somewhere, stay done, and go when all are."""

import re
from dataclasses import replace

import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.actions.provider.providers import NewProvider
from server.admin.routes import routes
from server.auth.dependencies import Dependencies
from server.domain.applications.applications import Application
from server.domain.plans.limits import UsageLimit
from server.domain.services.proxies import ProbeResult
from tests.kit.browser import PROVIDERS, Browser


def done(browser: Browser) -> list[bool]:
    return [state == "done" for state in re.findall(r'<li class="(done|open)">', browser.page(""))]


@pytest.fixture
def service(acme: NewProvider) -> str:
    return f"/services/{acme.sample.service.id}"


def test_each_step_is_ticked_when_it_is_done_and_all_go_with_the_last(
    deps: Dependencies, acme: NewProvider, admin: Browser, service: str
) -> None:
    plan_id = acme.sample.application.plan_id
    assert done(admin) == [False, False, False, False, False]

    admin.done(f"{service}/integration", api_test_path="/new")
    assert done(admin) == [True, False, False, False, False]
    admin.done(f"{service}/promote")
    assert done(admin) == [True, False, True, False, False]
    admin.done(f"{service}/plans/{plan_id}/limits", metric_id="1", period="hour", value="3")
    assert done(admin) == [True, False, True, True, False]
    admin.done("/accounts", org_name="Initech", username="peter", email="p@initech.example")
    assert done(admin) == [True, False, True, True, True]
    with deps.database.write() as db:
        application = db.get_one(Application, acme.sample.application.id)
        application.first_traffic_at = deps.installation.clock.now()

    assert done(admin) == []
    assert "in five minutes" not in admin.page("")


def test_a_step_stays_done(
    deps: Dependencies, acme: NewProvider, admin: Browser, service: str
) -> None:
    plan = f"{service}/plans/{acme.sample.application.plan_id}"
    admin.done(f"{service}/integration", api_test_path="/new")
    admin.done(f"{service}/promote")
    admin.done(f"{plan}/limits", metric_id="1", period="hour", value="3")
    with deps.database.read() as db:
        limit_id = db.exec(select(UsageLimit.id)).one()

    admin.done(f"{plan}/limits/{limit_id}/delete")
    app = Starlette(
        routes=routes(replace(deps, probe=lambda _service_id: ProbeResult(False, 502, "Away.")))
    )
    with TestClient(app, base_url="http://localhost:8000", follow_redirects=False) as client:
        unlucky = Browser(client, PROVIDERS)
        unlucky.log_in("admin", acme.admin_password)
        unlucky.done(f"{service}/integration", api_test_path="/newer")

    assert done(admin) == [True, False, True, True, False]


def test_what_was_tested_has_to_be_what_is_in_production(admin: Browser, service: str) -> None:
    admin.done(f"{service}/integration", api_test_path="/new")  # production runs the samples

    assert done(admin)[2] is False


def test_each_step_has_a_button_to_where_it_is_done(acme: NewProvider, admin: Browser) -> None:
    links = re.findall(
        r'<a class="button main" href="([^"]+)">', admin.page("").split('class="steps"')[1]
    )

    service = f"/p/admin/services/{acme.sample.service.id}"
    assert links == [
        f"{service}/integration#test",
        f"{service}/integration#call",
        f"{service}/integration#production",
        f"{service}/plans/{acme.sample.application.plan_id}#limits",
        "http://localhost:8000/signup",
    ]
    for link in links[:4]:
        path, _, anchor = link.removeprefix("/p/admin").partition("#")
        assert f'id="{anchor}"' in admin.page(path)
