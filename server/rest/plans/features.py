"""Features of services, and which of them a plan includes. Source: reference-portal 1.4."""

from typing import Annotated

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.features import FEATURES, include_feature
from server.actions.rows import get_owned
from server.domain.attributes import Whole
from server.domain.drafts import Draft
from server.domain.permissions import Permission
from server.domain.plans.features import Feature, PlanFeature
from server.domain.plans.plans import ApplicationPlan
from server.kit.ids import MOST_ID
from server.rest.answers import Gone, Listed, Made
from server.rest.context import RestContext
from server.rest.operations import Operation, rows_of
from server.rest.shapes import Links, Shape, always, columns

FEATURE = Shape(
    name="feature",
    model=Feature,
    parts=(
        *columns("id", "name", "system_name"),
        always("scope", "ApplicationPlan"),
        always("visible", True),
        *columns("description", "created_at"),
        Links({"self": "/services/{service_id}/features/{id}"}),
    ),
)
PLAN_FEATURES = "/application_plans/{plan_id}/features"


class IncludedFeature(Draft):
    """Which feature a plan shall include."""

    feature_id: Annotated[int, Whole(1, MOST_ID)]


def list_included(ctx: RestContext) -> SelectOfScalar[Feature]:
    """Select the features that a plan includes."""
    plan = get_owned(ctx, ApplicationPlan, ctx.path_id("plan_id"))
    included = select(PlanFeature.feature_id).where(PlanFeature.plan_id == plan.id)
    return FEATURES.query(ctx.actor).where(col(Feature.id).in_(included))


def include(ctx: RestContext) -> Feature:
    """Put a feature of the plan's service into the plan."""
    feature_id = ctx.given(IncludedFeature)["feature_id"]
    include_feature(ctx, ctx.path_id("plan_id") or 0, feature_id, included=True)
    return FEATURES.get(ctx, feature_id)


def leave_out(ctx: RestContext) -> None:
    """Take a feature out of the plan; it stays a feature of the service."""
    feature = ctx.db.exec(list_included(ctx).where(Feature.id == ctx.path_id())).first()
    feature_id = FEATURES.get(ctx, feature.id if feature else None).id
    include_feature(ctx, ctx.path_id("plan_id") or 0, feature_id, included=False)


OPERATIONS = (
    *rows_of(FEATURES, FEATURE, "/services/{service_id}/features"),
    Operation(
        "GET",
        PLAN_FEATURES,
        "List the features that an application plan includes.",
        Permission.PLANS_READ,
        list_included,
        Listed(FEATURE),
    ),
    Operation(
        "POST",
        PLAN_FEATURES,
        "Put a feature into an application plan.",
        Permission.PLANS_EDIT,
        include,
        Made(FEATURE, f"{PLAN_FEATURES}/{{id}}"),
        takes=IncludedFeature,
        wrappers=("feature",),
    ),
    Operation(
        "DELETE",
        f"{PLAN_FEATURES}/{{id}}",
        "Take a feature out of an application plan.",
        Permission.PLANS_EDIT,
        leave_out,
        Gone(),
    ),
)
