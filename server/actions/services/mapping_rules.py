"""Mapping rules of a service's proxy: which calls count for what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.rows import Rules, change, clean_bool, get_owned, save
from server.actions.services.services import get_service
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.errors import Invalid
from server.domain.events import Event, EventKind
from server.domain.fields import clean_whole_number
from server.domain.permissions import Permission
from server.domain.services.metrics import Metric
from server.domain.services.proxies import MappingRule, clean_http_method, clean_pattern
from server.kit.paging import Listing

LISTING = Listing("mapping_rules", MappingRule)
MOST_DELTA = 2**31 - 1
MOST_POSITION = 100_000
RULES: Rules = {
    "http_method": clean_http_method,
    "pattern": clean_pattern,
    "delta": lambda v: clean_whole_number(v, "delta", least=1, most=MOST_DELTA),
    "position": lambda v: clean_whole_number(v, "position", least=1, most=MOST_POSITION),
    "last": clean_bool,
    "metric_id": int,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMappingRule:
    """What a new rule needs; without `position` it goes to the end."""

    http_method: str
    pattern: str
    metric_id: int
    delta: int = 1
    position: int | None = None
    last: bool = False


def rules_query(actor: Actor) -> SelectOfScalar[MappingRule]:
    """Select the mapping rules of all the provider's services."""
    actor.require(Permission.SERVICES_READ)
    return select(MappingRule).where(MappingRule.provider_id == actor.provider_id)


def list_rules(db: Session, service_id: int) -> list[MappingRule]:
    """Read a service's rules in evaluation order."""
    query = select(MappingRule).where(MappingRule.service_id == service_id)
    return list(db.exec(query.order_by(col(MappingRule.position), col(MappingRule.id))))


def create_rule(work: Work, service_id: int, draft: NewMappingRule) -> MappingRule:
    """Add a rule. Raises: NotFound, Invalid."""
    work.actor.require(Permission.SERVICES_EDIT)
    service = get_service(work, service_id)
    _refuse_foreign_metric(work, service.id, draft.metric_id)
    rule = MappingRule(
        provider_id=work.actor.provider_id,
        service_id=service.id,
        metric_id=draft.metric_id,
        http_method=clean_http_method(draft.http_method),
        pattern=clean_pattern(draft.pattern),
        delta=clean_whole_number(draft.delta, "delta", least=1, most=MOST_DELTA),
        position=RULES["position"](draft.position or _next_position(work.db, service.id)),
        last=draft.last,
    )
    save(work.db, rule)
    work.record(Event(EventKind.RULE_CREATED, rule.id, service_id=service.id))
    return rule


def update_rule(work: Work, rule_id: int, changes: Mapping[str, Any]) -> MappingRule:
    """Change a rule. Raises: NotFound, Invalid."""
    work.actor.require(Permission.SERVICES_EDIT)
    rule = get_owned(work, MappingRule, rule_id)
    if "metric_id" in changes:
        _refuse_foreign_metric(work, rule.service_id, changes["metric_id"])
    changed = change(rule, changes, RULES)
    if changed:
        work.record(
            Event(EventKind.RULE_UPDATED, rule.id, service_id=rule.service_id, changes=changed),
        )
    return rule


def delete_rule(work: Work, rule_id: int) -> MappingRule:
    """Take a rule away."""
    work.actor.require(Permission.SERVICES_EDIT)
    rule = get_owned(work, MappingRule, rule_id)
    work.db.delete(rule)
    work.record(Event(EventKind.RULE_DELETED, rule.id, service_id=rule.service_id))
    return rule


def _refuse_foreign_metric(work: Work, service_id: int, metric_id: int) -> None:
    if get_owned(work, Metric, metric_id).service_id != service_id:
        raise Invalid("must be a metric of the same service.", field="metric_id")


def _next_position(db: Session, service_id: int) -> int:
    query = select(func.max(MappingRule.position)).where(MappingRule.service_id == service_id)
    return (db.exec(query).one() or 0) + 1
