"""Referrer filters of an application in the admin portal."""

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.actions.services.services import update_service
from server.auth.dependencies import Dependencies
from server.domain.applications.referrer_filters import ReferrerFilter
from tests.kit.browser import Browser
from tests.kit.make import staff
from tests.kit.work import by


def test_filters_come_and_go_where_the_api_asks_for_them(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = f"/applications/{acme.sample.application.id}"
    assert "Referrer filters" not in admin.open(path).text
    with deps.database.write() as db:
        changes = {"referrer_filters_required": True}
        update_service(by(db, staff(acme)), acme.sample.service.id, changes)
    assert "No filter yet: calls are let in from anywhere." in admin.open(path).text

    shown = admin.done(f"{path}/referrer_filters", referrer_filter="*.ok.example")
    assert "Calls from *.ok.example are let in." in shown
    assert "<code>*.ok.example</code>" in shown
    refused = admin.send(f"{path}/referrer_filters", "new-filter", referrer_filter="http://x/")
    assert refused.status_code == 422
    assert 'value="http://x/"' in refused.text
    again = admin.send(f"{path}/referrer_filters", "new-filter", referrer_filter="*.ok.example")
    assert again.status_code == 409

    with deps.database.read() as db:
        row = db.exec(select(ReferrerFilter)).one()
    assert "*.ok.example" not in admin.done(f"{path}/referrer_filters/{row.id}/delete")
    assert admin.send(f"{path}/referrer_filters/{row.id}/delete").status_code == 404


def test_filters_that_nobody_looks_at_say_so(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = f"/applications/{acme.sample.application.id}"

    shown = admin.done(f"{path}/referrer_filters", referrer_filter="ok.example")

    assert "does not look at them" in shown
