"""Mapping rules of a service: added, changed, moved, deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.services.mapping_rules import (
    NewMappingRule,
    create_rule,
    delete_rule,
    rules_of,
    rules_query,
    update_rule,
)
from server.actions.services.metrics import metrics_of
from server.admin.render import render
from server.admin.screen import Screen
from server.admin.services.services import service_in_path
from server.domain.errors import Invalid, NotFound
from server.domain.permissions import Permission
from server.domain.services.proxies import HTTP_METHODS, MappingRule
from server.domain.services.services import Service

STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class EditRulePage:
    """The form of a mapping rule."""

    service: Service
    rule: MappingRule
    http_methods: Sequence[tuple[str, str]]
    metrics: Sequence[tuple[str, str]]


def metric_choices(screen: Screen, service: Service) -> list[tuple[str, str]]:
    """Name the metrics and methods of a service, as (id, label)."""
    metrics = metrics_of(screen.db, service.id)
    return [(str(metric.id), metric.friendly_name) for metric in metrics]


def method_choices() -> list[tuple[str, str]]:
    """Name the HTTP methods of rules."""
    return [(method, method) for method in HTTP_METHODS]


def create(screen: Screen) -> Response:
    """Add a rule at the end."""
    draft = NewMappingRule(
        http_method=screen.text("http_method"),
        pattern=screen.text("pattern"),
        metric_id=screen.number("metric_id"),
        delta=screen.number("delta"),
        last=screen.flag("last"),
    )
    rule = create_rule(screen.db, screen.actor, screen.path_id("service_id"), draft)
    return _back(screen, rule, "The rule is added.")


def edit(screen: Screen) -> Response:
    """Show the form of a rule."""
    screen.actor.require(Permission.SERVICES_EDIT)
    service = service_in_path(screen)
    rule, choices = _rule(screen, service), metric_choices(screen, service)
    page = EditRulePage(service, rule, method_choices(), choices)
    return render(screen, "mapping_rules/edit.html.j2", page)


def update(screen: Screen) -> Response:
    """Change a rule."""
    changes = {
        **screen.texts("http_method", "pattern"),
        "metric_id": screen.number("metric_id"),
        "delta": screen.number("delta"),
        "last": screen.flag("last"),
    }
    rule = update_rule(screen.db, screen.actor, screen.path_id("rule_id"), changes)
    return _back(screen, rule, "The rule is saved.")


def move(screen: Screen) -> Response:
    """Move a rule one place up or down."""
    screen.actor.require(Permission.SERVICES_EDIT)
    service = service_in_path(screen)
    rule, step = _rule(screen, service), STEPS.get(screen.text("direction"))
    if step is None:
        raise Invalid("must be up or down.", field="direction")
    rules = rules_of(screen.db, service.id)
    at = rules.index(rule)
    to = min(max(at + step, 0), len(rules) - 1)
    rules[at], rules[to] = rules[to], rules[at]
    for position, each in enumerate(rules, start=1):
        if each.position != position:
            update_rule(screen.db, screen.actor, each.id, {"position": position})
    return _back(screen, rule, "The rule is moved.")


def delete(screen: Screen) -> Response:
    """Take a rule away."""
    rule = delete_rule(screen.db, screen.actor, screen.path_id("rule_id"))
    return _back(screen, rule, "The rule is deleted.")


def _rule(screen: Screen, service: Service) -> MappingRule:
    query = rules_query(screen.actor).where(
        MappingRule.id == screen.path_id("rule_id"), MappingRule.service_id == service.id
    )
    rule = screen.db.exec(query).first()
    if rule is None:
        raise NotFound("There is no such mapping rule.")
    return rule


def _back(screen: Screen, rule: MappingRule, done: str) -> Response:
    notice = f"{done} Update & test staging to put it to work."
    return screen.go(f"/services/{rule.service_id}/integration", notice)
