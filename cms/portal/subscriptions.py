"""Subscriptions to APIs, and the plan of one's account. Source: reference-portal 2.6, 4.2."""

from starlette.responses import Response

from cms.liquid.drops.pages import FormDrop
from cms.liquid.drops.services import AccountPlanDrop, ServiceDrop, ServicePlanDrop
from cms.portal import forms
from cms.portal.context import PortalContext
from cms.portal.legal import accept_sent, terms_to_accept
from cms.portal.render import render_page
from server.actions.accounts import subscriptions as actions
from server.actions.accounts.accounts import change_account_plan
from server.domain.errors import Invalid, NotFound
from server.domain.plans.plans import AccountPlan, ServicePlan
from server.domain.portal.legal import TermsKind
from server.domain.services.services import Service
from server.kit.ids import id_or_none

LIST, NEW = "/admin/services", "/admin/service_contracts"
ACCOUNT_PLANS = "/admin/account/account_plans"
ASKED = "The provider is asked. You get a mail."


def index(ctx: PortalContext) -> Response:
    """List the published APIs with one's subscriptions. Raises: NotFound where none are shown."""
    _refuse_hidden(ctx)
    services = [ServiceDrop(row, ctx.data) for row in ctx.data.services]
    return render_page(ctx, "services/index", {"services": services})


def new(ctx: PortalContext) -> Response:
    """Show the service plans of an API, to subscribe on one of them, or to change to another."""
    _refuse_hidden(ctx)
    drop = ServiceDrop(_service(ctx), ctx.data)
    plans = drop.service_plans or [ServicePlanDrop(row, ctx.data) for row in _default(ctx, drop)]
    form = forms.filled(forms.SUBSCRIPTION, ctx.values, ctx.error)
    variables = {
        "form": FormDrop(form, ctx.data),
        "plans": plans,
        "service": drop,
        "subscription": drop.subscription,
        "terms": terms_to_accept(ctx, TermsKind.SUBSCRIPTION),
    }
    return render_page(ctx, "services/new", variables)


def create(ctx: PortalContext) -> Response:
    """Subscribe one's account to an API."""
    plan_id = _plan_id(ctx, "service_contract[plan_id]")
    accept_sent(ctx, TermsKind.SUBSCRIPTION)
    made = actions.subscribe(ctx, ctx.account_id, plan_id)
    told = "You may create applications." if made.state == "live" else "It waits for approval."
    name = ctx.db.get_one(Service, made.service_id).name
    return ctx.go(LIST, f"You are subscribed to {name}. {told}")


def change_plan(ctx: PortalContext) -> Response:
    """Move a subscription to another plan, or ask for it."""
    plan_id = _plan_id(ctx, "service_contract[plan_id]")
    made = actions.change_contract_plan(ctx, ctx.path_id("id"), plan_id)
    if made.service_plan_id != plan_id:
        return ctx.go(LIST, ASKED, "info")
    plan = ctx.db.get_one(ServicePlan, plan_id)
    return ctx.go(LIST, f"The subscription is on the plan {plan.name} now.")


def unsubscribe(ctx: PortalContext) -> Response:
    """End a subscription that has no applications."""
    gone = actions.unsubscribe(ctx, ctx.path_id("id"))
    name = ctx.db.get_one(Service, gone.service_id).name
    return ctx.go(LIST, f"You are not subscribed to {name} any more.")


def account_plans(ctx: PortalContext) -> Response:
    """Compare the account plans. Raises: NotFound where they are not shown."""
    if not ctx.data.settings.account_plans_ui_visible:
        raise NotFound("There is no such page.")
    form = forms.filled(forms.ACCOUNT_PLAN, ctx.values, ctx.error)
    variables = {
        "account_plans": [AccountPlanDrop(row, ctx.data) for row in ctx.data.account_plans],
        "form": FormDrop(form, ctx.data),
    }
    return render_page(ctx, "account_plans/index", variables)


def change_account(ctx: PortalContext) -> Response:
    """Move one's account to another plan, or ask for it."""
    return _changed(ctx, _plan_id(ctx, "plan_id"))


def change_account_to(ctx: PortalContext) -> Response:
    """Do the same by the reference's other address, which names the plan."""
    return _changed(ctx, ctx.path_id("id"))


def _changed(ctx: PortalContext, plan_id: int) -> Response:
    account = change_account_plan(ctx, ctx.account_id, plan_id)
    if account.account_plan_id != plan_id:
        return ctx.go(ACCOUNT_PLANS, ASKED, "info")
    plan = ctx.db.get_one(AccountPlan, plan_id)
    return ctx.go(ACCOUNT_PLANS, f"Your account is on the plan {plan.name} now.")


def _service(ctx: PortalContext) -> Service:
    """Find the API that is meant: named, of the plan that was chosen, or the only one."""
    services = ctx.data.services
    chosen = id_or_none(ctx.param("service_contract[plan_id]"))
    plan = next((row for row in ctx.data.service_plans if row.id == chosen), None)
    wanted = plan.service_id if plan else id_or_none(ctx.param("service_id"))
    if wanted is None and len(services) == 1:
        return services[0]
    for service in services:
        if service.id == wanted:
            return service
    raise NotFound("There is no such API.")


def _default(ctx: PortalContext, service: ServiceDrop) -> list[ServicePlan]:
    """Find the default plan of an API none of whose plans is published."""
    plan = actions.find_default_plan(ctx.db, service.model.id)
    return [plan] if plan else []


def _plan_id(ctx: PortalContext, name: str) -> int:
    plan_id = id_or_none(ctx.text(name))
    if plan_id is None:
        raise Invalid("must be one of the plans below.", field="plan_id")
    return plan_id


def _refuse_hidden(ctx: PortalContext) -> None:
    if not ctx.data.settings.service_plans_ui_visible:
        raise NotFound("There is no such page.")
