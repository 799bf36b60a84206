"""Features: which plans include them. What every resource does is tested for all of them."""

from sqlmodel import Session

from server.actions.plans.features import FEATURES, include_feature, list_features
from server.actions.provider.providers import NewProvider
from server.actions.services.services import create_service
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.errors import Invalid, NotFound
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import Plan
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import event_is, guarded, kinds, refused


def include(work: Work, plan_id: int, feature_id: int, included: bool = True) -> Plan:
    """Put a feature into a plan."""
    return include_feature(work, plan_id, feature_id, included=included)


def test_a_feature_is_included_once_and_left_out_again(acme: NewProvider, db: Session) -> None:
    work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
    before = list_features(db, plan_id)
    feature = FEATURES.create(work, {"name": "Fast lane"}, acme.sample.service.id)

    include(work, plan_id, feature.id)
    facts: dict[str, object] = {"plan": "ApplicationPlan", "feature": "Fast lane"}
    event_is(db, EventKind.PLAN_UPDATED, plan_id, {"included": [False, True]}, facts)
    assert list_features(db, plan_id) == [*before, feature]
    said = len(kinds(db))
    include(work, plan_id, feature.id)
    assert len(kinds(db)) == said, "it was in the plan already"
    include(work, plan_id, feature.id, included=False)
    assert list_features(db, plan_id) == before


def test_a_deleted_feature_goes_from_all_plans(acme: NewProvider, db: Session) -> None:
    work, plan_id = by(db, staff(acme)), acme.sample.application.plan_id
    before = list_features(db, plan_id)
    feature = FEATURES.create(work, {"name": "Fast lane"}, acme.sample.service.id)
    include(work, plan_id, feature.id)

    FEATURES.delete(work, feature.id)

    assert list_features(db, plan_id) == before


def test_only_a_feature_of_the_plans_service_is_included(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    work, plan_id = by(db, staff(acme), deps.installation), acme.sample.application.plan_id
    other = create_service(work, {"name": "Weather"})
    elsewhere = FEATURES.create(work, {"name": "Sun"}, other.id)
    theirs = list_features(db, globex.sample.application.plan_id)[0].id

    guarded(
        db,
        (acme, globex),
        Permission.PLANS_EDIT,
        (include, plan_id, list_features(db, plan_id)[0].id),
    )
    refused(work, NotFound, include, plan_id, theirs)
    refused(work, Invalid, include, plan_id, elsewhere.id, field="feature_id")
