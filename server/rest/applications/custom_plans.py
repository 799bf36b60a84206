"""Plans made for one application. Source: reference-portal 1.3."""

from collections.abc import Callable

from server.actions.applications.applications import get_application
from server.actions.applications.custom_plans import customize_plan, decustomize_plan
from server.actions.work import Work
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.plans import ApplicationPlan
from server.rest.answers import One
from server.rest.context import RestContext
from server.rest.operations import Operation
from server.rest.plans.plans import APPLICATION_PLAN

PATH = "/accounts/{account_id}/applications/{id}"


def _row(verb: str, summary: str, act: Callable[[Work, int], ApplicationPlan]) -> Operation:
    def run(ctx: RestContext) -> ApplicationPlan:
        application = get_application(ctx, ctx.path_id())
        if application.account_id != ctx.path_id("account_id"):
            raise NotFound("There is no such object here.", field="account_id")
        return act(ctx, application.id)

    answer = One(APPLICATION_PLAN)
    return Operation("PUT", f"{PATH}/{verb}", summary, Permission.PLANS_EDIT, run, answer)


OPERATIONS = (
    _row("customize_plan", "Give an application a plan of its own.", customize_plan),
    _row("decustomize_plan", "Put an application back on the original plan.", decustomize_plan),
)
