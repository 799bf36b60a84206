"""Metrics and methods of a service."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import Rules, change, get_owned, save
from server.actions.services.services import get_service
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Conflict, InUse, Invalid
from server.domain.events import Event, EventKind
from server.domain.fields import MOST_DESCRIPTION, clean_optional_text, clean_text
from server.domain.permissions import Permission
from server.domain.plans.limits import UsageLimit
from server.domain.services.mapping_rules import MappingRule
from server.domain.services.metrics import HITS, Metric, clean_metric_name
from server.kit.paging import Listing

LISTING = Listing("metrics", Metric)
RULES: Rules = {
    "friendly_name": lambda v: clean_text(v, "friendly_name"),
    "unit": lambda v: clean_text(v, "unit"),
    "description": lambda v: clean_optional_text(v, "description", most=MOST_DESCRIPTION),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMetric:
    """What a new metric or method needs."""

    friendly_name: str
    system_name: str | None = None
    unit: str = "hit"
    description: str = ""


def metrics_query(actor: Actor) -> SelectOfScalar[Metric]:
    """Select the metrics and methods of all the provider's services."""
    actor.require(Permission.SERVICES_READ)
    return select(Metric).where(Metric.provider_id == actor.provider_id)


def list_metrics(db: Session, service_id: int) -> list[Metric]:
    """Read a service's metrics, each before its methods."""
    query = select(Metric).where(Metric.service_id == service_id).order_by(col(Metric.id))
    return list(db.exec(query))


def create_metric(work: Work, service_id: int, draft: NewMetric) -> Metric:
    """Add a top-level metric. Raises: NotFound, Invalid, Taken."""
    return _create(work, service_id, draft, parent=None)


def create_method(work: Work, metric_id: int, draft: NewMetric) -> Metric:
    """Add a method under `hits`. Raises: NotFound, Invalid, Taken."""
    parent = get_owned(work, Metric, metric_id)
    if parent.system_name != HITS or parent.parent_id is not None:
        raise Invalid("must be the metric 'hits': only it has methods.", field="metric_id")
    return _create(work, parent.service_id, draft, parent=parent)


def _create(work: Work, service_id: int, draft: NewMetric, *, parent: Metric | None) -> Metric:
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    friendly_name = clean_text(draft.friendly_name, "friendly_name")
    metric = Metric(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        parent_id=parent.id if parent else None,
        system_name=clean_metric_name(draft.system_name, friendly_name),
        friendly_name=friendly_name,
        unit=parent.unit if parent else clean_text(draft.unit, "unit"),
        description=clean_optional_text(draft.description, "description", most=MOST_DESCRIPTION),
    )
    save(work.db, metric)
    work.record(Event(EventKind.METRIC_CREATED, metric.id, service_id=service.id))
    return metric


def update_metric(work: Work, metric_id: int, changes: Mapping[str, Any]) -> Metric:
    """Change a metric's names. Raises: NotFound, Invalid."""
    work.actor.require(Permission.SERVICES_EDIT)
    metric = get_owned(work, Metric, metric_id)
    changed = change(metric, changes, RULES)
    if changed:
        work.record(
            Event(
                EventKind.METRIC_UPDATED,
                metric.id,
                service_id=metric.service_id,
                changes=changed,
            ),
        )
    return metric


def delete_metric(work: Work, metric_id: int) -> Metric:
    """Take a metric away with its limits. Raises: InUse while a rule or method needs it."""
    work.actor.require(Permission.SERVICES_EDIT)
    metric = get_owned(work, Metric, metric_id)
    if metric.system_name == HITS and metric.parent_id is None:
        raise Conflict("The metric 'hits' can't be deleted.")
    if work.db.exec(select(MappingRule).where(MappingRule.metric_id == metric.id)).first():
        raise InUse("A mapping rule counts for this metric. Delete the rule first.")
    if work.db.exec(select(Metric).where(Metric.parent_id == metric.id)).first():
        raise InUse("This metric has methods. Delete them first.")
    work.db.execute(delete(UsageLimit).where(col(UsageLimit.metric_id) == metric.id))
    work.db.delete(metric)
    work.record(Event(EventKind.METRIC_DELETED, metric.id, service_id=metric.service_id))
    return metric
