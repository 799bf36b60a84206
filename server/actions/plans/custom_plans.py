"""Plans made for one application: hidden copies of the plan that it was on. Source: 1.3, 6."""

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.plans.plans import APPLICATION_PLANS, copy_parts
from server.actions.work import Work
from server.domain.actors import Actor
from server.domain.applications.applications import Application
from server.domain.errors import PlanMismatch
from server.domain.events import EventKind
from server.domain.plans.plans import ApplicationPlan

MOST_OF_NAME = 200  # characters that a copy's name takes over


def shared_plans(actor: Actor) -> SelectOfScalar[ApplicationPlan]:
    """Select the application plans that anyone may be put on. Raises: Forbidden."""
    return APPLICATION_PLANS.query(actor).where(col(ApplicationPlan.original_id).is_(None))


def refuse_custom(plan: ApplicationPlan) -> None:
    """Refuse another application on a plan made for one. Raises: PlanMismatch."""
    if plan.is_custom:
        raise PlanMismatch("must be a plan that is not made for one application.", field="plan_id")


def make_custom_plan(
    work: Work, original: ApplicationPlan, application: Application
) -> ApplicationPlan:
    """Copy a plan with limits, prices and features. Raises: Forbidden."""
    values = {
        **APPLICATION_PLANS.values_of(original),
        "name": f"{original.name[:MOST_OF_NAME]} (custom)",
        "system_name": _free_name(work, original, application),
    }
    plan = APPLICATION_PLANS.create(work, values, original.service_id, original_id=original.id)
    copy_parts(work, original, plan)
    return plan


def _free_name(work: Work, original: ApplicationPlan, application: Application) -> str:
    """Make a system name that no plan of the API has."""
    wanted = f"{original.system_name[:MOST_OF_NAME]}_custom_{application.id}"
    taken = select(ApplicationPlan.id).where(
        ApplicationPlan.service_id == original.service_id, ApplicationPlan.system_name == wanted
    )
    return wanted if work.db.exec(taken).first() is None else f"{wanted}_{original.id}"


def drop_custom_plan(work: Work, plan_id: int) -> None:
    """Delete a plan whose one application has left it; any other stays."""
    plan = work.db.get(ApplicationPlan, plan_id)
    if plan is None or not plan.is_custom:
        return
    work.db.flush()  # the application points elsewhere first
    for column in APPLICATION_PLANS.goes_with:
        work.db.execute(delete(column.class_).where(column == plan.id))
    work.db.delete(plan)
    APPLICATION_PLANS.tell(work, EventKind.PLAN_DELETED, plan, name=plan.name)
