"""Usage limits of application plans; they hold from the next call on."""

from dataclasses import dataclass

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import get_owned, save
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Invalid
from server.domain.events import Event, EventKind
from server.domain.fields import clean_whole_number
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan, UsageLimit, parse_period
from server.domain.services.metrics import Metric
from server.kit.paging import Listing

LISTING = Listing("usage_limits", UsageLimit)


def limits_query(actor: Actor) -> SelectOfScalar[UsageLimit]:
    """Select the limits of all the provider's plans."""
    actor.require(Permission.PLANS_READ)
    return select(UsageLimit).where(UsageLimit.provider_id == actor.provider_id)


def list_limits(db: Session, plan_id: int) -> list[UsageLimit]:
    """Read a plan's limits, in the order they were made."""
    query = select(UsageLimit).where(UsageLimit.plan_id == plan_id)
    return list(db.exec(query.order_by(col(UsageLimit.id))))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLimit:
    """A limit as it shall be."""

    plan_id: int
    metric_id: int
    period: str
    value: int


def set_limit(work: Work, wanted: NewLimit) -> UsageLimit:
    """Set the limit of a metric for a period, new or not; 0 disables the metric.

    Raises: NotFound, Invalid.
    """
    work.actor.require(Permission.PLANS_EDIT)
    plan = get_owned(work, ApplicationPlan, wanted.plan_id)
    if get_owned(work, Metric, wanted.metric_id).service_id != plan.service_id:
        raise Invalid("must be a metric of the plan's service.", field="metric_id")
    period = parse_period(wanted.period).value
    value = clean_whole_number(wanted.value, "value", least=0)
    query = select(UsageLimit).where(
        UsageLimit.plan_id == plan.id,
        UsageLimit.metric_id == wanted.metric_id,
        UsageLimit.period == period,
    )
    limit = work.db.exec(query).first()
    before = limit.value if limit else None
    if limit is None:
        limit = UsageLimit(
            provider_id=work.actor.provider_id,
            plan_id=plan.id,
            metric_id=wanted.metric_id,
            period=period,
            value=value,
        )
    limit.value = value
    save(work.db, limit, unique="period")
    if before != value:
        event = Event(
            EventKind.LIMIT_SET,
            limit.id,
            service_id=plan.service_id,
            changes={"value": [before, value]},
            facts={"plan_id": plan.id, "period": period},
        )
        work.record(event)
    return limit


def delete_limit(work: Work, limit_id: int) -> UsageLimit:
    """Take a limit away. Raises: NotFound."""
    work.actor.require(Permission.PLANS_EDIT)
    limit = get_owned(work, UsageLimit, limit_id)
    plan = work.db.get_one(ApplicationPlan, limit.plan_id)
    work.db.delete(limit)
    event = Event(
        EventKind.LIMIT_DELETED,
        limit.id,
        service_id=plan.service_id,
        changes={"value": [limit.value, None]},
        facts={"plan_id": plan.id, "period": limit.period},
    )
    work.record(event)
    return limit
