"""Usage limits of application plans; they hold from the next call on."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from server.actions.plans.parts import OF_PLAN, get_application_plan, service_of, within_plans
from server.actions.resources import Lifecycle, Resource
from server.actions.rows import get_owned, hold
from server.actions.services.backend_usages import get_counted_metric
from server.actions.work import Work
from server.domain.drafts import parse
from server.domain.errors import Conflict, Taken
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.limits import LimitDraft, LimitPeriod, UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.metrics import Metric
from server.kit.paging import Listing


def _refuse_second(work: Work, limit: UsageLimit) -> None:
    """Refuse a limit beside the one that stands, and of what counts elsewhere. Raises: Taken."""
    get_counted_metric(work, limit.metric_id, service_of(work, limit), "metric_id")
    query = select(UsageLimit).where(
        UsageLimit.plan_id == limit.plan_id,
        UsageLimit.metric_id == limit.metric_id,
        UsageLimit.period == limit.period,
    )
    with work.db.no_autoflush:
        standing = work.db.exec(query).first()
    if standing is not None and standing.id != limit.id:
        raise Taken(
            "period",
            f"is taken: at most {standing.value} per {standing.period} stands here. Change that.",
        )


LIMITS = Resource(
    name="limit",
    model=UsageLimit,
    draft=LimitDraft,
    read=Permission.PLANS_READ,
    edit=Permission.PLANS_EDIT,
    events=Lifecycle(
        created=EventKind.LIMIT_SET,
        updated=EventKind.LIMIT_SET,
        deleted=EventKind.LIMIT_DELETED,
    ),
    listing=Listing("usage_limits", UsageLimit),
    parent=OF_PLAN,
    unique="period",
    facts=("plan_id", "metric_id", "period", "value"),
    reach=within_plans(UsageLimit),
    home=service_of,
    prepare=_refuse_second,
)


def list_limits(db: Session, plan_id: int) -> list[UsageLimit]:
    """Read a plan's limits, in the order they were made."""
    query = select(UsageLimit).where(UsageLimit.plan_id == plan_id)
    return list(db.exec(query.order_by(col(UsageLimit.id))))


def set_limit(work: Work, values: Mapping[str, Any], plan_id: int) -> UsageLimit:
    """Set the limit of a metric for a period, in place of the one that stands, if one does.

    Whoever means to add one calls `LIMITS.create`, which replaces none. Raises: NotFound, Invalid.
    """
    work.actor.require(LIMITS.edit)
    draft = parse(LimitDraft, values)
    plan = hold(work.db, get_application_plan(work, plan_id))
    query = select(UsageLimit).where(
        UsageLimit.plan_id == plan.id,
        UsageLimit.metric_id == draft.metric_id,
        UsageLimit.period == draft.period,
    )
    limit = work.db.exec(query).first()
    if limit is None:
        return LIMITS.create(work, values, plan_id)
    return LIMITS.update(work, limit.id, {"value": draft.value})


def disable_metric(work: Work, plan_id: int, metric_id: int) -> UsageLimit:
    """Refuse all calls of a metric on a plan: with a limit of zero, beside those that stand.

    Raises: NotFound, Invalid; Conflict when there is a limit for each period.
    """
    work.actor.require(LIMITS.edit)
    plan = hold(work.db, get_application_plan(work, plan_id))
    standing = {
        limit.period: limit
        for limit in list_limits(work.db, plan.id)
        if limit.metric_id == metric_id
    }
    for limit in standing.values():
        if limit.value == 0:
            return limit
    free = next((period for period in LimitPeriod if period not in standing), None)
    if free is None:
        raise Conflict("It has a limit for each period. Delete one of them first.")
    return LIMITS.create(work, {"metric_id": metric_id, "period": free, "value": 0}, plan.id)


def enable_metric(work: Work, plan_id: int, metric_id: int) -> ApplicationPlan:
    """Let calls of a metric in again: its limits of zero go. Raises: NotFound, Invalid."""
    work.actor.require(LIMITS.edit)
    plan = hold(work.db, get_application_plan(work, plan_id))
    metric = get_owned(work, Metric, metric_id)
    get_counted_metric(work, metric.id, plan.service_id, "metric_id")
    for limit in list_limits(work.db, plan.id):
        if limit.metric_id == metric_id and limit.value == 0:
            LIMITS.delete(work, limit.id)
    return plan
