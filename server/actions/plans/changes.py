"""Whether a developer changes a plan himself. Source: reference-portal 6."""

from sqlalchemy import exists
from sqlmodel import Session, col, select

from server.domain.accounts.accounts import Account, ServiceContract
from server.domain.accounts.credit_cards import CreditCard
from server.domain.applications.applications import Application
from server.domain.errors import Conflict, Forbidden
from server.domain.plans.changes import OF_CARDS, PlanChangePermission, permission_with_card
from server.domain.plans.plans import Plan
from server.domain.plans.pricing_rules import PricingRule

NEEDS_CARD = "The plan costs something, and no card is on file. Write to the provider."
OF_API = "Plans of this API are changed by its provider. Write to them."
OF_SUBSCRIPTIONS = "Plans of subscriptions are changed by the provider. Write to them."
OF_ACCOUNTS = "Account plans are changed by the provider. Write to them."


def get_wish(row: Account | Application | ServiceContract) -> int:
    """Return the plan that something waits for. Raises: Conflict when it waits for none."""
    if row.wanted_plan_id is None:
        raise Conflict("Nobody waits for another plan here any more.")
    return row.wanted_plan_id


def has_card(db: Session, account_id: int) -> bool:
    """Return whether the card of an account is on file. Cost: one statement."""
    return bool(db.exec(select(exists().where(col(CreditCard.account_id) == account_id))).one())


def may_change_at_once(
    db: Session, account_id: int, permission: str, plan: Plan, refusal: str
) -> bool:
    """Return whether a developer changes to a plan himself; False: he only asks.

    Raises: Forbidden with `refusal` where the provider alone changes plans; Conflict where a plan
    that costs something needs a card.
    """
    if permission in OF_CARDS:
        permission = permission_with_card(permission, has_card=has_card(db, account_id))
    if permission == PlanChangePermission.NONE:
        raise Forbidden(refusal)
    if permission == PlanChangePermission.REQUEST_CREDIT_CARD and not _costs_nothing(db, plan):
        raise Conflict(NEEDS_CARD, field="plan_id")
    return permission != PlanChangePermission.REQUEST


def _costs_nothing(db: Session, plan: Plan) -> bool:
    priced = exists().where(col(PricingRule.plan_id) == plan.id, col(PricingRule.cost_per_unit) > 0)
    by_use = plan.__tablename__ == "application_plans" and db.exec(select(priced)).one()
    return plan.is_free and not by_use
