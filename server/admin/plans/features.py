"""Features of a service, and which plans include them."""

from starlette.responses import Response

from server.actions.plans.features import FEATURES, include_feature
from server.admin.context import AdminContext
from server.admin.plans.plans import get_plan_in_path
from server.admin.services.services import get_service_in_path


def create(ctx: AdminContext) -> Response:
    feature = FEATURES.create(ctx, ctx.sent(FEATURES), ctx.path_id("service_id"))
    return ctx.go(f"/services/{feature.service_id}/plans", f"{feature.name} is added.")


def delete(ctx: AdminContext) -> Response:
    """Delete a feature from the service and all plans."""
    feature = FEATURES.delete(ctx, ctx.path_id("feature_id"))
    return ctx.go(f"/services/{feature.service_id}/plans", f"{feature.name} is deleted.")


def include(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    plan = get_plan_in_path(ctx, service)
    included = ctx.text("included") == "yes"
    include_feature(ctx, plan.id, ctx.path_id("feature_id"), included=included)
    notice = "The plan includes it now." if included else "The plan does not include it any more."
    return ctx.go(f"/services/{service.id}/plans/{plan.id}", notice)
