"""Metrics and methods of a service."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.rows import get_owned
from server.actions.services.lookup import get_service
from server.actions.work import Work
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, InUse, Invalid, counted
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.plans.pricing_rules import PricingRule
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import HITS, Metric, MetricDraft
from server.kit.paging import Listing


def _refuse_what_counts(work: Work, metric: Metric) -> None:
    """Refuse to delete what every service has, or what a rule, a method or a customer needs."""
    if metric.system_name == HITS and metric.parent_id is None:
        raise Conflict("The metric 'hits' can't be deleted.")
    if work.db.exec(select(MappingRule).where(MappingRule.metric_id == metric.id)).first():
        raise InUse("A mapping rule counts for this metric. Delete the rule first.")
    if work.db.exec(select(Metric).where(Metric.parent_id == metric.id)).first():
        raise InUse("This metric has methods. Delete them first.")
    limited = select(UsageLimit.plan_id).where(UsageLimit.metric_id == metric.id)
    customers = select(func.count()).where(col(Application.plan_id).in_(limited))
    if number := work.db.exec(customers).one():
        who = counted(number, "application", "is")
        raise InUse(f"{who} on plans that limit it. Delete those limits first.")


METRICS = Resource(
    name="metric",
    model=Metric,
    draft=MetricDraft,
    read=Permission.SERVICES_READ,
    edit=Permission.SERVICES_EDIT,
    events=Lifecycle(
        created=EventKind.METRIC_CREATED,
        updated=EventKind.METRIC_UPDATED,
        deleted=EventKind.METRIC_DELETED,
    ),
    listing=Listing("metrics", Metric),
    parent=Parent(column="service_id", get=get_service),
    goes_with=(col(UsageLimit.metric_id), col(PricingRule.metric_id)),
    refuse_delete=_refuse_what_counts,
)


def list_metrics(db: Session, service_id: int) -> list[Metric]:
    """Read a service's metrics, each before its methods."""
    query = select(Metric).where(Metric.service_id == service_id).order_by(col(Metric.id))
    return list(db.exec(query))


def create_method(work: Work, values: Mapping[str, Any], metric_id: int) -> Metric:
    """Add a method under `hits`, with its unit. Raises: NotFound, Invalid, Taken."""
    work.actor.require(METRICS.edit)
    parent = get_owned(work, Metric, metric_id)
    if parent.system_name != HITS or parent.parent_id is not None:
        raise Invalid("must be the metric 'hits': only it has methods.", field="metric_id")
    values = {**values, "unit": parent.unit}
    return METRICS.create(work, values, parent.service_id, parent_id=parent.id)
