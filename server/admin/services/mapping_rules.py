"""Mapping rules of a service: added, changed, moved, deleted."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from server.actions.services.mapping_rules import MAPPING_RULES, move_mapping_rule
from server.actions.services.metrics import list_metrics
from server.admin.context import AdminContext
from server.admin.render import render
from server.admin.services.services import get_in_service, get_service_in_path
from server.domain.permissions import Permission
from server.domain.services.mapping_rules import HTTPMethod, MappingRule
from server.domain.services.services import Service


@dataclass(frozen=True, slots=True)
class EditRulePage:
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
    return [(method.value, method.value) for method in HTTPMethod]


def create(ctx: AdminContext) -> Response:
    """Add a rule at the end."""
    rule = MAPPING_RULES.create(ctx, ctx.sent(MAPPING_RULES), ctx.path_id("service_id"))
    return _back(ctx, rule, "The rule is added.")


def edit(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    service = get_service_in_path(ctx)
    rule = get_in_service(ctx, service, MAPPING_RULES, "rule_id", "mapping rule")
    page = EditRulePage(service, rule, method_choices(), metric_choices(ctx, service))
    return render(ctx, "mapping_rules/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    rule = MAPPING_RULES.update(ctx, ctx.path_id("rule_id"), ctx.sent(MAPPING_RULES))
    return _back(ctx, rule, "The rule is saved.")


def move(ctx: AdminContext) -> Response:
    """Move a rule one place up or down."""
    ctx.actor.require(Permission.SERVICES_EDIT)
    rule = get_in_service(ctx, get_service_in_path(ctx), MAPPING_RULES, "rule_id", "mapping rule")
    move_mapping_rule(ctx, rule.id, ctx.text("direction"))
    return _back(ctx, rule, "The rule is moved.")


def delete(ctx: AdminContext) -> Response:
    rule = MAPPING_RULES.delete(ctx, ctx.path_id("rule_id"))
    return _back(ctx, rule, "The rule is deleted.")


def _back(ctx: AdminContext, rule: MappingRule, done: str) -> Response:
    notice = f"{done} Update & test staging to put it to work."
    return ctx.go(f"/services/{rule.service_id}/integration", notice)
