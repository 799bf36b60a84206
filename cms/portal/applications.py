"""Applications, their keys and their plans."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select
from starlette.responses import Response

from cms.liquid.drops.accounts import ByName
from cms.liquid.drops.applications import ApplicationDrop, ReferrerFilterDrop
from cms.liquid.drops.collection import Collection
from cms.liquid.drops.pages import FormDrop, Pages, PaginationDrop
from cms.liquid.drops.services import ApplicationPlanDrop, ServiceDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.fields import application_fields, filled_with
from cms.portal.legal import accept_sent, terms_to_accept
from cms.portal.render import render_page
from cms.portal.stats import find_chart, find_hits
from server.actions.applications import applications as actions
from server.actions.applications.keys import (
    add_key,
    delete_key,
    end_old_user_key,
    replace_user_key,
    rotate_key,
)
from server.actions.applications.referrer_filters import add_filter, delete_filter
from server.domain.applications.applications import Application
from server.domain.applications.referrer_filters import ReferrerFilter
from server.domain.errors import Invalid, NotFound
from server.domain.plans.plans import ApplicationPlan
from server.domain.portal.legal import TermsKind
from server.domain.refusals import Refusals
from server.domain.services.services import Service
from server.kit.ids import id_or_none

LIST = "/admin/applications"
PAGE_SIZE = 20
SORTS: Mapping[str, Any] = {
    "created_at": col(Application.created_at),
    "name": func.lower(col(Application.name)),
    "state": col(Application.state),
}


def index(ctx: PortalContext) -> Response:
    """List the account's applications, page by page, in the order that was asked for."""
    query = actions.applications_query(ctx.actor)
    items = ctx.db.exec(select(func.count()).select_from(query.subquery())).one()
    number = id_or_none(ctx.param("page") or "1")
    pages = Pages.numbered(ctx.uri, number or 1, PAGE_SIZE, items)
    if not number or number > pages.count:
        raise NotFound("There is no such page.")
    order = SORTS.get(ctx.param("sort"), col(Application.created_at))
    directed = order.desc() if ctx.param("direction") == "desc" else order.asc()
    ordered = query.order_by(directed, col(Application.id).asc())
    found = ordered.offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    rows = ctx.db.exec(found).all()
    ctx.data.noted = tuple(rows)
    variables = {
        "applications": ByName(ApplicationDrop(row, ctx.data) for row in rows),
        "pagination": PaginationDrop(pages, ctx.data),
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
    fields = (application_fields(ctx),)
    form = filled_with(fields, forms.APPLICATION, ctx.values, ctx.error, initial)
    blank = Application.model_construct(
        provider_id=ctx.provider.id,
        account_id=ctx.account_id,
        service_id=service.id,
        plan_id=next((plan.model.id for plan in plans if str(plan.model.id) == plan_id), None),
        name="",
        application_id="",
    )
    variables = {
        "application": ApplicationDrop(blank, data, form),
        "form": FormDrop(form, data),
        "plans": Collection(plans),
        "service": drop,
        "terms": terms_to_accept(ctx, TermsKind.APPLICATION),
    }
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
    given = {"name": "", "description": "", **application_fields(ctx).sent(ctx.values)}
    plan_id, service, refusals = 0, _service(ctx), Refusals()
    with refusals.noted():
        plan_id = _chosen_plan(ctx, values.get("plan_id", ""))
    with refusals.noted():
        if service is not None:
            actions.check_texts(ctx, service, given)
    with refusals.noted():
        accept_sent(ctx, TermsKind.APPLICATION)
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
    form = forms.filled(forms.CREDENTIALS, ctx.values, ctx.error)
    wanted = ReferrerFilter(provider_id=ctx.provider.id, application_id=application.id, value="")
    variables = {
        "application": ApplicationDrop(application, data, form),
        "chart": find_chart(ctx, application, find_hits(ctx, application)),
        "form": FormDrop(form, data),
        "plans": Collection(others),
        "referrer_filter": ReferrerFilterDrop(wanted, data, form, application),
    }
    return render_page(ctx, "applications/show", variables)


def edit(ctx: PortalContext) -> Response:
    application = _found(ctx)
    form = filled_with((application_fields(ctx, application),), {}, ctx.values, ctx.error)
    variables = {
        "application": ApplicationDrop(application, ctx.data, form),
        "form": FormDrop(form, ctx.data),
    }
    return render_page(ctx, "applications/edit", variables)


def update(ctx: PortalContext) -> Response:
    changes = application_fields(ctx, _found(ctx)).sent(ctx.values)
    made = actions.update_application(ctx, ctx.path_id("id"), changes)
    return ctx.go(_page_of(made), "The application is saved.")


def delete(ctx: PortalContext) -> Response:
    gone = actions.delete_application(ctx, ctx.path_id("id"))
    return ctx.go(LIST, f"The application {gone.name} is deleted. Its key is dead.")


def replace_key(ctx: PortalContext) -> Response:
    """Make another user_key; the old one ends at once, or when it was chosen to."""
    hours = _overlap(ctx)
    made, _ = replace_user_key(ctx, ctx.path_id("id"), overlap_hours=hours)
    return _replaced(ctx, made, hours)


def end_old_key(ctx: PortalContext) -> Response:
    made = end_old_user_key(ctx, ctx.path_id("id"))
    return ctx.go(_page_of(made), "The old key is dead from now on.")


def regenerate_key(ctx: PortalContext) -> Response:
    """Put another app_key in the place of one, which holds on for as long as was chosen."""
    hours = _overlap(ctx)
    rotate_key(ctx, ctx.path_id("id"), ctx.path_id("key_id"), overlap_hours=hours)
    return _replaced(ctx, _found(ctx), hours)


def _replaced(ctx: PortalContext, application: Application, hours: int) -> Response:
    page = _page_of(application)
    if not hours:
        return ctx.go(page, "Here is the new key. The old one is dead from now on.")
    return ctx.go(page, f"Here is the new key. The old one holds on for {hours} h.")


def _overlap(ctx: PortalContext) -> int:
    """Read how many hours a key holds on. Raises: Invalid."""
    text = ctx.text("overlap_hours")
    if text and not (text.isascii() and text.isdecimal() and len(text) < 6):
        raise Invalid("must be a whole number of hours.", field="overlap_hours")
    return int(text or 0)


def create_key(ctx: PortalContext) -> Response:
    """Add an app_key, chosen or random."""
    key = ctx.text("key") or None
    add_key(ctx, ctx.path_id("id"), key)
    return ctx.go(_page_of(_found(ctx)), "The key is added.")


def access_details(ctx: PortalContext) -> Response:
    """Lead to the keys: those of the only application, or the list to choose from."""
    only = ctx.data.applications[0] if len(ctx.data.applications) == 1 else None
    return ctx.go(_page_of(only) if only else LIST)


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
