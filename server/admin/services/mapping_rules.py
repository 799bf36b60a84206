"""Mapping rules of a service: added, changed, moved, deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from starlette.responses import Response

from server.actions.services.mapping_rules import MAPPING_RULES, move_mapping_rule
from server.actions.services.metrics import list_metrics
from server.admin.context import AdminContext
from server.admin.render import render
from server.admin.services.services import get_in_service, get_service_in_path
from server.domain.permissions import Permission
from server.domain.services.mapping_rules import HTTPMethod, MappingRule
from server.domain.services.metrics import Metric
from server.domain.services.services import Service

EVERY = ""  # the rules of all methods together


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
    words = {HTTPMethod.ANY: "any method"}
    return [(method.value, words.get(method, method.value)) for method in HTTPMethod]


def counts_twice(rules: Sequence[MappingRule], metrics: Mapping[int, Metric]) -> bool:
    """Return whether a call may count twice for a metric: by its rule, and by a method's rule.

    `rules` are in their order: one that stops keeps those behind it from counting. Two may fit the
    same call where one's path begins as the other's, up to a variable.
    Cost: grows with the length of the patterns, not with pairs of rules.
    """
    seen: dict[tuple[str, str, str, int | None], _Places] = {}
    in_order = sorted(enumerate(rules), key=lambda pair: len(_start_of(pair[1])))
    for at, rule in in_order:
        method, start, metric = rule.http_method, _start_of(rule), metrics[rule.metric_id]
        kin = (("metric", metric.parent_id), ("methods", metric.id))
        met = (EVERY,) if method == HTTPMethod.ANY else (method, HTTPMethod.ANY)
        for end, (kind, metric_id), other in product(range(1, len(start) + 1), kin, met):
            places = seen.get((other, start[:end], kind, metric_id))
            if places is not None and places.count_with(at, rule):
                return True
        own = (("metric", metric.id), ("methods", metric.parent_id))
        for (kind, metric_id), of in product(own, (method, EVERY)):
            seen.setdefault((of, start, kind, metric_id), _Places()).add(at, rule)
    return False


class _Places:
    """Where rules that begin alike stand in the order."""

    def __init__(self) -> None:
        self._first_that_goes_on: int | None = None
        self._last = -1

    def add(self, at: int, rule: MappingRule) -> None:
        self._last = max(self._last, at)
        if not rule.last and (self._first_that_goes_on is None or at < self._first_that_goes_on):
            self._first_that_goes_on = at

    def count_with(self, at: int, rule: MappingRule) -> bool:
        """Return whether a call may go on from one of them to a rule, or from it to one of them."""
        first = self._first_that_goes_on
        return (first is not None and first < at) or (not rule.last and self._last > at)


def _start_of(rule: MappingRule) -> str:
    return rule.pattern.partition("{")[0].partition("?")[0].rstrip("$")


def create(ctx: AdminContext) -> Response:
    """Add a rule at the end."""
    rule = MAPPING_RULES.create(ctx, ctx.sent(MAPPING_RULES), ctx.path_id("service_id"))
    return _back(ctx, rule, "The rule is added.")


def edit(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.SERVICES_EDIT)
    service = get_service_in_path(ctx)
    page = EditRulePage(service, _rule(ctx), method_choices(), metric_choices(ctx, service))
    return render(ctx, "mapping_rules/edit.html.j2", page)


def update(ctx: AdminContext) -> Response:
    rule = MAPPING_RULES.update(ctx, _rule(ctx).id, ctx.sent(MAPPING_RULES))
    return _back(ctx, rule, "The rule is saved.")


def move(ctx: AdminContext) -> Response:
    """Move a rule one place up or down."""
    rule = move_mapping_rule(ctx, _rule(ctx).id, ctx.text("direction"))
    return _back(ctx, rule, "The rule is moved.")


def delete(ctx: AdminContext) -> Response:
    rule = MAPPING_RULES.delete(ctx, _rule(ctx).id)
    return _back(ctx, rule, "The rule is deleted.")


def _rule(ctx: AdminContext) -> MappingRule:
    return get_in_service(ctx, get_service_in_path(ctx), MAPPING_RULES, "rule_id", "mapping rule")


def _back(ctx: AdminContext, rule: MappingRule, done: str) -> Response:
    notice = f"{done} Update & test staging to put it to work."
    return ctx.go(f"/services/{rule.service_id}/integration", notice)
