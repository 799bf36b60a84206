"""Applications, their keys and their plans."""

from starlette.responses import Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.pages import FormDrop
from cms.liquid.drops.services import ApplicationPlanDrop, ServiceDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.lists import page_of
from cms.portal.render import render_page
from cms.portal.stats import find_chart, find_hits
from server.actions.applications import applications as actions
from server.actions.applications.keys import add_key, delete_key, replace_user_key
from server.actions.applications.referrer_filters import add_filter, delete_filter
from server.domain.applications.applications import Application
from server.domain.errors import Invalid
from server.domain.plans.plans import ApplicationPlan
from server.domain.refusals import Refusals
from server.domain.services.services import Service
from server.kit.ids import id_or_none

LIST = "/admin/applications"


def index(ctx: PortalContext) -> Response:
    query = actions.applications_query(ctx.actor)
    rows, pagination = page_of(ctx, actions.LISTING, query, LIST)
    variables = {
        "applications": [ApplicationDrop(row, ctx.data) for row in rows],
        "pagination": pagination,
    }
    return render_page(ctx, "applications/index", variables)


def new(ctx: PortalContext) -> Response:
    """Show the form of a new application, after the choice of an API when there are several."""
    data = ctx.data
    service = _service(ctx)
    if service is None:
        services = [ServiceDrop(row, data) for row in data.services]
        return render_page(ctx, "applications/choose_service", {"services": services})
    drop = ServiceDrop(service, data)
    plans = [ApplicationPlanDrop(row, data) for row in data.choosable_plans(service)]
    plan_id = ctx.param("plan_id")
    initial = {"plan_id": plan_id} if id_or_none(plan_id) else {}
    form = forms.filled(forms.APPLICATION, ctx.values, ctx.error, initial)
    variables = {"form": FormDrop(form, data), "plans": plans, "service": drop}
    return render_page(ctx, "applications/new", variables)


def _service(ctx: PortalContext) -> Service | None:
    """Find the API that was chosen, or the only one; None when it must be chosen first."""
    services = ctx.data.services
    if len(services) == 1:
        return services[0]
    plan_id = id_or_none(ctx.param("application[plan_id]") or ctx.param("plan_id"))
    plan = next((row for row in ctx.data.plans if row.id == plan_id), None)
    wanted = plan.service_id if plan else id_or_none(ctx.param("service_id"))
    return next((row for row in services if row.id == wanted), None)


def _chosen_plan(ctx: PortalContext, text: str) -> int:
    """Read the plan of a new application; the only one of its API need not be named.

    Raises: Invalid.
    """
    service = _service(ctx)
    plans = ctx.data.choosable_plans(service) if service else ()
    plan_id = id_or_none(text)
    if not text and len(plans) == 1:
        return plans[0].id
    if plan_id is None or plan_id not in {plan.id for plan in plans}:
        raise Invalid("must be one of the plans below.", field="plan_id")
    return plan_id


def create(ctx: PortalContext) -> Response:
    """Create an application on a plan of a published API, the only one when none is named."""
    values = forms.values_of(forms.APPLICATION, ctx.values)
    given = {name: values.get(name, "") for name in ("name", "description")}
    plan_id, service, refusals = 0, _service(ctx), Refusals()
    with refusals.noted():
        plan_id = _chosen_plan(ctx, values.get("plan_id", ""))
    with refusals.noted():
        if service is not None:
            actions.check_texts(ctx.actor, service, given)
    refusals.tell()
    made = actions.create_application(ctx, ctx.account_id, plan_id, given, origin="portal")
    told = "Your key is ready." if made.state == "live" else "The provider will look at it soon."
    return ctx.go(_page_of(made), f"The application is created. {told}")


def show(ctx: PortalContext) -> Response:
    """Show an application with its credentials, usage and the plans it may move to."""
    application = _found(ctx)
    data = ctx.data
    others = [
        ApplicationPlanDrop(row, data)
        for row in data.plans
        if row.service_id == application.service_id and row.id != application.plan_id
    ]
    form = FormDrop(forms.filled(forms.CREDENTIALS, ctx.values, ctx.error), data)
    variables = {
        "application": ApplicationDrop(application, data),
        "chart": find_chart(ctx, application, find_hits(ctx, application)),
        "form": form,
        "plans": others,
    }
    return render_page(ctx, "applications/show", variables)


def edit(ctx: PortalContext) -> Response:
    application = _found(ctx)
    initial = {"name": application.name, "description": application.description}
    form = forms.filled(forms.APPLICATION, ctx.values, ctx.error, initial)
    variables = {
        "application": ApplicationDrop(application, ctx.data),
        "form": FormDrop(form, ctx.data),
    }
    return render_page(ctx, "applications/edit", variables)


def update(ctx: PortalContext) -> Response:
    values = forms.values_of(forms.APPLICATION, ctx.values)
    changes = {name: text for name, text in values.items() if name != "plan_id"}
    made = actions.update_application(ctx, ctx.path_id("id"), changes)
    return ctx.go(_page_of(made), "The application is saved.")


def delete(ctx: PortalContext) -> Response:
    gone = actions.delete_application(ctx, ctx.path_id("id"))
    return ctx.go(LIST, f"The application {gone.name} is deleted. Its key is dead.")


def replace_key(ctx: PortalContext) -> Response:
    made, _ = replace_user_key(ctx, ctx.path_id("id"))
    return ctx.go(_page_of(made), "Here is the new key. The old one is dead from now on.")


def create_key(ctx: PortalContext) -> Response:
    """Add an app_key, chosen or random."""
    key = ctx.text("key") or None
    add_key(ctx, ctx.path_id("id"), key)
    return ctx.go(_page_of(_found(ctx)), "The key is added.")


def destroy_key(ctx: PortalContext) -> Response:
    made = delete_key(ctx, ctx.path_id("id"), ctx.path_id("key_id"))
    return ctx.go(_page_of(made), "The key is deleted. Calls with it are refused from now on.")


def create_filter(ctx: PortalContext) -> Response:
    """Let calls of one more referrer through."""
    row = add_filter(ctx, ctx.path_id("id"), ctx.text("referrer_filter"))
    return ctx.go(_page_of(_found(ctx)), f"Calls from {row.value} are let in.")


def destroy_filter(ctx: PortalContext) -> Response:
    made = delete_filter(ctx, ctx.path_id("id"), ctx.path_id("filter_id"))
    return ctx.go(_page_of(made), "The filter is deleted.")


def change_plan(ctx: PortalContext) -> Response:
    """Move an application to another plan, or ask the provider to, as the API says."""
    plan_id = id_or_none(ctx.text("plan_id"))
    if plan_id is None:
        raise Invalid("Choose the plan to change to.")
    made = actions.change_application_plan(ctx, ctx.path_id("id"), plan_id)
    if made.plan_id != plan_id:
        return ctx.go(_page_of(made), "The provider is asked. You get a mail.", "info")
    plan = ctx.db.get_one(ApplicationPlan, plan_id)
    return ctx.go(_page_of(made), f"The application is on the plan {plan.name} now.")


def _found(ctx: PortalContext) -> Application:
    return actions.get_application(ctx, ctx.path_id("id"))


def _page_of(application: Application) -> str:
    return f"{LIST}/{application.id}"
