"""APIs in the admin portal."""

import re

import pytest

from server.actions.provider.providers import NewProvider
from tests.kit.browser import Browser


@pytest.fixture
def path(acme: NewProvider) -> str:
    return f"/services/{acme.sample.service.id}"


def test_a_new_service_is_in_staging_at_once(admin: Browser) -> None:
    shown = admin.done(
        "/services", name="Weather", backend_version="2", api_backend="https://w.example:443"
    )

    assert "https://w.example:443" in shown
    assert "version 1" in shown
    assert "No application of this API is live" in shown
    refused = admin.send("/services", "service", name="X", backend_version="1", api_backend="ftp:x")
    assert refused.status_code == 422
    assert "service-api_backend-error" in refused.text


def test_settings_are_saved_and_switched_off(path: str, admin: Browser) -> None:
    fields = {"name": "Better", "description": "d", "support_email": "", "backend_version": "1"}

    shown = admin.done(
        f"{path}/settings",
        **fields,
        buyer_plan_change_permission="direct",
        buyers_manage_apps="yes",
        buyers_manage_keys="no",
    )

    assert 'value="Better"' in shown
    manage_apps = shown.split('name="buyers_manage_apps" type="checkbox"')[1].split(">")[0]
    manage_keys = shown.split('name="buyers_manage_keys" type="checkbox"')[1].split(">")[0]
    assert "checked" in manage_apps
    assert "checked" not in manage_keys
    refused = admin.send(f"{path}/settings", "service", **{**fields, "support_email": "x"})
    assert refused.status_code == 422
    assert "service-support_email-error" in refused.text


def test_a_service_stays_while_it_is_the_default_or_has_applications(
    path: str, acme: NewProvider, admin: Browser
) -> None:
    refused = admin.send(f"{path}/delete")
    assert refused.status_code == 409
    assert "can&#39;t be deleted" in refused.text

    admin.done("/services", name="Other", backend_version="1")
    other = admin.page("/services").split('href="/p/admin/services/')[-1].split('"')[0]
    admin.done(f"/services/{other}/default")

    in_use = admin.send(f"{path}/delete")
    assert in_use.status_code == 409
    assert "1 application is on its plans." in in_use.text
    assert "Delete the API" not in admin.page(f"{path}/settings")
    admin.done(f"/applications/{acme.sample.application.id}/delete")
    assert "is deleted." in admin.done(f"{path}/delete")
    assert admin.get(path).status_code == 404


def test_a_state_has_a_button_for_each_event_that_it_knows(path: str, admin: Browser) -> None:
    def events() -> list[str]:
        return re.findall(r'name="state_event" value="(\w+)"', admin.page(f"{path}/settings"))

    assert events() == ["hide", "take_offline", "deprecate"]
    assert "is hidden now." in admin.done(f"{path}/state", state_event="hide")
    assert events() == ["publish", "take_offline"]
    assert "hidden" in admin.page("/services")
    assert admin.send(f"{path}/state", state_event="deprecate").status_code == 409
    assert admin.send(f"{path}/state", state_event="mark_as_deleted").status_code == 422
    admin.done(f"{path}/state", state_event="publish")
    admin.done(f"{path}/state", state_event="deprecate")
    assert events() == []
