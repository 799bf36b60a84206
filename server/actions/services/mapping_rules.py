"""Mapping rules of services and of backend APIs: which calls count for what."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, inspect, update
from sqlmodel import Session, col, select

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.rows import hold
from server.actions.services.backend_apis import get_backend_api
from server.actions.services.lookup import get_service, hold_service
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.services.mapping_rules import Direction, MappingRule, MappingRuleDraft
from server.domain.services.metrics import Metric
from server.kit.paging import Listing


def _beside(rule: MappingRule) -> Any:
    """Tell the rules of the same owner."""
    if rule.backend_api_id is not None:
        return col(MappingRule.backend_api_id) == rule.backend_api_id
    return col(MappingRule.service_id) == rule.service_id


def _check_metric(work: Work, rule: MappingRule) -> None:
    """Let a rule count only for what its owner has. Raises: Invalid."""
    metric = work.db.get_one(Metric, rule.metric_id)
    if (metric.service_id, metric.backend_api_id) != (rule.service_id, rule.backend_api_id):
        owner = "API" if rule.backend_api_id is None else "backend API"
        raise Invalid(f"must belong to the same {owner}.", field="metric_id")


def _prepare(work: Work, rule: MappingRule) -> None:
    _check_metric(work, rule)
    _take_place(work, rule)


def _take_place(work: Work, rule: MappingRule) -> None:
    """Put a rule where it is said to stand, and shift the others; without a place, to the end.

    Whoever owns the rules is held. Cost: one statement. Source: reference-portal 9.2.
    """
    state: Any = inspect(rule)
    if not rule.position:
        last = work.db.exec(select(func.max(MappingRule.position)).where(_beside(rule))).one() or 0
        rule.position = last + 1 if state.transient else last
    to, place = rule.position, col(MappingRule.position)
    if state.transient:
        _shift(work, rule, place >= to, 1)
    elif before := state.attrs.position.history.deleted:
        at = before[0]
        between = (place >= to) & (place < at) if to < at else (place > at) & (place <= to)
        _shift(work, rule, between, 1 if to < at else -1)


def _shift(work: Work, rule: MappingRule, where: Any, by: int) -> None:
    others = update(MappingRule).where(_beside(rule), where)
    if rule.id is not None:
        others = others.where(col(MappingRule.id) != rule.id)
    work.db.execute(others.values(position=MappingRule.position + by))


def _close_gap(work: Work, rule: MappingRule) -> None:
    _shift(work, rule, col(MappingRule.position) > rule.position, -1)


def _hold_owner(work: Work, rule: MappingRule) -> None:
    """Hold what the order of the rules belongs to, before any of them."""
    if rule.service_id is None:
        hold(work.db, get_backend_api(work, rule.backend_api_id))
    else:
        hold_service(work, rule.service_id)


MAPPING_RULES = Resource(
    name="mapping_rule",
    model=MappingRule,
    draft=MappingRuleDraft,
    read=Permission.SERVICES_READ,
    edit=Permission.SERVICES_EDIT,
    events=Lifecycle(
        created=EventKind.RULE_CREATED,
        updated=EventKind.RULE_UPDATED,
        deleted=EventKind.RULE_DELETED,
    ),
    listing=Listing("mapping_rules", MappingRule),
    parent=Parent(column="service_id", get=get_service),
    prepare=_prepare,
    ended=_close_gap,
    within=_hold_owner,
)
# The same, made below a backend API; all else of them is done as of any rule.
BACKEND_RULES = replace(
    MAPPING_RULES,
    parent=Parent(column="backend_api_id", get=get_backend_api),
    facts=("backend_api_id",),
)


def placed_elsewhere(rules: Resource[MappingRule]) -> Resource[MappingRule]:
    """Make the same of rules whose places a caller sees to, all at once: none shifts another."""
    return replace(rules, prepare=_check_metric, ended=lambda _work, _rule: None)


def list_rules(db: Session, service_id: int) -> list[MappingRule]:
    """Read a service's own rules in evaluation order."""
    query = select(MappingRule).where(MappingRule.service_id == service_id)
    return list(db.exec(query.order_by(col(MappingRule.position), col(MappingRule.id))))


def list_backend_rules(db: Session, backend_api_ids: Sequence[int]) -> list[MappingRule]:
    """Read the rules of backend APIs, each one's in evaluation order."""
    if not backend_api_ids:
        return []
    query = select(MappingRule).where(col(MappingRule.backend_api_id).in_(backend_api_ids))
    return list(db.exec(query.order_by(col(MappingRule.position), col(MappingRule.id))))


def move_mapping_rule(work: Work, rule_id: int, direction: str) -> MappingRule:
    """Move a rule one place up or down; the first can't go up, the last not down.

    Raises: NotFound, Invalid.
    """
    work.actor.require(MAPPING_RULES.edit)
    step = _step_of(direction)
    rule = MAPPING_RULES.find(work, MappingRule, rule_id)
    _hold_owner(work, rule)
    hold(work.db, rule)
    rules = (
        list_backend_rules(work.db, [rule.backend_api_id or 0])
        if rule.service_id is None
        else list_rules(work.db, rule.service_id)
    )
    to = min(max(rules.index(rule) + step, 0), len(rules) - 1)
    return MAPPING_RULES.update(work, rule.id, {"position": rules[to].position})


def _step_of(direction: str) -> int:
    steps = {Direction.UP: -1, Direction.DOWN: 1}
    if direction not in steps:
        raise Invalid("must be up or down.", field="direction")
    return steps[Direction(direction)]
