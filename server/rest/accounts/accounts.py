"""Developer accounts as the REST API shows them. Source: reference-portal 1.1, 5."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select
from starlette.responses import Response

from server.actions.accounts.accounts import get_account
from server.actions.accounts.users import users_query
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.kit.xml import Element
from server.rest.accounts.users import user_element
from server.rest.applications.applications import application_element
from server.rest.context import RestContext
from server.rest.formats import Shape, Value, answer, elements, extra_element, filled, time_of
from server.rest.plans.plans import plan_element


def show(ctx: RestContext) -> Response:
    """Show one account."""
    account = get_account(ctx, ctx.path_id())
    return answer(ctx.language, account_shape(ctx, account))


def account_shape(
    ctx: RestContext, account: Account, applications: Sequence[Application] = ()
) -> Shape:
    """Write an account in both languages; a signup adds its applications to the XML.

    Cost: 4 queries, and 3 for each application.
    """
    head: dict[str, Value] = {
        "id": account.id,
        "created_at": account.created_at,
        "updated_at": account.updated_at,
        "state": account.state,
    }
    if account.deletion_at is not None:
        head["deletion_date"] = account.deletion_at
    fields = filled({"org_name": account.org_name})
    xml = Element(
        "account",
        [
            *elements({**head, **fields}),
            extra_element(account.extra_fields),
            *elements(_billing()),
            Element("plans", _plan_elements(ctx, account)),
            Element("users", [user_element(user) for user in _users(ctx, account)]),
            *_applications(ctx, applications),
        ],
    )
    return Shape(xml, {"account": _json(ctx, account, {**head, **fields})})


def _json(ctx: RestContext, account: Account, head: dict[str, Value]) -> dict[str, Any]:
    fields: dict[str, Any] = {
        **account.extra_fields,
        **head,
        "created_at": time_of(account.created_at),
        "updated_at": time_of(account.updated_at),
    }
    if account.deletion_at is not None:
        fields["deletion_date"] = time_of(account.deletion_at)
    link = {"rel": "self", "href": ctx.address(f"/accounts/{account.id}")}
    return {**fields, **_billing(), "links": [link]}


def _billing() -> dict[str, Value]:
    """Tell the billing state of an account: nobody has stored a card, nothing is switched off."""
    return {
        "monthly_billing_enabled": True,
        "monthly_charging_enabled": True,
        "credit_card_stored": False,
    }


def _plan_elements(ctx: RestContext, account: Account) -> list[Element]:
    actor = ctx.actor
    subscribed = select(ServiceContract.service_plan_id).where(
        ServiceContract.account_id == account.id
    )
    used = select(Application.plan_id).where(Application.account_id == account.id)
    queries = (
        ACCOUNT_PLANS.query(actor).where(AccountPlan.id == account.account_plan_id),
        SERVICE_PLANS.query(actor).where(col(ServicePlan.id).in_(subscribed)),
        APPLICATION_PLANS.query(actor).where(col(ApplicationPlan.id).in_(used)),
    )
    return [plan_element(plan) for query in queries for plan in ctx.db.exec(query)]


def _users(ctx: RestContext, account: Account) -> Sequence[User]:
    query = users_query(ctx.actor).where(User.account_id == account.id)
    return ctx.db.exec(query.order_by(col(User.id))).all()


def _applications(ctx: RestContext, applications: Sequence[Application]) -> list[Element]:
    if not applications:
        return []
    return [Element("applications", [application_element(ctx, one) for one in applications])]
