"""What application plans are made of, limits and prices: found by plan, reached by its API."""

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from server.actions.resources import Parent
from server.actions.rows import get_owned, within_services
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.plans.limits import UsageLimit
from server.domain.plans.plans import ApplicationPlan
from server.domain.plans.pricing_rules import PricingRule

Part = UsageLimit | PricingRule


def get_application_plan(work: Work, plan_id: int) -> ApplicationPlan:
    """Find an application plan. Raises: NotFound."""
    return get_owned(work, ApplicationPlan, plan_id)


def service_of(work: Work, part: Part) -> int:
    """Return the API of whose plan it is a part."""
    return work.db.get_one(ApplicationPlan, part.plan_id).service_id


def within_plans(model: type[Part]) -> Callable[[Actor], tuple[Any, ...]]:
    """Make the conditions that keep parts within the APIs that an actor reaches, by their plans."""

    def reach(actor: Actor) -> tuple[Any, ...]:
        if actor.service_ids is None:
            return ()
        plans = select(ApplicationPlan.id).where(*within_services(actor, ApplicationPlan))
        return (col(model.plan_id).in_(plans),)

    return reach


OF_PLAN = Parent(column="plan_id", get=get_application_plan, kind="application_plan")
