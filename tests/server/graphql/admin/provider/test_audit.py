"""The audit log in GraphQL."""

from server.actions.plans.features import FEATURES, include_feature
from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.graphql import Client
from tests.kit.make import staff
from tests.kit.work import by


def test_facts_stand_beside_the_changes(
    deps: Dependencies, acme: NewProvider, admin: Client
) -> None:
    with deps.database.write() as db:
        work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
        feature = FEATURES.create(work, {"name": "Hail"}, acme.sample.service.id)
        include_feature(work, plan_id, feature.id, included=True)

    found = admin.ask("{ events(first: 1) { nodes { kind changes facts } } }")

    assert found["events"]["nodes"] == [
        {
            "kind": "plan.updated",
            "changes": {"included": [False, True]},
            "facts": {"plan": "ApplicationPlan", "feature": "Hail"},
        }
    ]
