"""Features: of one service, in any of its plans."""

import pytest
from sqlmodel import Session

from server.actions.plans.features import (
    NewFeature,
    create_feature,
    delete_feature,
    features_query,
    include_feature,
    list_features,
    update_feature,
)
from server.actions.provider.providers import NewProvider
from server.actions.services.services import NewService, create_service
from server.actions.work import Work
from server.auth.dependencies import Dependencies
from server.domain.errors import Blank, DomainError, Forbidden, Invalid, NotFound, Taken, TooLong
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from tests.kit.make import staff
from tests.kit.work import by
from tests.server.actions.conftest import NOWHERE, event_is, guarded, kinds, refused, without


def include(work: Work, plan_id: int, feature_id: int, included: bool = True) -> ApplicationPlan:
    """Put a feature into a plan."""
    return include_feature(work, plan_id, feature_id, included=included)


def test_a_feature_is_made_changed_included_and_deleted(acme: NewProvider, db: Session) -> None:
    actor, plan_id = staff(acme), acme.sample.application.plan_id
    before = list_features(db, plan_id)
    draft = NewFeature(name=" Fast lane ", description="Quick.")

    feature = create_feature(by(db, actor), acme.sample.service.id, draft)
    event_is(db, EventKind.FEATURE_CREATED, feature.id, {})
    assert (feature.name, feature.system_name) == ("Fast lane", "fast_lane")
    update_feature(by(db, actor), feature.id, {"name": "Lane", "description": ""})
    event_is(
        db,
        EventKind.FEATURE_UPDATED,
        feature.id,
        {"name": ["Fast lane", "Lane"], "description": ["Quick.", ""]},
    )
    include(by(db, actor), plan_id, feature.id)
    event_is(db, EventKind.PLAN_UPDATED, plan_id, {"feature": ["Lane", True]})
    assert list_features(db, plan_id) == [*before, feature]
    said = len(kinds(db))
    include(by(db, actor), plan_id, feature.id)
    assert len(kinds(db)) == said, "it was in the plan already"
    include(by(db, actor), plan_id, feature.id, included=False)
    assert list_features(db, plan_id) == before
    include(by(db, actor), plan_id, feature.id)
    delete_feature(by(db, actor), feature.id)

    event_is(db, EventKind.FEATURE_DELETED, feature.id, {})
    assert list_features(db, plan_id) == before


def test_features_have_their_permission_and_their_provider(
    deps: Dependencies, acme: NewProvider, globex: NewProvider, db: Session
) -> None:
    plan_id, service_id = acme.sample.application.plan_id, acme.sample.service.id
    feature = list_features(db, plan_id)[0]
    other = create_service(by(db, staff(acme), deps.installation), NewService(name="Weather"))
    elsewhere = create_feature(by(db, staff(acme)), other.id, NewFeature(name="Sun"))

    guarded(
        db,
        (acme, globex),
        Permission.PLANS_EDIT,
        (create_feature, service_id, NewFeature(name="Sun")),
        (update_feature, feature.id, {"name": "x"}),
        (delete_feature, feature.id),
        (include, plan_id, feature.id),
    )
    theirs = list_features(db, globex.sample.application.plan_id)[0].id
    refused(by(db, staff(acme)), NotFound, include, plan_id, theirs)
    refused(by(db, staff(acme)), Invalid, include, plan_id, elsewhere.id, field="feature_id")
    for nowhere in NOWHERE:
        refused(by(db, staff(acme)), NotFound, delete_feature, nowhere, field="id")
    owners = {each.provider_id for each in db.exec(features_query(staff(globex)))}
    assert owners == {globex.provider.id}
    with pytest.raises(Forbidden):
        features_query(without(acme, Permission.PLANS_READ))


def test_bad_input_names_its_field(acme: NewProvider, db: Session) -> None:
    service_id = acme.sample.service.id
    feature = list_features(db, acme.sample.application.plan_id)[0]
    cases: tuple[tuple[str, str, type[DomainError]], ...] = (
        (" ", "name", Blank),
        ("x" * 256, "name", TooLong),
        ("a\x00b", "name", Invalid),
    )
    for name, field, error in cases:
        draft = NewFeature(name=name)
        refused(by(db, staff(acme)), error, create_feature, service_id, draft, field=field)
        refused(by(db, staff(acme)), error, update_feature, feature.id, {"name": name}, field=field)
    for draft, field in (
        (NewFeature(name=feature.name), "name"),
        (NewFeature(name="x", system_name=feature.system_name), "system_name"),
    ):
        refused(by(db, staff(acme)), Taken, create_feature, service_id, draft, field=field)
    draft = NewFeature(name="x", system_name="sp ace")
    refused(by(db, staff(acme)), Invalid, create_feature, service_id, draft, field="system_name")
    for field in ("system_name", "service_id", "provider_id"):
        refused(by(db, staff(acme)), Invalid, update_feature, feature.id, {field: "x"}, field=field)
