"""Features of services and accounts, and which plans include them. Source: reference-portal 1.4."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.features import (
    ACCOUNT_FEATURES,
    FEATURES,
    INCLUDES,
    include_feature,
)
from server.actions.rows import get_owned
from server.domain.attributes import Whole
from server.domain.drafts import Draft
from server.domain.permissions import Permission
from server.domain.plans.features import AccountFeature, Feature
from server.domain.plans.plans import AccountPlan, ApplicationPlan, Plan, ServicePlan
from server.kit.ids import MOST_ID
from server.rest.answers import Gone, Listed, Made
from server.rest.context import RestContext
from server.rest.operations import Operation, rows_of
from server.rest.shapes import Links, Shape, always, columns, computed

FEATURE = Shape(
    name="feature",
    model=Feature,
    parts=(
        *columns("id", "name", "system_name", "service_id", "scope"),
        always("visible", True),
        *columns("description", "created_at"),
        Links(
            {
                "self": "/services/{service_id}/features/{id}",
                "service": "/services/{service_id}",
            }
        ),
    ),
)
ACCOUNT_FEATURE = Shape(
    name="feature",
    title="AccountFeature",
    model=AccountFeature,
    parts=(
        *columns("id", "name", "system_name"),
        computed("account_id", int, lambda feature: feature.provider_id),
        always("scope", "account_plan"),
        always("visible", True),
        *columns("description", "created_at"),
        Links({"self": "/features/{id}"}),
    ),
)
WRAPPER = "feature"


class IncludedFeature(Draft):
    """Which feature a plan shall include."""

    feature_id: Annotated[int, Whole(1, MOST_ID)]


def _inclusions(kind: type[Plan], path: str, shape: Shape[Any], words: str) -> Iterator[Operation]:
    """Make the rows of what plans of a kind include."""
    features, link = INCLUDES[kind].features, INCLUDES[kind].link

    def index(ctx: RestContext) -> SelectOfScalar[Any]:
        plan = get_owned(ctx, kind, ctx.path_id("plan_id"))
        included = select(link.feature_id).where(link.plan_id == plan.id)
        return features.query(ctx.actor).where(col(features.model.id).in_(included))

    def include(ctx: RestContext) -> Any:
        feature_id = ctx.given(IncludedFeature)["feature_id"]
        plan_id = ctx.path_id("plan_id") or 0
        include_feature(ctx, plan_id, feature_id, included=True, kind=kind)
        return features.get(ctx, feature_id)

    def leave_out(ctx: RestContext) -> None:
        feature = ctx.db.exec(index(ctx).where(features.model.id == ctx.path_id())).first()
        feature_id = features.get(ctx, feature.id if feature else None).id
        plan_id = ctx.path_id("plan_id") or 0
        include_feature(ctx, plan_id, feature_id, included=False, kind=kind)

    read, edit, one = Permission.PLANS_READ, Permission.PLANS_EDIT, f"{path}/{{id}}"
    yield Operation("GET", path, f"List what {words} includes.", read, index, Listed(shape))
    yield Operation(
        "POST",
        path,
        f"Put a feature into {words}.",
        edit,
        include,
        Made(shape, one),
        takes=IncludedFeature,
        wrappers=(WRAPPER,),
    )
    yield Operation("DELETE", one, f"Take a feature out of {words}.", edit, leave_out, Gone())


OPERATIONS = (
    *rows_of(FEATURES, FEATURE, "/services/{service_id}/features"),
    *(
        replace(row, wrappers=(WRAPPER,)) if row.wrappers else row
        for row in rows_of(ACCOUNT_FEATURES, ACCOUNT_FEATURE, "/features")
    ),
    *_inclusions(
        ApplicationPlan, "/application_plans/{plan_id}/features", FEATURE, "an application plan"
    ),
    *_inclusions(ServicePlan, "/service_plans/{plan_id}/features", FEATURE, "a service plan"),
    *_inclusions(
        AccountPlan, "/account_plans/{plan_id}/features", ACCOUNT_FEATURE, "an account plan"
    ),
)
