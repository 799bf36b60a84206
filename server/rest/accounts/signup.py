"""Signup express: account, user, subscriptions and applications in one call.

Source: reference-portal 1.1 and 6.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from sqlmodel import col
from sqlmodel.sql.expression import SelectOfScalar

from server.actions.accounts.signup import NewSignup, sign_up
from server.actions.applications.applications import applications_query
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.actions.work import Work
from server.domain.accounts.accounts import Account
from server.domain.accounts.billing import GIVEN as ADDRESS
from server.domain.accounts.billing import AddressLines
from server.domain.applications.applications import Application
from server.domain.attributes import ExtraFields, Name, ShortText, Whole
from server.domain.drafts import Draft
from server.domain.errors import NotFound, PlanMismatch
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.provider.field_definitions import FieldTarget
from server.kit.ids import MOST_ID
from server.rest.accounts.accounts import ACCOUNT
from server.rest.annotations import GIVEN, NAME, AnnotationsGiven, with_annotations
from server.rest.answers import Made
from server.rest.applications.applications import APPLICATION
from server.rest.context import RestContext
from server.rest.fields import flat_fields, picked_fields
from server.rest.formats import Format
from server.rest.operations import Operation
from server.rest.shapes import Inside


def _applications(work: Work, accounts: Sequence[Account]) -> Mapping[int, Sequence[Any]]:
    owners = [one.id for one in accounts]
    query = applications_query(work.actor).where(col(Application.account_id).in_(owners))
    found: dict[int, list[Application]] = {}
    # Sorted here: SQLite would go through all applications in that order to find these few.
    for application in sorted(work.db.exec(query), key=lambda row: row.id):
        found.setdefault(application.account_id, []).append(application)
    return found


NEW_ACCOUNT = replace(
    ACCOUNT,
    title="NewAccount",
    parts=(
        *ACCOUNT.parts,
        Inside("applications", ((APPLICATION, _applications),), hides=True, only=Format.XML),
    ),
)


PlanId = Annotated[int, Whole(1, MOST_ID)]


class SignupDraft(Draft):
    """Who signs up for what."""

    org_name: Name
    username: Name
    email: ShortText = ""
    password: ShortText = ""
    first_name: ShortText = ""
    last_name: ShortText = ""
    account_plan_id: PlanId | None = None
    service_plan_id: PlanId | None = None
    application_plan_id: PlanId | None = None
    annotations: AnnotationsGiven = {}
    billing_address: AddressLines = {}
    extra_fields: ExtraFields = {}


def create(ctx: RestContext) -> Account:
    """Sign a developer up, active at once with a password on a plan without approval."""
    try:
        return sign_up(ctx, _draft(ctx), "api").account
    except PlanMismatch as error:
        raise NotFound(error.message) from error  # the plans could not be chosen


def _draft(ctx: RestContext) -> NewSignup:
    params, actor = ctx.params, ctx.actor
    account_plans = ACCOUNT_PLANS.query(actor).where(
        AccountPlan.id == params.row_id("account_plan_id")
    )
    service_plans = SERVICE_PLANS.query(actor).where(
        ServicePlan.id == params.row_id("service_plan_id")
    )
    application_plans = APPLICATION_PLANS.query(actor).where(
        ApplicationPlan.id == params.row_id("application_plan_id")
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
        managed_by=with_annotations(params.pick([GIVEN])).get(NAME, ""),
        billing_address=params.pick([ADDRESS]).get(ADDRESS) or {},
        fields=picked_fields(ctx, FieldTarget.ACCOUNT),
        user_fields=flat_fields(ctx, FieldTarget.USER),
    )


def _known(
    ctx: RestContext,
    query: SelectOfScalar[AccountPlan]
    | SelectOfScalar[ServicePlan]
    | SelectOfScalar[ApplicationPlan],
) -> int | None:
    """Return the id of a plan of this provider; any other one counts as not given."""
    plan = ctx.db.exec(query).first()
    return plan.id if plan is not None else None


OPERATIONS = (
    Operation(
        "POST",
        "/signup",
        "Create an account, its admin user, subscriptions and applications in one call.",
        Permission.ACCOUNTS_EDIT,
        create,
        Made(NEW_ACCOUNT, "/accounts/{id}"),
        takes=SignupDraft,
        wrappers=("signup", "account", "user"),
    ),
)
