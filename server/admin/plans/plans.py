"""Application plans of a service: list, create, change, publish, copy, delete."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col
from starlette.responses import Response

from server.actions.applications.applications import applications_query
from server.actions.plans.features import FEATURES, list_features
from server.actions.plans.limits import list_limits
from server.actions.plans.lists import PlanFilter, narrowed_plans
from server.actions.plans.plans import (
    APPLICATION_PLANS,
    copy_application_plan,
    create_plan,
    hide_plan,
    make_default_plan,
    publish_plan,
)
from server.actions.plans.pricing_rules import rules_by_plan
from server.actions.services.metrics import list_counted_metrics
from server.admin.context import AdminContext
from server.admin.lists import Filter, is_narrowed
from server.admin.render import render
from server.admin.services.services import get_in_service, get_service_in_path
from server.domain.applications.applications import Application
from server.domain.permissions import Permission
from server.domain.plans.features import Feature, FeatureScope
from server.domain.plans.limits import LimitPeriod, UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.plans.pricing_rules import PricingRule
from server.domain.services.metrics import Metric
from server.domain.services.services import Service

MOVES: Mapping[str, tuple[Callable[..., Any], str]] = {
    "publish": (publish_plan, "is published: developers can see and choose it."),
    "hide": (hide_plan, "is hidden; who is on it stays."),
    "default": (make_default_plan, "is the default for signups now."),
}


@dataclass(frozen=True, slots=True)
class PlansPage:
    """A service's plans and features."""

    service: Service
    plans: Sequence[ApplicationPlan]
    application_counts: Mapping[int, int]
    features: Sequence[Feature]
    search: str
    filters: Sequence[Filter]
    is_filtered: bool


@dataclass(frozen=True, slots=True)
class NewPlanPage:
    service: Service


@dataclass(frozen=True, slots=True)
class MetricTerms:
    """What a plan allows of one metric, and what it costs there."""

    metric: Metric
    limits: Sequence[UsageLimit]
    prices: Sequence[PricingRule]

    @property
    def is_enabled(self) -> bool:
        """Return whether the plan lets calls of this metric in at all."""
        return all(limit.value for limit in self.limits)

    @property
    def next_unit(self) -> int | None:
        """Tell the first unit behind all that are priced; None when no range is left there."""
        ends = [rule.max for rule in self.prices]
        return None if None in ends else max((end or 0 for end in ends), default=0) + 1


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan with its limits, prices and features."""

    service: Service
    plan: ApplicationPlan
    original: ApplicationPlan | None  # of a plan that is made for one application
    application: Application | None  # the one that it is made for
    rows: Sequence[MetricTerms]
    periods: Sequence[tuple[str, str]]
    features: Sequence[Feature]
    included: frozenset[int]
    application_count: int


def index(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    search, state = ctx.query("search"), state_filter(ctx)
    wanted = PlanFilter(state=state.value, search=search, service_id=service.id)
    plans = narrowed_plans(ctx.actor, ApplicationPlan, wanted)
    order = (col(ApplicationPlan.position), col(ApplicationPlan.id))
    page = PlansPage(
        service,
        ctx.db.exec(plans.order_by(*order)).all(),
        _application_counts(ctx, service.id),
        _features(ctx, service),
        search,
        [state],
        is_narrowed(search, [state]),
    )
    return render(ctx, "plans/index.html.j2", page)


def state_filter(ctx: AdminContext) -> Filter:
    """Read which state the plans of a list are in."""
    return Filter.read(ctx, "state", "State", [("published", "published"), ("hidden", "hidden")])


def _application_counts(ctx: AdminContext, service_id: int) -> dict[int, int]:
    if not ctx.actor.may(Permission.APPLICATIONS_READ):
        return {}
    key = col(Application.plan_id)
    query = applications_query(ctx.actor).where(Application.service_id == service_id)
    rows = ctx.db.execute(query.group_by(key).with_only_columns(key, func.count()))
    return {int(plan_id): int(count) for plan_id, count in rows}


def _features(ctx: AdminContext, service: Service) -> Sequence[Feature]:
    query = FEATURES.query(ctx.actor).where(
        Feature.service_id == service.id, Feature.scope == FeatureScope.APPLICATION_PLAN
    )
    return ctx.db.exec(query.order_by(col(Feature.id))).all()


def new(ctx: AdminContext) -> Response:
    ctx.actor.require(Permission.PLANS_EDIT)
    return render(ctx, "plans/new.html.j2", NewPlanPage(get_service_in_path(ctx)))


def create(ctx: AdminContext) -> Response:
    values, service_id = ctx.sent(APPLICATION_PLANS), ctx.path_id("service_id")
    plan = create_plan(ctx, APPLICATION_PLANS, values, service_id)
    return ctx.go(_path(plan), f"{plan.name} is created, hidden. Set its limits, then publish.")


def show(ctx: AdminContext) -> Response:
    service = get_service_in_path(ctx)
    plan = get_plan_in_path(ctx, service)
    limits = list_limits(ctx.db, plan.id)
    prices = rules_by_plan(ctx.db, [plan.id]).get(plan.id, [])
    rows = [
        MetricTerms(
            metric,
            [limit for limit in limits if limit.metric_id == metric.id],
            [rule for rule in prices if rule.metric_id == metric.id],
        )
        for metric in list_counted_metrics(ctx.db, service.id)
    ]
    page = PlanPage(
        service,
        plan,
        ctx.db.get(ApplicationPlan, plan.original_id) if plan.is_custom else None,
        _made_for(ctx, plan),
        rows,
        [(period.value, period.value) for period in LimitPeriod],
        _features(ctx, service),
        frozenset(feature.id for feature in list_features(ctx.db, plan.id)),
        _application_counts(ctx, service.id).get(plan.id, 0),
    )
    return render(ctx, "plans/show.html.j2", page)


def _made_for(ctx: AdminContext, plan: ApplicationPlan) -> Application | None:
    """Find the application that a custom plan is made for."""
    if not plan.is_custom:
        return None
    return ctx.db.exec(applications_query(ctx.actor).where(Application.plan_id == plan.id)).first()


def get_plan_in_path(ctx: AdminContext, service: Service) -> ApplicationPlan:
    """Find the plan that the address names, within the service. Raises: NotFound."""
    return get_in_service(ctx, service, APPLICATION_PLANS, "plan_id", "plan")


def update(ctx: AdminContext) -> Response:
    """Change a plan's texts and prices."""
    plan_id = get_plan_in_path(ctx, get_service_in_path(ctx)).id
    plan = APPLICATION_PLANS.update(ctx, plan_id, ctx.sent(APPLICATION_PLANS))
    return ctx.go(_path(plan), "The plan is saved.")


def move(ctx: AdminContext) -> Response:
    """Publish or hide a plan, or make it the default."""
    act, done = ctx.verb(MOVES)
    plan_id = get_plan_in_path(ctx, get_service_in_path(ctx)).id
    plan = act(ctx, ApplicationPlan, plan_id)
    return ctx.go(_path(plan), f"{plan.name} {done}")


def copy(ctx: AdminContext) -> Response:
    plan_id = get_plan_in_path(ctx, get_service_in_path(ctx)).id
    plan = copy_application_plan(ctx, plan_id)
    return ctx.go(_path(plan), f"{plan.name} is made, hidden.")


def delete(ctx: AdminContext) -> Response:
    plan_id = get_plan_in_path(ctx, get_service_in_path(ctx)).id
    plan = APPLICATION_PLANS.delete(ctx, plan_id)
    return ctx.go(f"/services/{plan.service_id}/plans", f"{plan.name} is deleted.")


def _path(plan: ApplicationPlan) -> str:
    return f"/services/{plan.service_id}/plans/{plan.id}"
