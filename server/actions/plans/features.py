"""Features of services, and which plans include them."""

from sqlmodel import Session, col, select

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.rows import get_owned, hold, rely_on
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import Event, EventKind
from server.domain.permissions import Permission
from server.domain.plans.features import Feature, FeatureDraft, PlanFeature
from server.domain.plans.plans import ApplicationPlan
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
    goes_with=(col(PlanFeature.feature_id),),
)


def include_feature(
    work: Work, plan_id: int, feature_id: int, *, included: bool
) -> ApplicationPlan:
    """Put a feature into a plan or take it out. Raises: NotFound, Invalid."""
    work.actor.require(Permission.PLANS_EDIT)
    plan = hold(work.db, get_owned(work, ApplicationPlan, plan_id))
    feature = rely_on(work.db, get_owned(work, Feature, feature_id))
    if feature.service_id != plan.service_id:
        raise Invalid("must be a feature of the plan's service.", field="feature_id")
    link = work.db.get(PlanFeature, (plan.id, feature.id))
    if included is (link is not None):
        return plan
    if link is None:
        work.db.add(PlanFeature(plan_id=plan.id, feature_id=feature.id))
    else:
        work.db.delete(link)
    event = Event(
        EventKind.PLAN_UPDATED,
        plan.id,
        service_id=plan.service_id,
        changes={"included": [not included, included]},
        facts={"plan": plan.plan, "feature": feature.name},
    )
    work.record(event)
    return plan


def list_features(db: Session, plan_id: int) -> list[Feature]:
    query = (
        select(Feature)
        .join(PlanFeature, col(PlanFeature.feature_id) == col(Feature.id))
        .where(PlanFeature.plan_id == plan_id)
    )
    return list(db.exec(query.order_by(col(Feature.id))))
