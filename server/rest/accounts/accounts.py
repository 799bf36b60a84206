"""Developer accounts. Source: reference-portal 1.1, 5."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from server.actions.accounts.accounts import (
    ACCOUNTS,
    approve_account,
    delete_account,
    get_account,
    make_account_pending,
    reject_account,
    update_account,
)
from server.actions.accounts.credit_cards import cards_by_account
from server.actions.accounts.users import users_query
from server.actions.plans.plans import ACCOUNT_PLANS, APPLICATION_PLANS, SERVICE_PLANS
from server.actions.work import Work
from server.domain.accounts.accounts import Account, AccountDraft, ServiceContract
from server.domain.accounts.users import User
from server.domain.applications.applications import Application
from server.domain.attributes import ShortText
from server.domain.drafts import Draft, changes_model
from server.domain.errors import NotFound
from server.domain.permissions import Permission
from server.domain.plans.plans import AccountPlan, ApplicationPlan, ServicePlan
from server.domain.provider.field_definitions import FieldTarget
from server.kit.ids import id_or_none
from server.rest.accounts.billing import BillingAddress
from server.rest.accounts.users import USER, users_of
from server.rest.annotations import Annotations, AnnotationsGiven, with_annotations
from server.rest.answers import One
from server.rest.context import RestContext
from server.rest.fields import DefinedFields, with_fields
from server.rest.formats import Format
from server.rest.operations import (
    Operation,
    act_row,
    delete_row,
    list_row,
    read_row,
    update_rows,
)
from server.rest.plans.plans import ACCOUNT_PLAN, APPLICATION_PLAN, SERVICE_PLAN
from server.rest.shapes import Field, Inside, Links, Shape, columns

Plans = Mapping[int, Sequence[Any]]


def _account_plan(work: Work, accounts: Sequence[Account]) -> Plans:
    ids = {one.account_plan_id for one in accounts}
    query = ACCOUNT_PLANS.query(work.actor).where(col(AccountPlan.id).in_(ids))
    plans = {plan.id: plan for plan in work.db.exec(query)}
    return {one.id: [plans[one.account_plan_id]] for one in accounts}


def _service_plans(work: Work, accounts: Sequence[Account]) -> Plans:
    query = select(ServiceContract.account_id, ServiceContract.service_plan_id)
    mine = query.where(col(ServiceContract.account_id).in_([one.id for one in accounts]))
    pairs = work.db.exec(mine.distinct()).all()
    plans = SERVICE_PLANS.query(work.actor).where(col(ServicePlan.id).in_({p for _, p in pairs}))
    return _by_account(pairs, work.db.exec(plans.order_by(col(ServicePlan.id))).all())


def _application_plans(work: Work, accounts: Sequence[Account]) -> Plans:
    query = select(Application.account_id, Application.plan_id)
    mine = query.where(col(Application.account_id).in_([one.id for one in accounts]))
    pairs = work.db.exec(mine.distinct()).all()
    query_of_plans = APPLICATION_PLANS.query(work.actor)
    plans = query_of_plans.where(col(ApplicationPlan.id).in_({p for _, p in pairs}))
    return _by_account(pairs, work.db.exec(plans.order_by(col(ApplicationPlan.id))).all())


def _by_account(pairs: Sequence[tuple[int, int]], plans: Sequence[Any]) -> Plans:
    on: dict[int, set[int]] = defaultdict(set)
    for account_id, plan_id in pairs:
        on[account_id].add(plan_id)
    return {owner: [plan for plan in plans if plan.id in ids] for owner, ids in on.items()}


def _has_card(work: Work, accounts: Sequence[Account]) -> Callable[[Account], bool]:
    cards = cards_by_account(work.db, [one.id for one in accounts])
    return lambda row: row.id in cards


def _last_digits(work: Work, accounts: Sequence[Account]) -> Callable[[Account], str]:
    cards = cards_by_account(work.db, [one.id for one in accounts])
    return lambda row: cards[row.id].partial_number if row.id in cards else ""


def _expiry(work: Work, accounts: Sequence[Account]) -> Callable[[Account], str]:
    cards = cards_by_account(work.db, [one.id for one in accounts])
    return lambda row: cards[row.id].expires_on.isoformat() if row.id in cards else ""


ACCOUNT = Shape(
    name="account",
    model=Account,
    parts=(
        *columns("id", "created_at", "updated_at", "state"),
        Field(
            "deletion_date",
            load=lambda _work, _rows: lambda row: row.deletion_at,
            type=Account.model_fields["created_at"].annotation,
            hides=True,
        ),
        Annotations(),
        *columns("org_name", hides=True),
        DefinedFields(FieldTarget.ACCOUNT),
        BillingAddress(),
        *columns("monthly_billing_enabled", "monthly_charging_enabled"),
        Field("credit_card_stored", load=_has_card, type=bool),
        Field("credit_card_partial_number", load=_last_digits, type=str, hides=True),
        Field("credit_card_expires_on", load=_expiry, type=str, hides=True),
        Inside(
            "plans",
            (
                (ACCOUNT_PLAN, _account_plan),
                (SERVICE_PLAN, _service_plans),
                (APPLICATION_PLAN, _application_plans),
            ),
            only=Format.XML,
        ),
        Inside("users", ((USER, users_of),), only=Format.XML),
        Links({"self": "/accounts/{id}", "users": "/accounts/{id}/users"}),
    ),
)


class AccountFilters(Draft):
    """What a list of accounts may be narrowed by."""

    state: ShortText = ""


class AccountKeys(Draft):
    """What an account is found by; the first that is given counts."""

    username: ShortText = ""
    user_id: ShortText = ""
    email: ShortText = ""


class AccountBody(AccountDraft):
    """What may be said of an account."""

    annotations: AnnotationsGiven = {}


AccountChanges = changes_model(AccountBody)


def find(ctx: RestContext) -> Account:
    """Find the account of a user. Raises: NotFound."""
    keys = ctx.given(AccountKeys)
    users = users_query(ctx.actor).where(User.audience == "developer")
    if keys.get("username"):
        users = users.where(User.username == keys["username"])
    elif keys.get("user_id"):
        users = users.where(User.id == id_or_none(keys["user_id"]))
    else:
        users = users.where(User.email == keys.get("email", "").lower(), User.email != "")
    user = ctx.db.exec(users).first()
    if user is None:
        raise NotFound("There is no account with such a user.")
    return get_account(ctx, user.account_id)


def update(ctx: RestContext, account_id: int, values: Mapping[str, Any]) -> Account:
    """Change an account, also the fields that are given among its attributes."""
    given = with_fields(ctx, FieldTarget.ACCOUNT, with_annotations(values))
    return update_account(ctx, account_id, given)


OPERATIONS = (
    list_row(ACCOUNTS, ACCOUNT, "/accounts", is_paged=True, filters=AccountFilters),
    Operation(
        "GET",
        "/accounts/find",
        "Find the account of a user by username, else user_id, else email.",
        Permission.ACCOUNTS_READ,
        find,
        One(ACCOUNT),
        filters=AccountKeys,
    ),
    read_row(ACCOUNTS, ACCOUNT, "/accounts"),
    *update_rows(ACCOUNTS, ACCOUNT, "/accounts", update, AccountChanges),
    delete_row(ACCOUNTS, "/accounts", delete_account),
    act_row(ACCOUNTS, ACCOUNT, "/accounts/{id}/approve", "Let an account in.", approve_account),
    act_row(ACCOUNTS, ACCOUNT, "/accounts/{id}/reject", "Turn an account down.", reject_account),
    act_row(
        ACCOUNTS,
        ACCOUNT,
        "/accounts/{id}/make_pending",
        "Put an account back before approval.",
        make_account_pending,
    ),
)
