"""Applications in the admin portal."""

import re

import pytest
from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.auth.dependencies import Dependencies
from server.domain.plans.plans import ApplicationPlan
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


@pytest.fixture
def path(acme: NewProvider) -> str:
    return f"/applications/{acme.sample.application.id}"


@pytest.fixture
def unlimited(deps: Dependencies, acme: NewProvider) -> ApplicationPlan:
    with deps.database.read() as db:
        return db.exec(select(ApplicationPlan).where(ApplicationPlan.name == "Unlimited")).one()


def test_an_account_gets_another_application(
    acme: NewProvider, unlimited: ApplicationPlan, admin: Browser
) -> None:
    home = f"/accounts/{acme.sample.application.account_id}/applications"

    sent = {"name": "Second", "plan_id": str(unlimited.id), "redirect_url": "https://x.example/"}
    shown = admin.done(home, **sent, user_key="chosen-key")

    assert "<h1>Second</h1>" in shown
    assert "chosen-key" in shown
    edit = re.search(r"/applications/\d+/edit", shown)
    assert edit
    assert 'value="https://x.example/"' in admin.page(edit[0])
    refused = admin.send(
        home, "application", name="Third", plan_id=str(unlimited.id), user_key="no spaces"
    )
    assert refused.status_code == 422
    assert 'value="Third"' in refused.text
    assert "application-user_key-error" in refused.text


def test_applications_are_found_by_name_and_state(admin: Browser) -> None:
    assert "Developer&#39;s App" in admin.page("/applications?search=developer&state=live")
    assert "No application fits" in admin.page("/applications?state=suspended")


def test_an_application_is_suspended_and_resumed(path: str, admin: Browser) -> None:
    assert 'badge bad">suspended' in admin.done(f"{path}/suspend")
    assert 'badge good">live' in admin.done(f"{path}/resume")
    assert admin.send(f"{path}/accept").status_code == 409
    assert admin.send(f"{path}/explode").status_code == 404


def test_an_application_changes_plan(
    path: str, unlimited: ApplicationPlan, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    shown = admin.done(f"{path}/plan", plan_id=str(unlimited.id))

    assert "Usage against the limits of Unlimited" in shown
    with deps.database.write() as db:
        other = create_service(by(db, staff(acme), deps.installation), {"name": "Other"})
    shown = admin.done(f"/services/{other.id}/plans", name="Foreign")
    foreign = shown.split(f"/services/{other.id}/plans/")[1].split('"')[0].split("/")[0]
    refused = admin.send(f"{path}/plan", "plan", plan_id=foreign)
    assert refused.status_code == 422
    assert "Must be a plan of the same API." in refused.text


def test_an_application_is_renamed(path: str, admin: Browser) -> None:
    assert "<h1>Better</h1>" in admin.done(path, name="Better", description="d", redirect_url="")
    assert "Can&#39;t be blank." in admin.send(path, "application", name="").text


def test_usage_stands_beside_its_limits(path: str, acme: NewProvider, admin: Browser) -> None:
    service_id, plan_id = acme.sample.service.id, acme.sample.application.plan_id
    limits = f"/services/{service_id}/plans/{plan_id}/limits"
    admin.done(limits, metric_id="1", period="hour", value="3")

    page = admin.page(path)

    assert "<progress" in page
    assert ">3</td>" in page


def test_a_deleted_application_is_gone(path: str, admin: Browser) -> None:
    assert "is deleted." in admin.done(f"{path}/delete")
    assert admin.get(path).status_code == 404
