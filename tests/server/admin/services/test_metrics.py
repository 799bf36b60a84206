"""Metrics and methods in the admin portal."""

import pytest
from sqlmodel import col, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.services.metrics import Metric
from tests.kit.browser import Browser


@pytest.fixture
def path(acme: NewProvider) -> str:
    return f"/services/{acme.sample.service.id}/metrics"


def test_methods_and_metrics_come_and_go(path: str, deps: Dependencies, admin: Browser) -> None:
    hits = admin.page(path).split('name="parent_id" value="')[1].split('"')[0]

    shown = admin.done(path, friendly_name="Look up", parent_id=hits)
    assert "<code>look_up</code>" in shown
    shown = admin.done(path, friendly_name="Volume", unit="megabyte")
    assert "megabyte" in shown

    with deps.database.read() as db:
        volume = db.exec(select(Metric).where(col(Metric.friendly_name) == "Volume")).one()
    shown = admin.done(f"{path}/{volume.id}", friendly_name="Traffic", unit="GB", description="")
    assert "Traffic" in shown
    assert "Traffic is deleted." in admin.done(f"{path}/{volume.id}/delete")
    assert admin.send(f"{path}/{hits}/delete").status_code == 409


def test_a_taken_name_is_told_in_its_own_form(path: str, admin: Browser) -> None:
    refused = admin.send(path, "new-metric", friendly_name="Hits", system_name="hits", unit="hit")

    assert refused.status_code == 409
    assert 'id="new-metric-system_name-error"' in refused.text
    assert 'id="new-method-system_name-error"' not in refused.text
    assert admin.send(f"{path}/1", "metric", friendly_name="").status_code == 422
