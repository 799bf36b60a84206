"""What a new provider finds: a service with plans and features, deployed, and a developer on it."""

import json

from sqlmodel import Session, select

from server.actions.plans.features import list_features
from server.actions.portal.api_docs import get_published_api_docs
from server.actions.provider.providers import NewProvider
from server.actions.services.configs import find_current_config, has_undeployed_changes
from server.auth.dependencies import Dependencies
from server.domain.actors import Actor
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service
from tests.kit.work import by


def test_two_published_plans_differ_in_their_features(acme: NewProvider, db: Session) -> None:
    query = select(ApplicationPlan).where(ApplicationPlan.service_id == acme.sample.service.id)
    plans = db.exec(query.order_by(ApplicationPlan.position)).all()  # type: ignore[arg-type]  # a column

    assert [(plan.name, plan.state, plan.is_default) for plan in plans] == [
        ("Basic", "published", True),
        ("Unlimited", "published", False),
    ]
    assert [len(list_features(db, plan.id)) for plan in plans] == [1, 3]
    assert acme.sample.application.plan_id == plans[0].id


def test_the_sample_service_runs_in_both_environments_as_it_is(
    deps: Dependencies, acme: NewProvider, db: Session
) -> None:
    service = db.get_one(Service, acme.sample.service.id)

    for environment in ("staging", "production"):
        config = find_current_config(db, service.id, environment)
        assert config is not None
        assert config.version == 1
    assert service.is_default
    assert not has_undeployed_changes(db, deps.installation, service)


def test_a_published_specification_describes_the_sample_service(
    acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    servers = {}
    for provider in (acme, globex):
        visitor = Actor.anonymous(provider.provider.id)
        api_docs = get_published_api_docs(by(db, visitor), "echo_api")
        spec = json.loads(api_docs.body)

        assert api_docs.name == spec["info"]["title"] == "Echo API"
        assert api_docs.service_id == provider.sample.service.id
        assert set(spec["paths"]) == {"/", "/{path}"}
        key = spec["components"]["securitySchemes"]["user_key"]
        assert key == {"type": "apiKey", "in": "query", "name": "user_key"}
        servers[provider.provider.name] = spec["servers"]

    assert servers == {
        "Acme": [{"url": "/gateway/staging/api"}],
        "Globex": [{"url": "http://api-globex.staging.localhost:8000"}],
    }
