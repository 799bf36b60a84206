"""A plan for one application alone: made from the one that it is on, and given up again."""

from server.actions.plans.custom_plans import drop_custom_plan, make_custom_plan
from server.actions.rows import get_owned, hold, rely_on, tell
from server.actions.services.lookup import hold_service
from server.actions.work import Work
from server.domain.applications.applications import Application
from server.domain.events import EventKind
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan


def customize_plan(work: Work, application_id: int) -> ApplicationPlan:
    """Give an application a plan of its own; one that has it keeps it. Raises: NotFound.

    The copy begins with the same limits, prices and features, and is changed as any plan is.
    """
    work.actor.require(Permission.PLANS_EDIT)
    plan, application = _held(work, application_id)
    if plan.is_custom:
        return plan
    custom = make_custom_plan(work, plan, application)
    _move(work, application, custom, EventKind.PLAN_CUSTOMIZED)
    return custom


def decustomize_plan(work: Work, application_id: int) -> ApplicationPlan:
    """Put an application back on the plan that its own was made from, which goes.

    One that has none of its own stays as it is. Raises: NotFound.
    """
    work.actor.require(Permission.PLANS_EDIT)
    plan, application = _held(work, application_id)
    if plan.original_id is None:
        return plan
    original = rely_on(work.db, work.db.get_one(ApplicationPlan, plan.original_id))
    _move(work, application, original, EventKind.PLAN_DECUSTOMIZED)
    drop_custom_plan(work, plan.id)
    return original


def _held(work: Work, application_id: int) -> tuple[ApplicationPlan, Application]:
    """Hold an application and, before it, its API, and read the plan that it is on by now.

    Raises: NotFound.
    """
    work.actor.require(Permission.APPLICATIONS_EDIT)
    application = get_owned(work, Application, application_id)
    hold_service(work, application.service_id)
    plan_id = hold(work.db, application).plan_id
    return work.db.get_one(ApplicationPlan, plan_id), application


def _move(work: Work, application: Application, plan: ApplicationPlan, kind: EventKind) -> None:
    changes = {"plan_id": [application.plan_id, plan.id]}
    application.plan_id = plan.id
    work.db.flush()
    tell(work, application, kind, changes)
