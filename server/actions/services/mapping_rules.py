"""Mapping rules of a service's proxy: which calls count for what."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from server.actions.resources import Lifecycle, Parent, Resource
from server.actions.rows import hold
from server.actions.services.lookup import get_service, hold_service
from server.actions.work import Work
from server.domain.errors import Invalid
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.services.mapping_rules import Direction, MappingRule, MappingRuleDraft
from server.kit.paging import Listing


def _put_at_end(work: Work, rule: MappingRule) -> None:
    """Give a rule without a position the one after all others."""
    if not rule.position:
        query = select(func.max(MappingRule.position)).where(
            MappingRule.service_id == rule.service_id, MappingRule.id != rule.id
        )
        rule.position = (work.db.exec(query).one() or 0) + 1


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
    prepare=_put_at_end,
)


def list_rules(db: Session, service_id: int) -> list[MappingRule]:
    """Read a service's rules in evaluation order."""
    query = select(MappingRule).where(MappingRule.service_id == service_id)
    return list(db.exec(query.order_by(col(MappingRule.position), col(MappingRule.id))))


def move_mapping_rule(work: Work, rule_id: int, direction: str) -> MappingRule:
    """Move a rule one place up or down; the first can't go up, the last not down.

    Raises: NotFound, Invalid.
    """
    work.actor.require(MAPPING_RULES.edit)
    step = _step_of(direction)
    rule = MAPPING_RULES.find(work, MappingRule, rule_id)
    hold_service(work, rule.service_id)
    hold(work.db, rule)
    rules = list_rules(work.db, rule.service_id)
    at = rules.index(rule)
    to = min(max(at + step, 0), len(rules) - 1)
    rules[at], rules[to] = rules[to], rules[at]
    for position, each in enumerate(rules, start=1):
        MAPPING_RULES.update(work, each.id, {"position": position})
    return rule


def _step_of(direction: str) -> int:
    steps = {Direction.UP: -1, Direction.DOWN: 1}
    if direction not in steps:
        raise Invalid("must be up or down.", field="direction")
    return steps[Direction(direction)]
