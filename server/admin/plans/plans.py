"""Application plans of a service: list, create, change, publish, copy, delete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col
from starlette.responses import Response

from server.actions.applications.applications import applications_query
from server.actions.plans.features import features_of, features_query
from server.actions.plans.limits import limits_of
from server.actions.plans.plans import (
    NewPlan,
    application_plans_query,
    copy_application_plan,
    create_application_plan,
    delete_plan,
    hide_plan,
    make_default_plan,
    publish_plan,
    update_plan,
)
from server.actions.services.metrics import metrics_of
from server.admin.forms import money_of
from server.admin.render import render
from server.admin.screen import Screen
from server.admin.services.services import service_in_path
from server.domain.applications.applications import Application
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan, Feature, LimitPeriod, UsageLimit
from server.domain.services.metrics import Metric
from server.domain.services.services import Service

MOVES = {"publish": publish_plan, "hide": hide_plan, "default": make_default_plan}
DONE = {
    "publish": "is published: developers can see and choose it.",
    "hide": "is hidden; who is on it stays.",
    "default": "is the default for signups now.",
}


@dataclass(frozen=True, slots=True)
class PlansPage:
    """A service's plans and features."""

    service: Service
    plans: Sequence[ApplicationPlan]
    application_counts: Mapping[int, int]
    features: Sequence[Feature]


@dataclass(frozen=True, slots=True)
class NewPlanPage:
    """The form of a new plan."""

    service: Service


@dataclass(frozen=True, slots=True)
class MetricLimits:
    """What a plan allows of one metric."""

    metric: Metric
    limits: Sequence[UsageLimit]

    @property
    def is_enabled(self) -> bool:
        """Tell whether the plan lets calls of this metric in at all."""
        return all(limit.value for limit in self.limits)


@dataclass(frozen=True, slots=True)
class PlanPage:
    """One plan with its limits and features."""

    service: Service
    plan: ApplicationPlan
    rows: Sequence[MetricLimits]
    periods: Sequence[tuple[str, str]]
    features: Sequence[Feature]
    included: frozenset[int]
    application_count: int


def index(screen: Screen) -> Response:
    """List the plans of a service."""
    service = service_in_path(screen)
    plans = application_plans_query(screen.actor).where(ApplicationPlan.service_id == service.id)
    order = (col(ApplicationPlan.position), col(ApplicationPlan.id))
    page = PlansPage(
        service,
        screen.db.exec(plans.order_by(*order)).all(),
        _application_counts(screen, service.id),
        _features(screen, service),
    )
    return render(screen, "plans/index.html.j2", page)


def _application_counts(screen: Screen, service_id: int) -> dict[int, int]:
    key = col(Application.plan_id)
    query = applications_query(screen.actor).where(Application.service_id == service_id)
    rows = screen.db.execute(query.group_by(key).with_only_columns(key, func.count()))
    return {int(plan_id): int(count) for plan_id, count in rows}


def _features(screen: Screen, service: Service) -> Sequence[Feature]:
    query = features_query(screen.actor).where(Feature.service_id == service.id)
    return screen.db.exec(query.order_by(col(Feature.id))).all()


def new(screen: Screen) -> Response:
    """Show the form of a new plan."""
    screen.actor.require(Permission.PLANS_EDIT)
    return render(screen, "plans/new.html.j2", NewPlanPage(service_in_path(screen)))


def create(screen: Screen) -> Response:
    """Add a plan."""
    service_id, fields = screen.path_id("service_id"), _fields(screen)
    draft = NewPlan(system_name=screen.text("system_name") or None, **fields)
    plan = create_application_plan(screen.db, screen.actor, service_id, draft)
    return screen.go(_path(plan), f"{plan.name} is created, hidden. Set its limits, then publish.")


def _fields(screen: Screen) -> dict[str, Any]:
    return {
        "name": screen.text("name"),
        "description": screen.text("description"),
        "approval_required": screen.flag("approval_required"),
        "setup_fee": money_of(screen.text("setup_fee"), "setup_fee"),
        "cost_per_month": money_of(screen.text("cost_per_month"), "cost_per_month"),
        "trial_period_days": screen.number_or_none("trial_period_days") or 0,
    }


def show(screen: Screen) -> Response:
    """Show one plan."""
    service = service_in_path(screen)
    plan = plan_in_path(screen, service)
    limits = limits_of(screen.db, plan.id)
    rows = [
        MetricLimits(metric, [limit for limit in limits if limit.metric_id == metric.id])
        for metric in metrics_of(screen.db, service.id)
    ]
    page = PlanPage(
        service,
        plan,
        rows,
        [(period.value, period.value) for period in LimitPeriod],
        _features(screen, service),
        frozenset(feature.id for feature in features_of(screen.db, plan.id)),
        _application_counts(screen, service.id).get(plan.id, 0),
    )
    return render(screen, "plans/show.html.j2", page)


def plan_in_path(screen: Screen, service: Service) -> ApplicationPlan:
    """Find the plan that the address names, within the service. Raises: NotFound."""
    query = application_plans_query(screen.actor).where(
        ApplicationPlan.id == screen.path_id("plan_id"), ApplicationPlan.service_id == service.id
    )
    plan = screen.db.exec(query).first()
    if plan is None:
        raise NotFound("There is no such plan.")
    return plan


def update(screen: Screen) -> Response:
    """Change a plan's texts and prices."""
    fields = _fields(screen)
    plan_id = plan_in_path(screen, service_in_path(screen)).id
    plan = update_plan(screen.db, screen.actor, ApplicationPlan, plan_id, fields)
    return screen.go(_path(plan), "The plan is saved.")


def move(screen: Screen) -> Response:
    """Publish or hide a plan, or make it the default."""
    name = screen.request.path_params["event"]
    if name not in MOVES:
        raise NotFound("There is no such page.")
    plan_id = plan_in_path(screen, service_in_path(screen)).id
    plan = MOVES[name](screen.db, screen.actor, ApplicationPlan, plan_id)
    return screen.go(_path(plan), f"{plan.name} {DONE[name]}")


def copy(screen: Screen) -> Response:
    """Make a hidden copy of a plan."""
    plan_id = plan_in_path(screen, service_in_path(screen)).id
    plan = copy_application_plan(screen.db, screen.actor, plan_id)
    return screen.go(_path(plan), f"{plan.name} is made, hidden.")


def delete(screen: Screen) -> Response:
    """Take a plan away."""
    plan_id = plan_in_path(screen, service_in_path(screen)).id
    plan = delete_plan(screen.db, screen.actor, ApplicationPlan, plan_id)
    return screen.go(f"/services/{plan.service_id}/plans", f"{plan.name} is deleted.")


def _path(plan: ApplicationPlan) -> str:
    return f"/services/{plan.service_id}/plans/{plan.id}"
