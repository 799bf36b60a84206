"""A plan for one application alone."""

from starlette.responses import Response

from server.actions.applications.custom_plans import customize_plan, decustomize_plan
from server.admin.context import AdminContext


def customize(ctx: AdminContext) -> Response:
    """Make a plan for the application, and go there to change it."""
    plan = customize_plan(ctx, ctx.path_id("application_id"))
    notice = f"{plan.name} is made for this application alone. Change what you like."
    return ctx.go(f"/services/{plan.service_id}/plans/{plan.id}", notice)


def decustomize(ctx: AdminContext) -> Response:
    """Put the application back on the plan that its own was made from."""
    application_id = ctx.path_id("application_id")
    plan = decustomize_plan(ctx, application_id)
    return ctx.go(f"/applications/{application_id}", f"It is on {plan.name} now.")
