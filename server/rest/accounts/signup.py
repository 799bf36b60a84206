"""Signup express: account, user, subscriptions and applications in one call.

Source: reference-portal 1.1 and 6.
"""

from sqlmodel.sql.expression import SelectOfScalar
from starlette.responses import Response

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.domain.errors import NotFound, PlanMismatch
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.rest.accounts.accounts import account_shape
from server.rest.context import RestContext
from server.rest.formats import answer

WRAPPERS = ("signup", "account", "user")


def create(ctx: RestContext) -> Response:
    """Sign a developer up, active at once with a password on a plan without approval."""
    try:
        signup = sign_up(ctx, _draft(ctx), "api")
    except PlanMismatch as error:
        raise NotFound(error.message) from error  # the plans could not be chosen
    account = signup.account
    shape = account_shape(ctx, account, signup.applications)
    return answer(ctx.language, shape, status=201, location=ctx.address(f"/accounts/{account.id}"))


def _draft(ctx: RestContext) -> NewSignup:
    params = ctx.params.wrapped_in(*WRAPPERS)
    account_plan_id = params.row_id("account_plan_id")
    service_plan_id = params.row_id("service_plan_id")
    application_plan_id = params.row_id("application_plan_id")
    actor = ctx.actor
    account_plans = ACCOUNT_PLANS.query(actor).where(AccountPlan.id == account_plan_id)
    service_plans = SERVICE_PLANS.query(actor).where(ServicePlan.id == service_plan_id)
    application_plans = APPLICATION_PLANS.query(actor).where(
        ApplicationPlan.id == application_plan_id
    )
    return NewSignup(
        org_name=params.text("org_name"),
        username=params.text("username"),
        email=params.text("email"),
        password=params.text("password") or None,
        first_name=params.text("first_name"),
        last_name=params.text("last_name"),
        account_plan_id=_known(ctx, account_plans),
        service_plan_id=_known(ctx, service_plans),
        application_plan_id=_known(ctx, application_plans),
    )


def _known(
    ctx: RestContext,
    query: SelectOfScalar[AccountPlan]
    | SelectOfScalar[ServicePlan]
    | SelectOfScalar[ApplicationPlan],
) -> int | None:
    """Tell the id of a plan of this provider; any other one counts as not given."""
    plan = ctx.db.exec(query).first()
    return plan.id if plan is not None else None
