"""The usage limits of a plan; a disabled metric is one with a limit of zero."""

from starlette.responses import Response

from server.actions.plans.limits import (
    LIMITS,
    disable_metric,
    enable_metric,
    list_limits,
)
from server.admin.context import AdminContext
from server.admin.plans.plans import get_plan_in_path
from server.admin.services.services import get_service_in_path
from server.domain.errors import NotFound
from server.domain.plans.limits import UsageLimit


def create(ctx: AdminContext) -> Response:
    """Add the limit of a metric for a period that has none."""
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    return _told(ctx, LIMITS.create(ctx, ctx.sent(LIMITS), plan.id))


def update(ctx: AdminContext) -> Response:
    """Change how much a limit allows."""
    return _told(ctx, LIMITS.update(ctx, _limit_in_path(ctx), ctx.texts("value")))


def delete(ctx: AdminContext) -> Response:
    LIMITS.delete(ctx, _limit_in_path(ctx))
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


def _limit_in_path(ctx: AdminContext) -> int:
    """Tell the id of the limit that the address names, of its plan. Raises: NotFound."""
    plan = get_plan_in_path(ctx, get_service_in_path(ctx))
    limit_id = ctx.path_id("limit_id")
    if all(limit.id != limit_id for limit in list_limits(ctx.db, plan.id)):
        raise NotFound("There is no such limit.")
    return limit_id


def _told(ctx: AdminContext, limit: UsageLimit) -> Response:
    return _back(ctx, f"At most {limit.value} per {limit.period}, from the next call on.")


def _back(ctx: AdminContext, notice: str) -> Response:
    service_id, plan_id = ctx.path_id("service_id"), ctx.path_id("plan_id")
    return ctx.go(f"/services/{service_id}/plans/{plan_id}", notice)
