"""Features of services, and which plans include them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import Rules, change, get_owned, save
from server.actions.services.services import get_service
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Invalid
from server.domain.events import Event, EventKind
from server.domain.fields import (
    MOST_DESCRIPTION,
    clean_optional_text,
    clean_system_name,
    clean_text,
)
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan, Feature, PlanFeature
from server.kit.paging import Listing

LISTING = Listing("features", Feature)
RULES: Rules = {
    "name": lambda v: clean_text(v, "name"),
    "description": lambda v: clean_optional_text(v, "description", most=MOST_DESCRIPTION),
}


def features_query(actor: Actor) -> SelectOfScalar[Feature]:
    """Select the features of all the provider's services."""
    actor.require(Permission.PLANS_READ)
    return select(Feature).where(Feature.provider_id == actor.provider_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFeature:
    """What a new feature needs."""

    name: str
    system_name: str | None = None
    description: str = ""


def create_feature(work: Work, service_id: int, draft: NewFeature) -> Feature:
    """Add a feature to a service. Raises: NotFound, Invalid, Taken."""
    work.actor.require(Permission.PLANS_EDIT)
    service = get_service(work, service_id)
    title = clean_text(draft.name, "name")
    feature = Feature(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        name=title,
        system_name=clean_system_name(draft.system_name, title),
        description=RULES["description"](draft.description),
    )
    save(work.db, feature, unique="system_name" if draft.system_name else "name")
    work.record(Event(EventKind.FEATURE_CREATED, feature.id, service_id=service.id))
    return feature


def update_feature(work: Work, feature_id: int, changes: Mapping[str, Any]) -> Feature:
    """Change a feature's texts. Raises: NotFound, Invalid."""
    work.actor.require(Permission.PLANS_EDIT)
    feature = get_owned(work, Feature, feature_id)
    changed = change(feature, changes, RULES)
    if changed:
        event = Event(
            EventKind.FEATURE_UPDATED,
            feature.id,
            service_id=feature.service_id,
            changes=changed,
        )
        work.record(event)
    return feature


def delete_feature(work: Work, feature_id: int) -> Feature:
    """Take a feature away from its service and all plans. Raises: NotFound."""
    work.actor.require(Permission.PLANS_EDIT)
    feature = get_owned(work, Feature, feature_id)
    work.db.execute(delete(PlanFeature).where(col(PlanFeature.feature_id) == feature.id))
    work.db.delete(feature)
    work.record(Event(EventKind.FEATURE_DELETED, feature.id, service_id=feature.service_id))
    return feature


def include_feature(
    work: Work, plan_id: int, feature_id: int, *, included: bool
) -> ApplicationPlan:
    """Put a feature into a plan or take it out. Raises: NotFound, Invalid."""
    work.actor.require(Permission.PLANS_EDIT)
    plan = get_owned(work, ApplicationPlan, plan_id)
    feature = get_owned(work, Feature, feature_id)
    if feature.service_id != plan.service_id:
        raise Invalid("must be a feature of the plan's service.", field="feature_id")
    link = work.db.get(PlanFeature, (plan.id, feature.id))
    if included is (link is not None):
        return plan
    if link is None:
        work.db.add(PlanFeature(plan_id=plan.id, feature_id=feature.id))
    else:
        work.db.delete(link)
    changes = {"feature": [feature.name, included]}
    event = Event(EventKind.PLAN_UPDATED, plan.id, service_id=plan.service_id, changes=changes)
    work.record(event)
    return plan


def list_features(db: Session, plan_id: int) -> list[Feature]:
    """Read the features that a plan includes."""
    query = (
        select(Feature)
        .join(PlanFeature, col(PlanFeature.feature_id) == col(Feature.id))
        .where(PlanFeature.plan_id == plan_id)
    )
    return list(db.exec(query.order_by(col(Feature.id))))
