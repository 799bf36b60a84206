"""The usage limits of a plan; a disabled metric is one with a limit of zero."""

from starlette.responses import Response

from server.actions.plans.limits import (
    LIMITS,
    disable_metric,
    enable_metric,
    list_limits,
    set_limit,
)
from server.admin.context import AdminContext
from server.admin.plans.plans import get_plan_in_path
from server.admin.services.services import get_service_in_path
from server.domain.errors import NotFound


def put(ctx: AdminContext) -> Response:
    """Set the limit of a metric for a period."""
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    limit = set_limit(ctx, ctx.sent(LIMITS), plan.id)
    return _back(ctx, f"At most {limit.value} per {limit.period}, from the next call on.")


def delete(ctx: AdminContext) -> Response:
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    limit_id = ctx.path_id("limit_id")
    if all(limit.id != limit_id for limit in list_limits(ctx.db, plan.id)):
        raise NotFound("There is no such limit.")
    LIMITS.delete(ctx, limit_id)
    return _back(ctx, "The limit is gone, from the next call on.")


def disable(ctx: AdminContext) -> Response:
    """Refuse all calls of a metric on this plan."""
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    disable_metric(ctx, plan.id, ctx.number("metric_id"))
    return _back(ctx, "The metric is disabled on this plan: its calls are refused.")


def enable(ctx: AdminContext) -> Response:
    """Let calls of a metric in again: its limits of zero go."""
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    enable_metric(ctx, plan.id, ctx.number("metric_id"))
    return _back(ctx, "The metric is enabled on this plan.")


def _back(ctx: AdminContext, notice: str) -> Response:
    service_id, plan_id = ctx.path_id("service_id"), ctx.path_id("plan_id")
    return ctx.go(f"/services/{service_id}/plans/{plan_id}", notice)
