"""Features of services and of accounts, and which plans include them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.rows import get_owned, hold, rely_on
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.plans.features import (
    AccountFeature,
    AccountFeatureDraft,
    AccountPlanFeature,
    Feature,
    FeatureDraft,
    FeatureScope,
    PlanFeature,
    ServicePlanFeature,
)
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.kit.paging import Listing

FEATURES = Resource(
    name="feature",
    model=Feature,
    draft=FeatureDraft,
    read=Permission.PLANS_READ,
    edit=Permission.PLANS_EDIT,
    events=Lifecycle(
        created=EventKind.FEATURE_CREATED,
        updated=EventKind.FEATURE_UPDATED,
        deleted=EventKind.FEATURE_DELETED,
    ),
    listing=Listing("features", Feature),
    parent=Parent(column="service_id", get=get_service),
    goes_with=(col(PlanFeature.feature_id), col(ServicePlanFeature.feature_id)),
)
ACCOUNT_FEATURES = Resource(
    name="account_feature",
    model=AccountFeature,
    draft=AccountFeatureDraft,
    read=Permission.PLANS_READ,
    edit=Permission.PLANS_EDIT,
    events=Lifecycle(
        created=EventKind.ACCOUNT_FEATURE_CREATED,
        updated=EventKind.ACCOUNT_FEATURE_UPDATED,
        deleted=EventKind.ACCOUNT_FEATURE_DELETED,
    ),
    listing=Listing("account_features", AccountFeature),
    goes_with=(col(AccountPlanFeature.feature_id),),
)


@dataclass(frozen=True, slots=True)
class Includes:
    """What plans of a kind include: whose features, by which table."""

    features: Resource[Any]
    link: Any
    scope: str = ""  # which of a service's


INCLUDES: Mapping[type[Plan], Includes] = {
    AccountPlan: Includes(ACCOUNT_FEATURES, AccountPlanFeature),
    ServicePlan: Includes(FEATURES, ServicePlanFeature, FeatureScope.SERVICE_PLAN),
    ApplicationPlan: Includes(FEATURES, PlanFeature, FeatureScope.APPLICATION_PLAN),
}


def include_feature(
    work: Work,
    plan_id: int,
    feature_id: int,
    *,
    included: bool,
    kind: type[Plan] = ApplicationPlan,
) -> Plan:
    """Put a feature into a plan of a kind or take it out. Raises: NotFound, Invalid."""
    work.actor.require(Permission.PLANS_EDIT)
    includes = INCLUDES[kind]
    plan = hold(work.db, get_owned(work, kind, plan_id))
    feature = rely_on(work.db, get_owned(work, includes.features.model, feature_id))
    home = getattr(plan, "service_id", None)
    if getattr(feature, "service_id", None) != home:
        raise Invalid("must be a feature of the plan's service.", field="feature_id")
    if getattr(feature, "scope", "") != includes.scope:
        wanted = includes.scope.replace("_", " ")
        raise Invalid(f"must be a feature for {wanted}s.", field="feature_id")
    link = work.db.get(includes.link, (plan.id, feature.id))
    if included is (link is not None):
        return plan
    if link is None:
        work.db.add(includes.link(plan_id=plan.id, feature_id=feature.id))
    else:
        work.db.delete(link)
    event = Event(
        EventKind.PLAN_UPDATED,
        plan.id,
        service_id=home,
        changes={"included": [not included, included]},
        facts={"plan": plan.plan, "feature": feature.name},
    )
    work.record(event)
    return plan


def list_features(db: Session, plan_id: int, kind: type[Plan] = ApplicationPlan) -> list[Any]:
    """List what a plan of a kind includes, oldest first."""
    includes = INCLUDES[kind]
    model, link = includes.features.model, includes.link
    query = select(model).join(link, link.feature_id == model.id).where(link.plan_id == plan_id)
    return list(db.exec(query.order_by(model.id)))
