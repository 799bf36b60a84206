"""The usage limits of a plan; a disabled metric is one with a limit of zero."""

from starlette.responses import Response

from server.actions.plans.limits import NewLimit, delete_limit, limits_of, set_limit
from server.admin.plans.plans import plan_in_path
from server.admin.screen import Screen
from server.admin.services.services import service_in_path
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.plans import LimitPeriod

DISABLED_PERIOD = LimitPeriod.ETERNITY.value


def put(screen: Screen) -> Response:
    """Set the limit of a metric for a period."""
    plan = plan_in_path(screen, service_in_path(screen))
    wanted = NewLimit(
        plan_id=plan.id,
        metric_id=screen.number("metric_id"),
        period=screen.text("period"),
        value=screen.number("value"),
    )
    limit = set_limit(screen.db, screen.actor, wanted)
    return _back(screen, f"At most {limit.value} per {limit.period}, from the next call on.")


def delete(screen: Screen) -> Response:
    """Take a limit away."""
    plan = plan_in_path(screen, service_in_path(screen))
    limit_id = screen.path_id("limit_id")
    if all(limit.id != limit_id for limit in limits_of(screen.db, plan.id)):
        raise NotFound("There is no such limit.")
    delete_limit(screen.db, screen.actor, limit_id)
    return _back(screen, "The limit is gone, from the next call on.")


def disable(screen: Screen) -> Response:
    """Refuse all calls of a metric on this plan."""
    plan = plan_in_path(screen, service_in_path(screen))
    metric_id = screen.number("metric_id")
    wanted = NewLimit(plan_id=plan.id, metric_id=metric_id, period=DISABLED_PERIOD, value=0)
    set_limit(screen.db, screen.actor, wanted)
    return _back(screen, "The metric is disabled on this plan: its calls are refused.")


def enable(screen: Screen) -> Response:
    """Let calls of a metric in again: its limits of zero go."""
    screen.actor.require(Permission.PLANS_EDIT)
    plan = plan_in_path(screen, service_in_path(screen))
    metric_id = screen.number("metric_id")
    for limit in limits_of(screen.db, plan.id):
        if limit.metric_id == metric_id and limit.value == 0:
            delete_limit(screen.db, screen.actor, limit.id)
    return _back(screen, "The metric is enabled on this plan.")


def _back(screen: Screen, notice: str) -> Response:
    service_id, plan_id = screen.path_id("service_id"), screen.path_id("plan_id")
    return screen.go(f"/services/{service_id}/plans/{plan_id}", notice)
