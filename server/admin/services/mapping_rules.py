"""Mapping rules of a service: added, changed, moved, deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.services.mapping_rules import (
    NewMappingRule,
    create_rule,
    delete_rule,
    list_rules,
    rules_query,
    update_rule,
)
from server.actions.services.metrics import list_metrics
from server.admin.context import AdminContext
from server.admin.render import render
from server.admin.services.services import get_service_in_path
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


def metric_choices(ctx: AdminContext, service: Service) -> list[tuple[str, str]]:
    """Name the metrics and methods of a service, as (id, label)."""
    metrics = list_metrics(ctx.db, service.id)
    return [(str(metric.id), metric.friendly_name) for metric in metrics]


def method_choices() -> list[tuple[str, str]]:
    """Name the HTTP methods of rules."""
    return [(method, method) for method in HTTP_METHODS]


def create(ctx: AdminContext) -> Response:
    """Add a rule at the end."""
    draft = NewMappingRule(
        http_method=ctx.text("http_method"),
        pattern=ctx.text("pattern"),
        metric_id=ctx.number("metric_id"),
        delta=ctx.number("delta"),
        last=ctx.flag("last"),
    )
    rule = create_rule(ctx, ctx.path_id("service_id"), draft)
    return _back(ctx, rule, "The rule is added.")


def edit(ctx: AdminContext) -> Response:
    """Show the form of a rule."""
    ctx.actor.require(Permission.SERVICES_EDIT)
    service = get_service_in_path(ctx)
    rule, choices = _rule(ctx, service), metric_choices(ctx, service)
    page = EditRulePage(service, rule, method_choices(), choices)
    return render(ctx, "mapping_rules/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    """Change a rule."""
    changes = {
        **ctx.texts("http_method", "pattern"),
        "metric_id": ctx.number("metric_id"),
        "delta": ctx.number("delta"),
        "last": ctx.flag("last"),
    }
    rule = update_rule(ctx, ctx.path_id("rule_id"), changes)
    return _back(ctx, rule, "The rule is saved.")


def move(ctx: AdminContext) -> Response:
    """Move a rule one place up or down."""
    ctx.actor.require(Permission.SERVICES_EDIT)
    service = get_service_in_path(ctx)
    rule, step = _rule(ctx, service), STEPS.get(ctx.text("direction"))
    if step is None:
        raise Invalid("must be up or down.", field="direction")
    rules = list_rules(ctx.db, service.id)
    at = rules.index(rule)
    to = min(max(at + step, 0), len(rules) - 1)
    rules[at], rules[to] = rules[to], rules[at]
    for position, each in enumerate(rules, start=1):
        if each.position != position:
            update_rule(ctx, each.id, {"position": position})
    return _back(ctx, rule, "The rule is moved.")


def delete(ctx: AdminContext) -> Response:
    """Take a rule away."""
    rule = delete_rule(ctx, ctx.path_id("rule_id"))
    return _back(ctx, rule, "The rule is deleted.")


def _rule(ctx: AdminContext, service: Service) -> MappingRule:
    query = rules_query(ctx.actor).where(
        MappingRule.id == ctx.path_id("rule_id"), MappingRule.service_id == service.id
    )
    rule = ctx.db.exec(query).first()
    if rule is None:
        raise NotFound("There is no such mapping rule.")
    return rule


def _back(ctx: AdminContext, rule: MappingRule, done: str) -> Response:
    notice = f"{done} Update & test staging to put it to work."
    return ctx.go(f"/services/{rule.service_id}/integration", notice)
