"""Credentials of an application in the admin portal."""

import pytest
from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.services.services import update_service
from server.auth.dependencies import Dependencies
from server.domain.applications.applications import ApplicationKey
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


@pytest.fixture
def path(acme: NewProvider) -> str:
    return f"/applications/{acme.sample.application.id}"


def test_the_user_key_is_replaced_by_a_random_or_a_chosen_one(path: str, admin: Browser) -> None:
    assert "The old one is dead" in admin.done(f"{path}/user_key", user_key="")
    assert ">my-own-key</code>" in admin.done(f"{path}/user_key", user_key="my-own-key")

    refused = admin.send(f"{path}/user_key", "user-key", user_key="with space")
    assert refused.status_code == 422
    assert 'value="with space"' in refused.text


def test_app_keys_come_and_go(
    path: str, deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    with deps.database.write() as db:
        update_service(by(db, staff(acme)), acme.sample.service.id, {"backend_version": "2"})

    shown = admin.done(f"{path}/keys", key="first-key")
    assert ">first-key</code>" in shown
    assert admin.send(f"{path}/keys", "new-key", key="abc").status_code == 422
    assert admin.send(f"{path}/keys", "new-key", key="first-key").status_code == 409

    with deps.database.read() as db:
        key = db.exec(select(ApplicationKey)).one()
    assert "first-key" not in admin.done(f"{path}/keys/{key.id}/delete")
    assert admin.send(f"{path}/keys/{key.id}/delete").status_code == 404
