"""Applications, their keys and their plans."""

from urllib.parse import quote

from starlette.responses import Response

from cms.liquid.drops.applications import ApplicationDrop
from cms.liquid.drops.pages import FormDrop, Pages, PaginationDrop
from cms.liquid.drops.services import ApplicationPlanDrop, ServiceDrop
from cms.portal import forms
from cms.portal.render import go, render_page
from cms.portal.stats import SHORT_SPAN, chart_of, hits_of
from cms.portal.visit import PortalVisit
from server.actions.applications import applications as actions
from server.actions.applications.keys import add_key, delete_key, replace_user_key
from server.domain.applications.applications import Application
from server.domain.errors import Invalid, NotFound
from server.domain.plans.plans import ApplicationPlan
from server.domain.services.services import Service
from server.kit.ids import id_or_none
from server.kit.paging import BadCursor, Window, page_of

LIST = "/admin/applications"
PAGE_SIZE = 20


def index(visit: PortalVisit) -> Response:
    """List the account's applications."""
    after = visit.param("after") or None
    before = visit.param("before") or None
    window = Window(last=PAGE_SIZE, before=before) if before else Window(PAGE_SIZE, after)
    query = actions.applications_query(visit.actor)
    try:
        page = page_of(visit.db, actions.LISTING, query, window, visit.installation.cursors)
    except BadCursor as error:
        raise NotFound("There is no such page.") from error
    first, last = quote(page.first_cursor), quote(page.last_cursor)
    pages = Pages(
        next=f"{LIST}?after={last}" if last and page.has_next else "",
        previous=f"{LIST}?before={first}" if first and page.has_previous else "",
    )
    variables = {
        "applications": [ApplicationDrop(row, visit.desk) for row in page.rows],
        "pagination": PaginationDrop(pages, visit.desk),
    }
    return render_page(visit, "applications/index", variables)


def new(visit: PortalVisit) -> Response:
    """Show the form of a new application, after the choice of an API when there are several."""
    desk = visit.desk
    service = _service(visit)
    if service is None:
        services = [ServiceDrop(row, desk) for row in desk.services]
        return render_page(visit, "applications/choose_service", {"services": services})
    drop = ServiceDrop(service, desk)
    plan_id = visit.param("plan_id")
    initial = {"plan_id": plan_id} if id_or_none(plan_id) else {}
    form = forms.filled(forms.APPLICATION, visit.form, visit.error, initial)
    variables = {"form": FormDrop(form, desk), "plans": drop.application_plans, "service": drop}
    return render_page(visit, "applications/new", variables)


def _service(visit: PortalVisit) -> Service | None:
    """Find the API that was chosen, or the only one; None when it must be chosen first."""
    services = visit.desk.services
    if len(services) == 1:
        return services[0]
    plan_id = id_or_none(visit.param("application[plan_id]") or visit.param("plan_id"))
    plan = next((row for row in visit.desk.plans if row.id == plan_id), None)
    wanted = plan.service_id if plan else id_or_none(visit.param("service_id"))
    return next((row for row in services if row.id == wanted), None)


def create(visit: PortalVisit) -> Response:
    """Create an application on a plan of a published API."""
    values = forms.values_of(forms.APPLICATION, visit.form)
    plan_id = id_or_none(values.get("plan_id", ""))
    plan = next((row for row in visit.desk.plans if row.id == plan_id), None)
    if plan is None or plan.service_id not in {row.id for row in visit.desk.services}:
        raise Invalid("must be one of the plans below.", field="plan_id")
    draft = actions.NewApplication(
        account_id=visit.account_id,
        plan_id=plan.id,
        name=values.get("name", ""),
        description=values.get("description", ""),
        origin="portal",
    )
    made = actions.create_application(visit.db, visit.actor, visit.installation, draft)
    told = "Your key is ready." if made.state == "live" else "The provider will look at it soon."
    return go(visit, _page_of(made), f"The application is created. {told}")


def show(visit: PortalVisit) -> Response:
    """Show an application with its credentials, usage and the plans it may move to."""
    application = _found(visit)
    desk = visit.desk
    others = [
        ApplicationPlanDrop(row, desk)
        for row in desk.plans
        if row.service_id == application.service_id and row.id != application.plan_id
    ]
    form = FormDrop(forms.filled(forms.KEY, visit.form, visit.error), desk)
    variables = {
        "application": ApplicationDrop(application, desk),
        "chart": chart_of(visit, application, hits_of(visit, application), SHORT_SPAN),
        "form": form,
        "plans": others,
    }
    return render_page(visit, "applications/show", variables)


def edit(visit: PortalVisit) -> Response:
    """Show the form of an application."""
    application = _found(visit)
    initial = {"name": application.name, "description": application.description}
    form = forms.filled(forms.APPLICATION, visit.form, visit.error, initial)
    variables = {
        "application": ApplicationDrop(application, visit.desk),
        "form": FormDrop(form, visit.desk),
    }
    return render_page(visit, "applications/edit", variables)


def update(visit: PortalVisit) -> Response:
    """Change an application's texts."""
    values = forms.values_of(forms.APPLICATION, visit.form)
    changes = {name: text for name, text in values.items() if name != "plan_id"}
    made = actions.update_application(visit.db, visit.actor, visit.path_id("id"), changes)
    return go(visit, _page_of(made), "The application is saved.")


def delete(visit: PortalVisit) -> Response:
    """Take an application away."""
    gone = actions.delete_application(visit.db, visit.actor, visit.path_id("id"))
    return go(visit, LIST, f"The application {gone.name} is deleted. Its key is dead.")


def replace_key(visit: PortalVisit) -> Response:
    """Give an application another user_key."""
    made, _ = replace_user_key(visit.db, visit.actor, visit.installation, visit.path_id("id"))
    return go(visit, _page_of(made), "Here is the new key. The old one is dead from now on.")


def create_key(visit: PortalVisit) -> Response:
    """Add an app_key, chosen or random."""
    key = visit.text("key") or None
    add_key(visit.db, visit.actor, visit.installation, visit.path_id("id"), key)
    return go(visit, _page_of(_found(visit)), "The key is added.")


def destroy_key(visit: PortalVisit) -> Response:
    """Delete an app_key."""
    made = delete_key(visit.db, visit.actor, visit.path_id("id"), visit.path_id("key_id"))
    return go(visit, _page_of(made), "The key is deleted. Calls with it are refused from now on.")


def change_plan(visit: PortalVisit) -> Response:
    """Move an application to another plan, or ask the provider to, as the API says."""
    plan_id = id_or_none(visit.text("plan_id"))
    if plan_id is None:
        raise Invalid("Choose the plan to change to.")
    made = actions.change_application_plan(visit.db, visit.actor, visit.path_id("id"), plan_id)
    if made.plan_id != plan_id:
        return go(visit, _page_of(made), "The provider is asked. You get a mail.", "info")
    plan = visit.db.get_one(ApplicationPlan, plan_id)
    return go(visit, _page_of(made), f"The application is on the plan {plan.name} now.")


def _found(visit: PortalVisit) -> Application:
    return actions.application_of(visit.db, visit.actor, visit.path_id("id"))


def _page_of(application: Application) -> str:
    return f"{LIST}/{application.id}"
