"""Features of a service in the admin portal."""

from sqlmodel import select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.plans.features import Feature
from tests.kit.browser import Browser


def test_features_come_go_and_are_included(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    service, plan_id = f"/services/{acme.sample.service.id}", acme.sample.application.plan_id
    assert "Faster" in admin.done(f"{service}/features", name="Faster", description="Much")
    with deps.database.read() as db:
        feature = db.exec(select(Feature).where(Feature.name == "Faster")).one()
    path = f"{service}/plans/{plan_id}/features/{feature.id}"

    assert 'aria-label="Exclude Faster"' in admin.done(path, included="yes")
    assert 'aria-label="Include Faster"' in admin.done(path, included="no")
    assert "Faster is deleted." in admin.done(f"{service}/features/{feature.id}/delete")
    refused = admin.send(f"{service}/features", "feature", name="")
    assert 'id="feature-name-error"' in refused.text
